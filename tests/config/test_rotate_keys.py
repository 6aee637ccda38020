"""A new key while a real server is read from all the time, and the rotation killed midway."""

import base64
import hashlib
import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import UUID

import click
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from click.testing import CliRunner
from cryptography.fernet import Fernet
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client

from alongside.accounts.actions import second_factors
from alongside.accounts.actions.resealing import SealedTable, Step
from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.accounts.sealed import sealed_fields
from alongside.accounts.second_factors import key_of_secret, open_secret, secret_anew
from alongside.config import rotating
from alongside.config.command import free_port
from alongside.config.keys import KeyFile, sealing_keys
from alongside.core.ids import new_id
from alongside.core.sealing import CannotOpen, fingerprint, read_key, write_key
from alongside.people.models import Identifier
from alongside.plans.actions.private import save_private_worksheet
from tests.factories import AgencyFactory, ParticipantFactory, UserFactory
from tests.serving import role_of

ROWS, READERS = 10_000, 3
NAME = "alongside.sqlite3"
COMMAND = [sys.executable, "-m", "alongside.config.command"]


@dataclass
class Served:
    """An agency with many sealed rows, in a database that another process serves."""

    environment: dict[str, str]
    keys: KeyFile
    cookie: str
    token: str
    person: UUID
    numbers: list[UUID]
    port: int = 0
    answers: list[int] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return Path(self.environment["ALONGSIDE_DATA"]) / "served.log"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, "rotate-keys", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


def url_of_who_serves() -> str:
    """The database of the tests, for the role that may read and write rows and nothing else."""
    given = urlsplit(os.environ["DATABASE_URL"])
    host = given.netloc.rpartition("@")[2]
    name = connection.settings_dict["NAME"]
    return urlunsplit(given._replace(netloc=f"{role_of(connection)}:@{host}", path=f"/{name}"))


@pytest.fixture
def served(transactional_db, tmp_path, settings):
    settings.SEALING_KEYS = sealing_keys(tmp_path, [])
    agency = AgencyFactory()
    user = UserFactory(agency=agency, roles=[Role.COORDINATOR])
    person = ParticipantFactory(agency=agency)
    numbers = [
        Identifier(
            agency=agency,
            participant=person,
            entry=new_id(),
            kind="other",
            label="County file",
            value=f"County {n}",
            kept_at=datetime.now(UTC),
            kept_by=user,
        )
        for n in range(ROWS)
    ]
    Identifier.objects.bulk_create(numbers, batch_size=1000)
    save_private_worksheet(
        new_id(),
        {"asked": "Money"},
        tool="gentle-refusal",
        seen=None,
        by=actor_for(user),
        at=datetime.now(UTC),
    )
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/people/{person.pk}/facts/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    names = (django_settings.SESSION_COOKIE_NAME, django_settings.CSRF_COOKIE_NAME)
    cookie = "; ".join(f"{name}={client.cookies[name].value}" for name in names)
    environment = {
        **os.environ,
        "ALONGSIDE_DATA": str(tmp_path),
        "ALONGSIDE_SECRET_KEY": django_settings.SECRET_KEY,
        "PYTHONPATH": "src",
    }
    if connection.vendor == "sqlite":
        with sqlite3.connect(tmp_path / "alongside.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()
    else:
        environment["DATABASE_URL"] = url_of_who_serves()
    ids = [number.pk for number in numbers]
    return Served(environment, settings.SEALING_KEYS, cookie, token, person.pk, ids)


@contextmanager
def serving(served: Served):
    """The app as it is served, and readers who ask for one number after another all the time."""
    served.port = free_port(8600 + os.getpid() % 300)
    with served.log.open("w") as log:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(served.port)],
            env=served.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    stop = threading.Event()
    readers = [
        threading.Thread(target=read_on, args=(served, n, stop), daemon=True)
        for n in range(READERS)
    ]
    try:
        wait_for(lambda: ask(served, 0) == 200 or process.poll() is not None)
        assert process.poll() is None, served.log.read_text()
        for reader in readers:
            reader.start()
        try:
            yield
        finally:
            stop.set()
            for reader in readers:
                reader.join(timeout=120)
    finally:
        process.terminate()
        process.wait(timeout=120)


def read_on(served: Served, first: int, stop: threading.Event) -> None:
    place = first
    while not stop.is_set():
        served.answers.append(ask(served, place))
        place = (place + 977) % ROWS


def ask(served: Served, place: int) -> int:
    """The status of showing one number, and 0 where the page does not say it in full."""
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    path = f"/people/{served.person}/numbers/{served.numbers[place]}/"
    headers = {"Cookie": served.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        line.request("POST", path, urlencode({"csrfmiddlewaretoken": served.token}), headers)
        answer = line.getresponse()
        body = answer.read()
    except OSError:
        return -1
    finally:
        line.close()
    said = f"County {place}<".encode() in body
    return answer.status if said or answer.status != 200 else 0


def wait_for(true, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def older_than(served: Served, key: str) -> int:
    """Rows that the key did not seal, as the database of the server has them."""
    sql = "SELECT count(*) FROM people_identifier WHERE substr(value, 2, 8) <> "
    if connection.vendor == "sqlite":
        with sqlite3.connect(Path(served.environment["ALONGSIDE_DATA"]) / NAME) as line:
            return int(line.execute(f"{sql} ?", [bytes.fromhex(key)]).fetchone()[0])
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} %s", [bytes.fromhex(key)])
        return int(cursor.fetchone()[0])


@pytest.mark.asvs("11.2.2", "13.3.1")
def test_every_read_succeeds_while_keys_change_and_the_rotation_is_killed(served):
    old = fingerprint(served.keys[0])
    with serving(served):
        wait_for(lambda: len(served.answers) > 3)
        killed = subprocess.Popen([*COMMAND, "rotate-keys"], env=served.environment)
        wait_for(lambda: len(served.keys) == 2)
        new = fingerprint(served.keys[0])
        wait_for(lambda: older_than(served, new) < ROWS)
        killed.send_signal(signal.SIGKILL)
        killed.wait(timeout=120)
        left = older_than(served, new)
        assert (0 < left < ROWS, fingerprint(served.keys[0])) == (True, new)
        status = served.run("--status")
        assert f"Key {old} is still needed for {left + 1:,} rows." in status.stdout
        assert served.run("--put-away").returncode == 1
        again = served.run()
        assert (again.returncode, f"{left + 1:,} sealed anew" in again.stdout) == (0, True)
        assert f"Key {old} is not used any more." in again.stdout
        assert older_than(served, new) == 0
        os.utime(served.keys.path, (0, 0))
        away = served.run("--put-away")
        assert (away.returncode, len(served.keys)) == (0, 1)
        kept = read_key((served.keys.path.parent / "sealing-key-put-away").read_text())
        assert fingerprint(kept) == old
        seen = len(served.answers)
        wait_for(lambda: len(served.answers) > seen + 3)
    assert (set(served.answers), len(served.answers) > 20) == ({200}, True)
    said = "".join(ran.stdout + ran.stderr for ran in (status, again, away))
    assert write_key(kept) not in said


@pytest.fixture
def few(db, agency, tmp_path, settings):
    """Five sealed rows under a key file of their own."""
    settings.SEALING_KEYS = sealing_keys(tmp_path, [])
    user, person = UserFactory(agency=agency), ParticipantFactory(agency=agency)
    more = {"agency": agency, "participant": person, "kept_at": datetime.now(UTC), "kept_by": user}
    rows = [
        Identifier(entry=new_id(), kind="other", label="", value=f"{n}", **more) for n in range(5)
    ]
    return Identifier.objects.bulk_create(rows)


@pytest.fixture
def place():
    return SealedTable(Identifier, [f for f in sealed_fields() if f.model is Identifier])


def said_by(act, **more):
    runner = CliRunner()

    @click.command()
    def command() -> None:
        act(**more)

    done = runner.invoke(command)
    return done.exit_code, done.output


def test_it_goes_on_batch_by_batch_by_key(few, place, settings):
    settings.SEALING_KEYS.add_first(when=lambda _keys: True)
    steps, after = [], None
    while not steps or after is not None:
        steps.append(place.step(few[0].agency_id, after=after, limit=2))
        after = steps[-1].last
    assert [(step.done, step.closed) for step in steps] == [(2, 0), (2, 0), (1, 0)]
    assert place.keys(few[0].agency_id) == {fingerprint(settings.SEALING_KEYS[0]): 5}
    assert [row.value for row in Identifier.objects.order_by("id")] == ["0", "1", "2", "3", "4"]


def test_what_somebody_changed_meanwhile_is_theirs(few, place, settings, monkeypatch):
    settings.SEALING_KEYS.add_first(when=lambda _keys: True)
    write = place._write

    def late(rows):
        changed = Identifier.objects.get(pk=few[2].pk)
        changed.value = "theirs"
        changed.save()
        return write(rows)

    monkeypatch.setattr(place, "_write", late)
    step = place.step(few[0].agency_id, after=None, limit=9)
    assert (step.done, step.last) == (4, None)
    assert [row.value for row in Identifier.objects.order_by("id")] == [
        "0",
        "1",
        "theirs",
        "3",
        "4",
    ]


def test_a_row_that_does_not_open_is_left_and_told(few, place, settings):
    settings.SEALING_KEYS.add_first(when=lambda _keys: True)
    one, other = few[0], few[1]
    Identifier.objects.filter(pk=other.pk).update(
        value=Identifier.objects.values_list("value", flat=True).get(pk=one.pk)
    )
    assert place.step(one.agency_id, after=None, limit=9) == Step(4, 1, None)


def test_a_second_rotation_waits_until_the_first_key_is_put_away(few, settings):
    keys = settings.SEALING_KEYS
    assert said_by(rotating.rotate, as_json=False)[0] == 0
    first = keys.now()
    code, said = said_by(rotating.rotate, as_json=False)
    assert (code, "0 sealed anew" in said, keys.now()) == (0, True, first)
    code, said = said_by(rotating.put_away)
    assert (code, "only just new" in said) == (1, True)
    os.utime(keys.path, (0, 0))
    assert said_by(rotating.put_away)[0] == 0
    assert keys.now() == first[:1]
    code, said = said_by(rotating.put_away)
    assert (code, "no key to put away" in said) == (1, True)


@pytest.mark.asvs("13.3.1")
def test_a_missing_key_is_named_by_its_fingerprint_and_nothing_is_lost(few, settings):
    kept, settings.SEALING_KEYS = settings.SEALING_KEYS, (b"x" * 32,)
    code, said = said_by(lambda: rotating.describe(rotating.standing()))
    name = fingerprint(kept[0])
    assert (code, f"Key {name} is missing: 5 rows do not open until it is back." in said) == (0, 1)
    assert write_key(kept[0]) not in said
    code, said = said_by(rotating.rotate, as_json=True)
    assert (code, "ALONGSIDE_SEALING_KEYS" in said) == (1, True)
    settings.SEALING_KEYS = kept
    assert {row.value for row in Identifier.objects.all()} == {"0", "1", "2", "3", "4"}


def test_written_keys_are_used_in_their_order(few, settings):
    old = settings.SEALING_KEYS[0]
    settings.SEALING_KEYS = sealing_keys(Path("/nowhere"), [write_key(b"n" * 32), write_key(old)])
    code, said = said_by(rotating.rotate, as_json=True)
    assert (code, json.loads(said)["rows"], json.loads(said)["unused"]) == (
        0,
        5,
        [fingerprint(old)],
    )
    code, said = said_by(rotating.put_away)
    assert (code, "Take the old ones out there" in said) == (1, True)


def test_a_key_file_that_is_spoilt_or_gone_changes_nothing_for_who_runs(tmp_path):
    keys = sealing_keys(tmp_path, [])
    before = keys.now()
    keys.path.write_text("half a key")
    assert keys.now() == before
    keys.path.unlink()
    assert (list(keys), keys[0], len(keys)) == (list(before), before[0], 1)


def test_of_two_who_rotate_at_one_moment_one_makes_a_key(tmp_path):
    one, two = sealing_keys(tmp_path, []), sealing_keys(tmp_path, [])
    made = [keys.add_first(when=lambda known: len(known) == 1) for keys in (one, two)]
    assert (made, one.now() == two.now(), len(one)) == ([True, False], True, 2)
    assert keys_are_private(tmp_path)


def keys_are_private(folder):
    return {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}


def kept_before(text, settings):
    """As second factors were kept before: with the secret key of the app."""
    digest = hashlib.sha256(b"alongside.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest)).encrypt(text.encode()).decode()


@pytest.mark.asvs("13.3.1")
def test_second_factors_turn_with_the_keys_and_go_on_working(few, settings):
    user = UserFactory(agency=few[0].agency)
    totp, codes = TOTP.activate(user, "JBSWY3DP"), RecoveryCodes.activate(user)
    key = Authenticator(user=user, type="webauthn", data={"name": "Phone", "credential": {}})
    key.save()
    asked = codes.generate_codes()
    old = Authenticator.objects.get(pk=totp.instance.pk)
    old.data = {"secret": kept_before("JBSWY3DP", settings)}
    old.save()
    kinds = {row.type: row.data for row in Authenticator.objects.all()}
    assert open_secret(kinds["totp"]["secret"]) == "JBSWY3DP"
    assert "JBSWY3DP" not in str(kinds)
    first = settings.SEALING_KEYS[0]
    assert said_by(rotating.rotate, as_json=False)[0] == 0
    now = {row.type: row.data for row in Authenticator.objects.all()}
    names = [key_of_secret(now["totp"]["secret"]), key_of_secret(now["recovery_codes"]["seed"])]
    assert names == [fingerprint(settings.SEALING_KEYS[0])] * 2
    assert now["webauthn"] == kinds["webauthn"]
    assert fingerprint(first) in rotating.standing().unused
    settings.SECRET_KEY, settings.SEALING_KEYS = "another", (settings.SEALING_KEYS[0],)
    assert open_secret(now["totp"]["secret"]) == "JBSWY3DP"
    again = Authenticator.objects.get(type="recovery_codes")
    assert RecoveryCodes(again).generate_codes() == asked


def test_a_recovery_code_that_is_used_meanwhile_stays_used(few, settings, monkeypatch):
    user = UserFactory(agency=few[0].agency)
    codes = RecoveryCodes.activate(user)
    settings.SEALING_KEYS.add_first(when=lambda _keys: True)

    def late(kept):
        RecoveryCodes(Authenticator.objects.get(user=user)).validate_code(codes.generate_codes()[0])
        return secret_anew(kept)

    monkeypatch.setattr(second_factors, "secret_anew", late)
    step = second_factors.SecondFactors().step(user.agency_id, after=None, limit=9)
    assert step == Step(0, 0, None)
    assert Authenticator.objects.get(user=user).data["used_mask"] == 1


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("gAAAAAnothing", id="as before, and spoilt"),
        pytest.param("ring:AAA", id="half of it"),
        pytest.param("ring:", id="empty"),
    ],
)
def test_a_second_factor_that_does_not_open_is_left_and_told(few, settings, kept):
    user = UserFactory(agency=few[0].agency)
    TOTP.activate(user, "JBSWY3DP")
    Authenticator.objects.update(data={"secret": kept})
    place = second_factors.SecondFactors()
    assert place.step(user.agency_id, after=None, limit=9) == Step(0, 1, None)
    assert not place.keys(user.agency_id)
    with pytest.raises(CannotOpen):
        open_secret(kept)
