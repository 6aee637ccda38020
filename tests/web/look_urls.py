"""A site of components alone: the gallery, a draft that saves itself, a sign-in that ends."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import include, path
from django_cotton.compiler_regex import CottonCompiler

from alongside.core.actor import Actor

ROSA = Actor(UUID(int=1), UUID(int=2), roles=frozenset({"supporter"}), name="Rosa M.")


class ReachForm(forms.Form):
    name = forms.CharField(label="Name you like to be called", help_text="As you say it.")
    since = forms.DateField(label="Since", required=False)
    how = forms.ChoiceField(
        label="How to reach you",
        choices=[("phone", "by phone"), ("text", "by text")],
        widget=forms.RadioSelect,
    )
    texts = forms.BooleanField(label="Texts are all right")


@dataclass
class Server:
    """What the saving address does next, and all that it has been sent."""

    status: int = 200
    saved: list[dict[str, str]] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    keeps_both: bool = False
    pings: int = 0


SERVER = Server()


def gallery(request: HttpRequest) -> HttpResponse:
    context = {"actor": ROSA, "nav": "today", "agency_name": "Milkweed Row", "form": ReachForm({})}
    return render(request, "web/gallery.html", context)


def draft(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        SERVER.sent.append(request.POST.dict())
        return redirect("/sent/")
    source = Path(__file__).with_name("look_draft.html").read_text()
    page = engines["django"].from_string(CottonCompiler().process(source))
    return HttpResponse(page.render({"actor": ROSA, "nav": "log"}, request))


def save(request: HttpRequest) -> HttpResponse:
    if SERVER.status == 302:
        return redirect("/account/login/")
    if SERVER.status != 200:
        kept = {"save_url": "/draft/save/", "saved_at": "10:32"} if SERVER.keeps_both else {}
        return JsonResponse({"other": {"url": "/other/"}, **kept}, status=SERVER.status)
    SERVER.saved.append(request.POST.dict())
    reply = {"url": f"/draft/?key={request.POST['draft_key']}", "saved_at": "10:32"}
    return JsonResponse(reply)


def ping(request: HttpRequest) -> HttpResponse:
    SERVER.pings += 1
    return JsonResponse({"csrf": get_token(request)})


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<title>Elsewhere</title><p>elsewhere")


web = [
    path("today/", plain, name="today"),
    path("people/", plain, name="participants"),
    path("log/", plain, name="log"),
    path("calendar/", plain, name="calendar"),
    path("more/", plain, name="more"),
    path("ping/", ping, name="ping"),
    path("out/", plain, name="signed_out"),
]
portal = [
    path("portal/", plain, name="home"),
    path("portal/language/", plain, name="language"),
    path("portal/still-here/", ping, name="still_here"),
]
urlpatterns = [
    path("", include((web, "web"))),
    path("", include((portal, "portal"))),
    path("gallery/", gallery),
    path("draft/", draft),
    path("draft/save/", save),
    path("sent/", plain),
]
