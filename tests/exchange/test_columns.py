"""Other agencies' sheets go through: columns are found by name, then by content."""

from collections.abc import Sequence

import pytest

from alongside.exchange.codes import FIELD_LABELS, FIELDS_OF, SheetKind
from alongside.exchange.rules.columns import fingerprint_of_header, missing, propose, sound
from alongside.exchange.rules.words import all_headers, headers_of, plain

STAFF, REFERRALS, CONTACTS = SheetKind.STAFF, SheetKind.REFERRALS, SheetKind.CONTACTS


def named(
    kind: SheetKind, header: Sequence[str], sample: Sequence[Sequence[str]] = ()
) -> dict[str, str]:
    return {field: header[at] for field, at in propose(kind, header, sample).items()}


@pytest.mark.parametrize(
    ("kind", "header", "found"),
    [
        pytest.param(
            REFERRALS,
            [
                "Date Received",
                "First Name",
                "Last Name",
                "Date of Birth",
                "Phone #",
                "Referral Source",
            ],
            {
                "referred_on": "Date Received",
                "first_name": "First Name",
                "last_name": "Last Name",
                "born_on": "Date of Birth",
                "phone": "Phone #",
                "referrer_name": "Referral Source",
            },
            id="first and last name apart",
        ),
        pytest.param(
            REFERRALS,
            ["Client Name", "Birthdate", "Worker", "Worker Phone", "Phone", "County of Residence"],
            {
                "name": "Client Name",
                "born_on": "Birthdate",
                "referrer_name": "Worker",
                "referrer_phone": "Worker Phone",
                "phone": "Phone",
                "county": "County of Residence",
            },
            id="two phones",
        ),
        pytest.param(
            REFERRALS,
            ["Nombre", "Fecha de nacimiento", "Teléfono", "Condado", "Motivo"],
            {
                "name": "Nombre",
                "born_on": "Fecha de nacimiento",
                "phone": "Teléfono",
                "county": "Condado",
                "reason": "Motivo",
            },
            id="in Spanish",
        ),
        pytest.param(
            CONTACTS,
            [
                "Service Date",
                "Participant",
                "Peer Specialist",
                "Time In",
                "Time Out",
                "Duration",
                "Method",
            ],
            {
                "on": "Service Date",
                "name": "Participant",
                "supporter": "Peer Specialist",
                "started": "Time In",
                "ended": "Time Out",
                "minutes": "Duration",
                "mode": "Method",
            },
            id="a contact log",
        ),
        pytest.param(
            CONTACTS,
            [
                "DATE",
                "TIME",
                "HOURS",
                "CLIENT",
                "STAFF",
                "LOCATION",
                "NOTES",
                "MILEAGE",
                "SERVICE ARRAY",
            ],
            {
                "on": "DATE",
                "started": "TIME",
                "hours": "HOURS",
                "name": "CLIENT",
                "supporter": "STAFF",
                "place": "LOCATION",
                "note": "NOTES",
                "miles": "MILEAGE",
                "array": "SERVICE ARRAY",
            },
            id="another one",
        ),
        pytest.param(
            STAFF,
            [
                "Employee",
                "Certification",
                "Certification Date",
                "Expiration Date",
                "CEUs",
                "Languages Spoken",
            ],
            {
                "name": "Employee",
                "credential": "Certification",
                "certified_on": "Certification Date",
                "expires_on": "Expiration Date",
                "ce_hours": "CEUs",
                "languages": "Languages Spoken",
            },
            id="a staff list",
        ),
        pytest.param(
            REFERRALS,
            ["Clients Name", "Date of Brith", "Progam"],
            {"name": "Clients Name", "born_on": "Date of Brith", "pathway": "Progam"},
            id="with slips of the pen",
        ),
    ],
)
def test_columns_are_found_by_name(
    kind: SheetKind, header: list[str], found: dict[str, str]
) -> None:
    assert named(kind, header) == found


def test_columns_are_found_by_what_stands_in_them() -> None:
    sample = [["6/1/26", "Gia Rivera", "x"], ["6/2/26", "Eli Dahl", "y"], ["", "", ""]]
    assert propose(CONTACTS, ["When?", "With whom?", "z"], sample) == {"on": 0, "name": 1}
    sample = [
        ["Gia Rivera", "715-555-0100", "a@b.example"],
        ["Eli Dahl", "555-0101", "c@d.example"],
    ]
    assert propose(REFERRALS, ["A?", "B?", "C?"], sample) == {"phone": 1, "name": 0}
    sample = [["6/1/2026 9:00", "6/1/2026 10:00", "Gia"], ["6/2/2026 9:00", "", "Eli"]]
    assert propose(CONTACTS, ["Start", "End", "Who"], sample) == {
        "started": 0,
        "ended": 1,
        "name": 2,
        "on": 0,
    }


@pytest.mark.parametrize(
    ("header", "cells", "found"),
    [
        pytest.param(["Who", "Door"], ["FTC", "CHIPS", "self", "Drug ct"], 1, id="mostly known"),
        pytest.param(["Who", "Door"], ["FTC", "the new one", "?", ""], None, id="mostly not"),
        pytest.param(
            ["Who", "Knows us by"], ["friend", "family", "school"], None, id="words of anything"
        ),
        pytest.param(
            ["Who", "Door"], ["wants self help", "family court soon"], None, id="sentences"
        ),
        pytest.param(["Program", "Door"], ["FTC", "CCS", "self"], 0, id="another says so"),
    ],
)
def test_a_way_in_is_known_by_its_words(
    header: list[str], cells: list[str], found: int | None
) -> None:
    sample = [["Gia Rivera", cell] for cell in cells]
    assert propose(REFERRALS, header, sample).get("pathway") == found


@pytest.mark.parametrize(
    ("header", "found"),
    [
        pytest.param(["Email", "Worker"], {"referrer_name": 1}, id="of the participant"),
        pytest.param(
            ["Worker", "Email"], {"referrer_name": 0, "referrer_email": 1}, id="of the worker"
        ),
        pytest.param(["Email"], {}, id="of nobody knows whom"),
        pytest.param(
            ["Phone", "Worker", "Phone no. 2"],
            {"referrer_name": 1, "phone": 0, "referrer_phone": 2},
            id="two phones",
        ),
        pytest.param(["Referral #", "Case ID"], {}, id="numbers of files"),
    ],
)
def test_whose_it_is_follows_from_where_it_stands(header: list[str], found: dict[str, int]) -> None:
    assert propose(REFERRALS, header, []) == found


def test_name_beside_last_name_is_the_first_name_unless_it_holds_both() -> None:
    header = ["Name", "Last Name"]
    assert propose(REFERRALS, header, [["Gia", "Rivera"]]) == {"first_name": 0, "last_name": 1}
    assert propose(REFERRALS, header, [["Gia Rivera", "Rivera"]]) == {"name": 0}


def test_what_is_missing_is_said_in_one_sentence() -> None:
    assert str(missing(CONTACTS, {"name": 0})) == (
        "We did not find the column “Day”. Say which one it is."
    )
    assert missing(CONTACTS, {"first_name": 0, "on": 1}) is None
    assert missing(STAFF, {"initials": 0}) is not None


def test_a_mapping_from_outside_keeps_only_what_can_be() -> None:
    columns = {"name": 1, "phone": 7, "county": -1, "nonsense": 0, "reason": "2"}
    assert sound(REFERRALS, columns, 3) == {"name": 1}


def test_the_catalog_names_only_fields_that_exist_and_in_plain_form() -> None:
    for kind in SheetKind:
        fields = {field.value for field in FIELDS_OF[kind]}
        assert set(headers_of(kind)) == fields
        assert set(FIELD_LABELS[kind]) == set(FIELDS_OF[kind])
    assert {name for name in all_headers() if plain(name) != name} == set()


def test_the_fingerprint_of_a_header_forgives_case_and_marks() -> None:
    assert fingerprint_of_header(["Ref Date", "DOB"]) == fingerprint_of_header(["REF DATE", "dob "])
    assert fingerprint_of_header(["DOB", "Ref Date"]) != fingerprint_of_header(["Ref Date", "DOB"])
