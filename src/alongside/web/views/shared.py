"""What several views need to answer a refusal."""

from django import forms

from alongside.core.refusal import Refusal
from alongside.web.templatetags.words import say


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Put a rule's sentence where it belongs in the form that came back."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, say(refusal))
