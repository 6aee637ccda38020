from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class WebConfig(AppConfig):
    name = "alongside.web"

    def ready(self) -> None:
        refuse_demo_off_loopback()
        from alongside.web import form_words, sign_ins  # noqa: PLC0415  (needs the models loaded)

        form_words.speak_plainly()
        sign_ins.listen()


def refuse_demo_off_loopback() -> None:
    """Raise when an installation with one-click sign-in could be reached from elsewhere."""
    if settings.DEMO and set(settings.ALLOWED_HOSTS) - set(settings.LOOPBACK):
        raise ImproperlyConfigured(
            "Demo mode signs people in without a password, so it runs on this machine only: "
            "leave ALONGSIDE_HOSTS empty, or turn ALONGSIDE_DEMO off."
        )
