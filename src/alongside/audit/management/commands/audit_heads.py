"""Where each agency's chain ends now: one line of JSON, to be kept on another machine."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from alongside.audit import queries


class Command(BaseCommand):
    help = "Prints how many events each agency's log has and the hash of the last one, as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        heads = {
            str(agency): {"events": head.seq, "head": head.hash}
            for agency in queries.agencies_with_events()
            if (head := queries.head_of(agency))
        }
        self.stdout.write(json.dumps({"at": timezone.now().isoformat(), "agencies": heads}))
