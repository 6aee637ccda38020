"""``make security`` walks as everyone there is, and over every document: what is left out fails."""

import pytest
from django.urls import include, path

from alongside.accounts.codes import Role
from scripts import scanned

STAFF = [role.value for role in Role if role.value not in ("referrer", "participant")]


def anything(_request):
    raise AssertionError("nobody asks here")


def test_each_role_begins_at_its_own_face_and_is_asked_there_whether_it_is_still_in():
    walked = scanned.one_each([("supporter", "a@b"), *((role.value, "c@d") for role in Role)])
    assert [(one.name, one.email) for one in walked[:2]] == [("stranger", ""), ("supporter", "a@b")]
    assert scanned.nobody_walks(walked, [role.value for role in Role]) == []
    faces = {one.name: (one.face.begins, one.face.still_in) for one in walked[1:]}
    assert faces == {
        **dict.fromkeys(STAFF, (("",), "more/")),
        "referrer": (("portal/",), "portal/"),
        "participant": (("portal/mine/",), "portal/mine/"),
    }


def test_a_role_that_nobody_walks_as_is_a_finding():
    walked = scanned.one_each([("supporter", "a@b")])
    assert scanned.nobody_walks(walked, ["supporter", "participant"]) == [
        "participant: nobody of this role walks the agency"
    ]


ROUTES = [
    pytest.param(path("api/openapi.json", anything), ["api/openapi.json"], id="by its address"),
    pytest.param(path("x/", anything, name="fhir-schema"), ["x/"], id="by its name"),
    pytest.param(
        path("api/", include([path("v2/schema/", anything)])), ["api/v2/schema/"], id="further in"
    ),
    pytest.param(path("people/", anything, name="people"), [], id="no document"),
]


@pytest.mark.parametrize(("route", "found"), ROUTES)
def test_every_document_that_a_route_names_is_found(route, found):
    assert scanned.documents([route]) == found


LETTER = "PHP local inclusion leading to code execution via injection in the parameter name"


@pytest.mark.parametrize(
    ("info", "kind", "chance"),
    [
        pytest.param(LETTER, "application/pdf", True, id="a letter in a packed PDF"),
        pytest.param(LETTER, "text/html; charset=utf-8", False, id="a letter on a page"),
        pytest.param("SQL Injection via name", "application/pdf", False, id="anything else"),
    ],
)
def test_a_letter_in_a_packed_file_is_no_finding(info, kind, chance):
    assert scanned.by_chance(info, kind) is chance


def test_a_document_that_nobody_could_read_is_a_finding():
    assert scanned.nobody_reads(["api/openapi.json", "x/schema/"], {"x/schema/"}) == [
        "api/openapi.json: nobody could read this document"
    ]
