"""Is the audit log whole? One line for each thing that is not."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from alongside.audit import queries
from alongside.audit.rules import Finding, Head


class Command(BaseCommand):
    """Exit 0: whole. Exit 1: something was changed, is missing, was added or swapped."""

    stealth_options = ("known",)  # agencies to look for even where they have no chain any more
    help = "Finds events that were changed, added or swapped, or are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")
        parser.add_argument(
            "--against",
            type=Path,
            metavar="FILE",
            help="An earlier --json output, kept elsewhere: its heads must still be in the chain.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        agencies = queries.agencies_with_events(options.get("known") or ())
        report = {str(agency): _report(agency) for agency in agencies}
        if options["against"]:
            _compare(report, options["against"])
        if options["json"]:
            self.stdout.write(json.dumps({"agencies": report}, indent=2))
        else:
            self._say(report)
        if any(each["findings"] for each in report.values()):
            raise SystemExit(1)

    def _say(self, report: dict[str, dict[str, Any]]) -> None:
        for agency, each in report.items():
            for finding in each["findings"]:
                self.stdout.write(f"{agency}: {finding['sentence']}")
            if not each["findings"]:
                self.stdout.write(f"{agency}: {each['events']} events, all whole. {each['head']}")


def _report(agency: UUID) -> dict[str, Any]:
    head = queries.head_of(agency)
    return {
        "events": head.seq if head else 0,
        "head": head.hash if head else "",
        "findings": [_as_json(finding) for finding in queries.verify(agency)],
    }


def _as_json(finding: Finding) -> dict[str, Any]:
    return {"kind": finding.kind, "seq": finding.seq, "sentence": finding.sentence}


def _compare(report: dict[str, dict[str, Any]], earlier: Path) -> None:
    """Rewriting the whole chain, or cutting its end, leaves it sound; an old head tells."""
    try:
        heads = json.loads(earlier.read_text())["agencies"].items()
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise CommandError(f"{earlier} is not an earlier output of this command.") from error
    for agency, then in heads:
        if not then["events"] or queries.holds(UUID(agency), Head(then["events"], then["head"])):
            continue
        now = report.setdefault(agency, {"events": 0, "head": "", "findings": []})
        gone = f"Event {then['events']} is not the one that was written down earlier."
        now["findings"].append(_as_json(Finding(then["events"], "changed", gone)))
