"""Where something was tried too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.accounts.limits import take, within

__all__ = ["take", "wait", "within"]


def wait(request: HttpRequest) -> HttpResponse:
    """Too often: a plain page, and when to come back."""
    answer = render(request, "429.html", status=429)
    answer.headers["Retry-After"] = "600"
    return answer
