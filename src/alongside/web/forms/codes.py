"""A code by e-mail: for those who come in from outside. Colleagues have a password and a second
step; of them, as of an address nobody has, the answer is the same and no code is sent."""

from allauth.account.forms import RequestLoginCodeForm
from django.utils.translation import gettext_lazy as _

from alongside.web.adapters import is_outside


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    _user: object

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")

    def clean_email(self) -> str:
        email = str(super().clean_email())
        if self._user is not None and not is_outside(self._user):
            self._user = None
        return email
