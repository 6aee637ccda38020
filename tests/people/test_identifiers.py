"""Numbers and addresses: sealed wherever they lie, shown to who asks and may, kept as history."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.refusal import Refused
from alongside.core.sealing import CannotOpen
from alongside.people import queries, rules
from alongside.people.actions import identifiers as actions
from alongside.people.codes import IdentifierKind
from alongside.people.models import Identifier
from tests.factories import AgencyFactory, ParticipantFactory

CANARY = "8812345670"
ADDRESS = "Zaunweg 17\nApt 4\nMenomonie, WI 54751"


@pytest.fixture
def coordinator(actor):
    return actor(Role.COORDINATOR)


@pytest.fixture
def person(agency):
    return ParticipantFactory(agency=agency)


@pytest.fixture
def keep(coordinator, person, now):
    def make(kind=IdentifierKind.MEDICAID, value=CANARY, label="", **more):
        more = {"by": coordinator, "at": now, **more}
        return actions.keep_identifier(person.pk, kind=kind, label=label, value=value, **more)

    return make


def events():
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.django_db
@pytest.mark.asvs("11.3.2")
def test_it_is_kept_sealed_and_shown_to_who_asks(keep, coordinator, now):
    row = keep(value="88 1234-5670")
    (column,) = Identifier.objects.values_list("value", flat=True)
    assert (repr(column), CANARY.encode() in bytes(column)) == ("<sealed>", False)
    shown = actions.show_identifier(row.pk, by=coordinator, at=now)
    assert (shown.value, shown.before) == (CANARY, ())
    assert events() == ["identifier.kept", "identifier.shown"]
    said = [str(event) for event in AuditEvent.objects.values_list("detail", "target")]
    assert CANARY not in "".join(said)


@pytest.mark.django_db
def test_five_clicks_keep_one_and_a_second_of_a_kind_is_refused(keep):
    form = uuid4()
    assert {keep(identifier_id=form).pk for _click in range(5)} == {form}
    with pytest.raises(Refused, match="There is one already"):
        keep()
    for label in ("Court file", "County file"):
        keep(IdentifierKind.OTHER, "2026-CV-17", label)
    assert Identifier.objects.count() == 3


@pytest.mark.django_db
def test_a_correction_keeps_what_it_said_before_sealed(keep, coordinator, now):
    first = keep(IdentifierKind.HOME, ADDRESS)
    second = actions.correct_identifier(
        first.pk, label="", value="Elm 3, Menomonie", by=coordinator, at=now
    )
    with pytest.raises(Refused, match="Someone else changed this"):
        actions.correct_identifier(first.pk, label="", value="Oak 1", by=coordinator, at=now)
    shown = actions.show_identifier(second.pk, by=coordinator, at=now)
    assert (shown.value, [value for _row, value in shown.before]) == ("Elm 3, Menomonie", [ADDRESS])
    assert [row.pk for row in queries.identifiers(coordinator, participant_id=first.participant_id)]
    assert Identifier.objects.count() == 2


@pytest.mark.django_db
def test_what_was_removed_can_be_put_back(keep, coordinator, person, now):
    row = keep()
    actions.remove_identifier(row.pk, by=coordinator, at=now)
    standing = queries.identifiers(coordinator, participant_id=person.pk)
    removed = queries.removed_identifiers(coordinator, participant_id=person.pk)
    assert (list(standing), [one.pk for one in removed]) == ([], [row.pk])
    with pytest.raises(Refused, match="Someone else changed this"):
        actions.remove_identifier(row.pk, by=coordinator, at=now)
    actions.restore_identifier(row.pk, by=coordinator, at=now)
    assert [one.pk for one in standing.all()] == [row.pk]


WHO = [
    pytest.param(Role.COORDINATOR, {*IdentifierKind}, id="coordinator"),
    pytest.param(Role.PRIVACY_OFFICER, {*IdentifierKind}, id="privacy officer"),
    pytest.param(
        Role.SUPERVISOR,
        {IdentifierKind.HOME, IdentifierKind.MAILING, IdentifierKind.EMAIL},
        id="a supervisor knows where to go",
    ),
    pytest.param(Role.BILLING, {IdentifierKind.MEDICAID}, id="billing knows the member number"),
    pytest.param(Role.ADMINISTRATOR, set(), id="administrator"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "kinds"), WHO)
def test_each_role_reads_the_kinds_it_needs(actor, role, kinds):
    assert rules.kinds_read_by(actor(role)) == kinds


@pytest.mark.django_db
@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize("role", [Role.SUPPORTER, Role.BILLING, Role.ADMINISTRATOR])
def test_who_does_not_see_the_person_finds_nothing(keep, actor, now, role):
    row, other = keep(), actor(role)
    for act in (actions.show_identifier, actions.remove_identifier, actions.restore_identifier):
        with pytest.raises(ObjectDoesNotExist):
            act(row.pk, by=other, at=now)
    assert list(queries.identifiers(other, participant_id=row.participant_id)) == []


SENTENCES = [
    pytest.param(IdentifierKind.MEDICAID, "", "", "nothing", id="empty"),
    pytest.param(IdentifierKind.OTHER, "", "17", "no-label", id="a number of what"),
    pytest.param(IdentifierKind.HOME, "", "x" * 501, "too-long", id="a whole story"),
]


@pytest.mark.parametrize(("kind", "label", "value", "code"), SENTENCES)
def test_what_cannot_be_kept(kind, label, value, code):
    refusal = rules.why_not_identifier(kind, label, value)
    assert refusal is not None
    assert refusal.code == code


NUMBERS = [
    pytest.param("8812345670", True, id="ten digits"),
    pytest.param("881234567", False, id="nine digits"),
    pytest.param("88A2345670", False, id="a letter"),
]


@pytest.mark.parametrize(("value", "usual"), NUMBERS)
def test_an_unusual_member_number_is_kept_with_a_word(value, usual):
    advice = rules.look_again(IdentifierKind.MEDICAID, value, digits=10)
    assert (advice is None) == usual
    assert rules.look_again(IdentifierKind.HOME, value, digits=10) is None


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["value", "label"])
def test_copied_to_another_row_it_does_not_open(keep, coordinator, now, column):
    row = keep(IdentifierKind.OTHER, "2026-CV-17", "Court file")
    other = keep(IdentifierKind.OTHER, "2026-CV-18", "Court file")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_identifier SET {column} = "  # noqa: S608
            f"(SELECT value FROM people_identifier WHERE id = %s) WHERE id = %s",
            [_id(row.pk), _id(other.pk)],
        )
    with pytest.raises(Refused, match="Nothing is lost"):
        actions.show_identifier(other.pk, by=coordinator, at=now)


def _id(pk):
    return pk if connection.vendor == "postgresql" else pk.hex


@pytest.mark.django_db
def test_moved_to_another_agency_it_does_not_open(keep):
    row = keep()
    Identifier.objects.filter(pk=row.pk).update(agency=AgencyFactory())
    with pytest.raises(CannotOpen):
        str(Identifier.objects.get(pk=row.pk).value)


@pytest.mark.django_db
def test_with_a_lost_key_the_row_stays_and_one_sentence_says_so(keep, coordinator, now, settings):
    row = keep(IdentifierKind.OTHER, "2026-CV-17", "Court file")
    kept, settings.SEALING_KEYS = settings.SEALING_KEYS, (b"x" * 32,)
    with pytest.raises(Refused, match="Nothing is lost"):
        actions.show_identifier(row.pk, by=coordinator, at=now)
    assert queries.label_of(coordinator, Identifier.objects.get(pk=row.pk)) == ""
    settings.SEALING_KEYS = kept
    assert actions.show_identifier(row.pk, by=coordinator, at=now).value == "2026-CV-17"


@pytest.mark.django_db
def test_no_update_and_no_filter_knows_a_sealed_text(keep):
    keep()
    for ask in (
        lambda: Identifier.objects.update(value="1"),
        lambda: Identifier.objects.filter(value=CANARY).exists(),
    ):
        with pytest.raises(TypeError, match="sealed"):
            ask()


@pytest.mark.django_db
def test_a_dump_of_the_rows_is_closed(keep):
    keep(IdentifierKind.OTHER, CANARY, "Court file")
    dumped = serializers.serialize("json", Identifier.objects.all())
    assert [word for word in (CANARY, "Court file") if word in dumped] == []


def cells():
    """Every cell of every table there is, as text and as the text of its bytes."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                for cell in row:
                    if isinstance(cell, bytes | memoryview):
                        yield bytes(cell).decode(errors="replace")
                    yield str(cell)


@pytest.mark.django_db(transaction=True)
@pytest.mark.asvs("14.2.4")
def test_no_cell_and_no_byte_of_the_database_tells(keep, coordinator, now):
    """Kept, corrected, removed and looked at; then everything that lies there is searched."""
    row = keep(IdentifierKind.OTHER, CANARY, "Zaunkoenig")
    keep(IdentifierKind.HOME, ADDRESS)
    keep()
    new = actions.correct_identifier(row.pk, label="Zaunkoenig", value="x", by=coordinator, at=now)
    actions.show_identifier(new.pk, by=coordinator, at=now)
    actions.remove_identifier(new.pk, by=coordinator, at=now)
    told = "\n".join(cells())
    files = b""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        files = b"".join(
            path.read_bytes() for path in name.parent.glob(f"{name.name}*") if path.is_file()
        )
        assert b"identifier.removed" in files
    assert "identifier.removed" in told
    for word in (CANARY, "Zaunkoenig", "Zaunweg", "54751"):
        assert (word in told, word.encode() in files, word.encode().hex() in told) == (0, 0, 0)


@pytest.mark.django_db
def test_a_failed_write_leaves_nothing(keep, monkeypatch):
    monkeypatch.setattr(actions, "record", lambda **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep()
    assert Identifier.objects.count() == 0


def test_the_keys_of_the_tests_are_their_own():
    assert str(settings.DATA) in str(settings.SEALING_KEYS.path)
