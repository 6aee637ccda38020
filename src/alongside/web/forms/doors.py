from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.actions.doors import NewOwnLink
from alongside.people.codes import ASKED_WORDS, AskedHow, LinkWay

WAYS = (
    (LinkWay.SHOWN.value, _("Show it on this screen")),
    (LinkWay.MAIL.value, _("Send it by e-mail")),
)


class OwnLinkForm(forms.Form):
    """A way in for someone beside you, or far away. It is their wish first."""

    link_id = forms.UUIDField(widget=forms.HiddenInput)
    asked = forms.ChoiceField(
        label=_("They want this. How do you know?"),
        help_text=_("Nobody has to have a page of their own. Support is the same without it."),
        choices=[(one.value, _(ASKED_WORDS[one])) for one in AskedHow],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Ask them first. Their own page is their wish, never a duty.")
        },
    )
    way = forms.ChoiceField(
        label=_("How does the link reach them?"), choices=WAYS, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("Only for the e-mail. The letter says no name, and not what it is about."),
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def new_link(self) -> NewOwnLink:
        said = self.cleaned_data
        return NewOwnLink(LinkWay(said["way"]), AskedHow(said["asked"]), said["email"])
