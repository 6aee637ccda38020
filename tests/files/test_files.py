"""What is uploaded: what it is by its content, without what tells too much, kept for good."""

import io
import os
import stat
import struct
import zlib
from datetime import timedelta

import pikepdf
import pytest
from PIL import Image

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.core.refusal import Refused
from alongside.files import actions, disk, queries, rules
from alongside.files.actions import Sent, check_file
from alongside.files.cleaning import without_app_parts
from alongside.files.codes import FileKind
from alongside.files.models import StoredFile
from tests.factories import NOW, AgencyFactory, UserFactory
from tests.files import samples

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def bomb() -> bytes:
    """A PNG that says it has 900 million pixels, in a hundred bytes."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


@pytest.mark.asvs("1.3.4", "5.2.2")
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("paper.pdf", b"", "empty", id="nothing in it"),
        pytest.param("paper.pdf", b"x" * (rules.MOST_BYTES + 1), "too-large", id="huge"),
        pytest.param("photo.svg", SVG, "not-one-of-ours", id="a drawing that runs"),
        pytest.param("photo.png", SVG, "not-one-of-ours", id="a drawing called a photo"),
        pytest.param("photo.jpg", HTML, "not-one-of-ours", id="a page called a photo"),
        pytest.param("paper.pdf", b" %PDF-1.4", "not-one-of-ours", id="something before the PDF"),
        pytest.param("paper.pdf", b"MZ\x90", "not-one-of-ours", id="a program called a PDF"),
        pytest.param("photo.gif", b"GIF89a", "not-one-of-ours", id="another kind of picture"),
        pytest.param("paper.pdf", b"\xff\xd8\xff\xe0", "not-what-it-says", id="photo as PDF"),
        pytest.param("paper.html", b"%PDF-1.4", "not-what-it-says", id="PDF as a page"),
        pytest.param("photo.pdf.exe", b"%PDF-1.4", "not-what-it-says", id="two endings"),
        pytest.param("scan", b"%PDF-1.4", None, id="no ending"),
        pytest.param("PHOTO.JPEG", b"\xff\xd8\xff\xe0", None, id="capitals"),
    ],
)
def test_what_is_taken_follows_from_the_first_bytes(name, content, code):
    refusal = rules.why_not_take(name, content[:16], len(content))
    assert (refusal and refusal.code) == code


@pytest.mark.asvs("5.4.1", "5.4.2")
@pytest.mark.parametrize(
    ("name", "plain"),
    [
        pytest.param("../../etc/passwd", "passwd", id="a path"),
        pytest.param("C:\\Users\\Rosa\\ethics.pdf", "ethics.pdf", id="a path of Windows"),
        pytest.param("a\u202egpj.exe", "agpj.exe", id="turned letters"),
        pytest.param("two\r\nlines.pdf", "twolines.pdf", id="two lines"),
        pytest.param("x" * 400, "x" * 120, id="long"),
        pytest.param("...", "", id="dots"),
    ],
)
def test_a_name_is_plain(name, plain):
    assert rules.plain_name(name) == plain


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(samples.jpeg()[:-400], "damaged", id="photo cut short"),
        pytest.param(b"\xff\xd8\xff\xe0junk", "damaged", id="only begins like a photo"),
        pytest.param(samples.png()[:60], "damaged", id="drawing cut short"),
        pytest.param(samples.pdf()[:-40], "damaged", id="PDF cut short"),
        pytest.param(b"%PDF-1.7\n" + HTML, "damaged", id="only begins like a PDF"),
        pytest.param(samples.locked_pdf(), "locked", id="a password"),
        pytest.param(samples.pdf_with_file(), "active", id="a file inside"),
        pytest.param(samples.pdf(OpenAction=samples.script()), "active", id="a script"),
        pytest.param(samples.pdf(OpenAction=samples.launch()), "active", id="starts a program"),
        pytest.param(
            samples.pdf(AA=pikepdf.Dictionary(WC=samples.script())), "active", id="script deep in"
        ),
        pytest.param(
            samples.pdf(AA=pikepdf.Dictionary(URI="java\nscript:run()")), "active", id="a link runs"
        ),
        pytest.param(
            samples.pdf(AcroForm=pikepdf.Dictionary(XFA=pikepdf.Array([]))), "active", id="a form"
        ),
    ],
)
def test_what_cannot_be_opened_safely_is_refused_in_a_sentence(content, code):
    with pytest.raises(Refused) as refused:
        check_file(Sent("", content))
    assert refused.value.refusal.code == code


def test_a_picture_that_would_fill_the_memory_is_refused():
    with pytest.raises(Refused) as refused:
        check_file(Sent("photo.png", bomb()))
    assert refused.value.refusal == rules.TOO_WIDE


def test_a_pdf_that_would_fill_the_memory_ends_its_own_process_only():
    """Two gigabytes of nothing behind two megabytes, where the reader has to look."""
    packer = zlib.compressobj(9)
    first = packer.compress(b"\0" * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    million = packer.compress(b"\0" * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + million * 2048
    paper = b"%%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Filter/FlateDecode"
    paper = paper.replace(b"%%", b"%") + b"/Length %d>>\nstream\n" % len(packed)
    paper += packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    with pytest.raises(Refused) as refused:
        check_file(Sent("paper.pdf", paper))
    assert refused.value.refusal == rules.DAMAGED


def test_a_photo_does_not_tell_where_it_was_taken_or_carry_anything_along():
    sent = samples.jpeg((3000, 2000), tells=True)
    assert b"Zaunkoenig" in sent
    kept = check_file(Sent("../diploma.jpg", sent + b"PK\x03\x04" + HTML))
    assert (kept.kind, kept.name) == (FileKind.JPEG, "diploma.jpg")
    assert [
        found
        for found in (b"Zaunkoenig", b"Exif", b"script", b"PK\x03\x04")
        if found in kept.content
    ] == []
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((2400, 1600), {})


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_colors_is_kept(mode):
    kept = check_file(Sent("scan.png", samples.png(mode=mode)))
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (320, 200))


def test_a_pdf_does_not_tell_who_made_it():
    sent = samples.pdf(author="Zaunkoenig")
    kept = check_file(Sent("ethics.pdf", sent + b"\n" + HTML))
    assert b"Zaunkoenig" not in kept.content
    assert b"script" not in kept.content
    with pikepdf.open(io.BytesIO(kept.content)) as paper:
        assert (len(paper.pages), "/Info" in paper.trailer, "/Metadata" in paper.Root) == (
            1,
            False,
            False,
        )


def test_a_photo_inside_a_pdf_tells_nothing_either():
    sent = samples.pdf_with_photo(samples.jpeg(tells=True))
    assert b"Zaunkoenig" in sent
    kept = check_file(Sent("scan.pdf", sent))
    assert b"Zaunkoenig" not in kept.content
    with pikepdf.open(io.BytesIO(kept.content)) as paper:
        photo = paper.pages[0].Resources.XObject.Im0.read_raw_bytes()
    with Image.open(io.BytesIO(photo)) as picture:
        picture.load()
        assert picture.size == (320, 200)


@pytest.mark.parametrize("cut", range(0, 60, 3))
def test_parts_of_a_broken_photo_never_lose_the_reader(cut):
    """Whatever the bytes, it ends, and what is no part stays."""
    broken = samples.jpeg(tells=True)[:cut]
    assert len(without_app_parts(broken)) <= len(broken)


@pytest.fixture
def kept(db, actor):
    by = actor(Role.SUPPORTER)
    return by, actions.keep_file(check_file(Sent("ethics 6h.pdf", samples.pdf())), by=by, at=NOW)


@pytest.mark.asvs("5.3.1", "5.3.2")
def test_a_file_lies_under_its_id_for_the_program_alone(kept, folder):
    by, row = kept
    path = disk.path_of(row.pk)
    assert [p.name for p in folder.rglob("*") if p.is_file()] == [row.pk.hex]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "ethics" not in str(path)
    found = queries.open_file(by, file=row)
    assert (found.name, found.content_type) == ("certificate.pdf", "application/pdf")
    assert found.content == path.read_bytes()


def test_bytes_are_on_disk_before_the_row(db, actor, monkeypatch):
    """The order of things: written, flushed to the disk, named, the name kept; then the row."""
    did = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: did.append("kept") or fsync(handle))
    create = StoredFile.objects.create
    monkeypatch.setattr(
        StoredFile.objects, "create", lambda **f: did.append("row") or create(**f), raising=False
    )
    actions.keep_file(check_file(Sent("", samples.png())), by=actor(Role.SUPPORTER), at=NOW)
    assert (did[-1], did.count("row"), did.count("kept") >= 2) == ("row", 1, True)


def test_a_file_changed_on_disk_is_not_handed_out(kept):
    by, row = kept
    disk.path_of(row.pk).write_bytes(b"other")
    with pytest.raises(Refused) as refused:
        queries.open_file(by, file=row)
    assert refused.value.refusal == rules.GONE
    disk.erase(row.pk)
    with pytest.raises(Refused):
        queries.open_file(by, file=row)


def test_a_file_of_another_agency_is_absent(kept):
    _by, row = kept
    stranger = UserFactory(agency=AgencyFactory(), roles=[Role.ADMINISTRATOR])
    with pytest.raises(StoredFile.DoesNotExist):
        queries.open_file(actor_for(stranger), file=row)


@pytest.mark.django_db(transaction=True)
def test_removed_and_put_back_and_at_last_erased(actor):
    by = actor(Role.SUPPORTER)
    checked = check_file(Sent("", samples.png()))
    row = actions.keep_file(checked, by=by, at=NOW)
    actions.remove_file(row, by=by, at=NOW)
    with pytest.raises(StoredFile.DoesNotExist):
        queries.open_file(by, file=row)
    with pytest.raises(Refused):
        actions.remove_file(row, by=by, at=NOW)
    row.refresh_from_db()
    actions.put_back_file(row, by=by, at=NOW + timedelta(days=29))
    row.refresh_from_db()
    actions.remove_file(row, by=by, at=NOW)
    row.refresh_from_db()
    late = NOW + timedelta(days=31)
    with pytest.raises(Refused) as refused:
        actions.put_back_file(row, by=by, at=late)
    assert refused.value.refusal.code == "erased"
    actions.keep_file(checked, by=by, at=late)
    row.refresh_from_db()
    assert (row.erased_at, disk.read(row.pk)) == (late, None)
