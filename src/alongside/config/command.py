"""The ``alongside`` command: serve, import, verify, show. A refusal is one sentence."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

LOOPBACK = "127.0.0.1"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The record and the toolbox of a peer recovery support program.

    The database lies in the folder that ALONGSIDE_DATA names (default: ./data), unless DATABASE_URL
    names a PostgreSQL database.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")


def start() -> None:
    """Load Django. Here and not at import, so that ``alongside --help`` answers at once."""
    import django  # noqa: PLC0415

    from alongside.config.start import (  # noqa: PLC0415
        keep_to_this_account,
        refuse_mistakes,
        say_missing_words,
    )

    keep_to_this_account()
    refuse_mistakes()
    say_missing_words()
    django.setup()


def prepare() -> None:
    """Make the database, or bring it up to date."""
    start()
    from alongside.config import database  # noqa: PLC0415
    from alongside.config.settings import DATA  # noqa: PLC0415

    DATA.mkdir(parents=True, exist_ok=True)
    try:
        database.prepare()
    except database.NotReady as not_ready:
        raise SystemExit(f"Alongside did not start. {not_ready}") from not_ready
    know_the_rows()


def say_missing_keys() -> None:
    """Which keys sealed rows need that are not here: by fingerprint, never more."""
    from alongside.config import rotating  # noqa: PLC0415

    rotating.say_what_is_missing(rotating.standing())


def know_the_rows() -> None:
    """Let SQLite look at how its rows are spread, from 400 of each index; PostgreSQL does it by
    itself. Without this it goes through a whole agency to find one person's rows."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("ANALYZE")


def run(name: str, **options: object) -> None:
    """One of Django's own commands; what it refuses is one sentence, never a stack trace."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415

    try:
        call_command(name, **options)
    except CommandError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on.")
@click.option("--threads", default=8, show_default=True, help="Requests answered at one time.")
def serve(host: str, port: int, threads: int) -> None:
    """Serve the pages of your agency, and do what is due beside it: send letters."""
    if "ALONGSIDE_HOSTS" not in os.environ:
        os.environ.setdefault("ALONGSIDE_ADDRESS", f"http://{LOOPBACK}:{port}/")
    prepare()
    from alongside.accounts.queries import installation_is_empty  # noqa: PLC0415

    click.echo(f"Alongside listens on http://{host}:{port}/ (Ctrl-C stops it)")
    if installation_is_empty():
        click.echo("Nobody signs in here yet. Begin your agency at this address:")
        run("set_up_link", base=f"http://{host}:{port}")
    say_missing_keys()
    sys.stdout.flush()
    listen(host, port, threads)


@main.command("prepare-database")
def prepare_database() -> None:
    """Make the tables, the role that serves and the walls between agencies (PostgreSQL).

    ALONGSIDE_OWNER_URL names the owner, DATABASE_URL the role that is to serve. Says in one
    sentence what is missing. Run it again after every update.
    """
    prepare()
    click.echo("The database is ready to serve.")


@main.command("start-agency")
@click.option("--name", prompt="Name of the agency")
@click.option("--time-zone", prompt="Time zone", default="America/Chicago", show_default=True)
@click.option("--administrator", prompt="Name of the person who sets it up")
@click.option("--email", prompt="Their e-mail address")
@click.password_option(prompt="A password for them (12 letters or more)")
def begin_agency(name: str, time_zone: str, administrator: str, email: str, password: str) -> None:
    """Begin one more agency in this installation. Agencies see nothing of each other."""
    prepare()
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
    from django.core.exceptions import ValidationError  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from alongside.accounts.actions import NewAgency, start_agency  # noqa: PLC0415
    from alongside.core.refusal import Refused  # noqa: PLC0415

    new = NewAgency(name, time_zone, administrator, email, password)
    try:
        validate_password(password)
        start_agency(new, at=timezone.now(), only_first=False)
    except ValidationError as weak:
        raise click.ClickException(" ".join(weak.messages)) from weak
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo("It stands. They sign in with that address and password, then add a second step.")


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port, or the next free one.")
def demo(port: int) -> None:
    """Show an invented agency, on this machine only, with one-click sign-in."""
    os.environ["ALONGSIDE_DEMO"] = "1"
    os.environ["DATABASE_URL"] = ""  # invented people come into no database that others use
    os.environ.setdefault("ALONGSIDE_DATA", str(Path.cwd() / ".demo"))
    prepare()
    from alongside.demo.build import build_demo  # noqa: PLC0415

    sign_ins = build_demo(say=click.echo)
    port = free_port(port)
    click.echo(f"\nAlongside is ready:  http://{LOOPBACK}:{port}/\n")
    click.echo("Sign in with one click there, or with these (invented) people:")
    for sign_in in sign_ins:
        click.echo(f"  {sign_in.role:<16} {sign_in.email:<32} {sign_in.password}")
    click.echo("\nCtrl-C stops it. Everything stays on this machine.", nl=True)
    sys.stdout.flush()
    listen(LOOPBACK, port, threads=4)


@main.command("verify-audit")
@click.option("--json", "as_json", is_flag=True, help="Print findings and heads as JSON.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier --json output, kept elsewhere: its heads must still be in the log.",
)
def verify_audit(as_json: bool, against: Path | None) -> None:
    """Find events of the audit log that were changed, added, swapped or are missing."""
    prepare()
    from alongside.accounts.actions.resealing import agencies  # noqa: PLC0415

    run("verify_audit", json=as_json, against=against, known=agencies())


@main.command("audit-heads")
def audit_heads() -> None:
    """Print where each agency's log ends, to be kept on another machine (see --against there)."""
    start()
    run("audit_heads")


@main.command("rotate-keys")
@click.option("--status", is_flag=True, help="Only say which key seals how many rows.")
@click.option("--put-away", is_flag=True, help="Put keys away that are not used any more.")
@click.option("--new-key", is_flag=True, help="Only print a new key, for ALONGSIDE_SEALING_KEYS.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def rotate_keys(status: bool, put_away: bool, new_key: bool, as_json: bool) -> None:
    """Seal everything anew with a new key, while the app serves. Stop it and go on as you like."""
    if new_key:
        from alongside.core.sealing import new_written_key  # noqa: PLC0415

        click.echo(new_written_key())
        return
    start()
    from alongside.config import rotating  # noqa: PLC0415

    if status:
        rotating.describe(rotating.standing())
    elif put_away:
        rotating.put_away()
    else:
        rotating.rotate(as_json=as_json)


@main.command("import", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def import_sheet(arguments: tuple[str, ...]) -> None:
    """Bring in a sheet: alongside import (staff|referrals|contacts) FILE [--json]."""
    prepare()
    from alongside.exchange.commands import import_command  # noqa: PLC0415

    import_command.main(args=list(arguments), prog_name="alongside import")


@main.command()
def review() -> None:
    """Review notes for the role: JSON lines in ("id", "text"), JSON lines out. Nothing is kept."""
    from alongside.config.reviewing import review_lines  # noqa: PLC0415

    review_lines()


@main.command()
def advise() -> None:
    """Advise on the array: JSON lines in ("id", "text", "provider_is_cps"), JSON lines out."""
    from alongside.config.advising import advise_lines  # noqa: PLC0415

    advise_lines()


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands, for those who run the machine."""
    start()
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["alongside manage", *arguments])


def free_port(wanted: int) -> int:
    """The first port from ``wanted`` on that nobody listens on."""
    for port in range(wanted, wanted + 50):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise click.ClickException(
        f"No free port from {wanted} to {wanted + 49}. Name one with --port."
    )


def listen(host: str, port: int, threads: int) -> None:
    """Serve until Ctrl-C. One process: a small agency needs no more."""
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    let_go_of_the_database()
    Server(
        "alongside.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
        workers_kill_timeout=10,
    ).serve(target_loader=load_application)


def let_go_of_the_database() -> None:
    """The answering process is forked from this one: there a pool waits for ever for its threads,
    which stay behind, and an open connection would have two owners."""
    from django.db import connections  # noqa: PLC0415

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]


def load_application(_target: str) -> WSGIHandler:
    """What the answering process runs. Ctrl-C reaches both processes of a terminal; only the one
    that listens may act on it, and it ends the other in order. Told twice, that one hangs."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    from alongside.config.wsgi import application  # noqa: PLC0415

    work_beside()
    return application


def work_beside() -> None:
    """Tasks that are due, in the process that answers. Its models are loaded by now."""
    from alongside.config.worker import run_beside  # noqa: PLC0415

    run_beside()


if __name__ == "__main__":
    main()
