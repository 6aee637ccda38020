"""The address that opens the first page of an empty installation from another machine."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from alongside.accounts import queries
from alongside.web.views.first_run import set_up_token


class Command(BaseCommand):
    help = "Prints the address to begin at, while nobody has begun."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--base", default="http://127.0.0.1:8000", help="Where you serve.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not queries.installation_is_empty():
            raise CommandError("This installation has an agency already. Sign in there.")
        self.stdout.write(f"{options['base']}{reverse('web:start')}?token={set_up_token()}")
