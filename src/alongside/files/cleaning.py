"""Opens a stranger's file and writes it anew, in a process of its own.

Run as ``python -m alongside.files.cleaning pdf``: the file comes in on standard input, the clean
one goes out on standard output behind a line ``ok``, or a line with the code of a refusal.
Memory and time are bounded here, so that a file made to harm ends this process and nothing else.
"""

import io
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

import alongside
from alongside.core.refusal import Refused
from alongside.files.codes import FileKind
from alongside.files.rules import (
    ACTIVE,
    BY_CODE,
    DAMAGED,
    LOCKED,
    MOST_BYTES,
    NOT_WHAT_IT_SAYS,
    TOO_WIDE,
)

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
MOST_PAGES = 200
MOST_OBJECTS = 50_000
MEMORY = 1024 * 1024 * 1024
SECONDS = 20

# A PDF with one of these runs something, sends something, or carries another file.
_NEVER_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
)
_NEVER_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"}
    | {"/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"}
)
_NEVER_KINDS = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_LEADS_ON = frozenset({"http", "https", "mailto", "tel"})  # links that only lead somewhere
# Nothing is lost to the reader without these, and they tell who, when, where and with what.
_DROPPED_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/OpenAction", "/AA")
# Parts of a JPEG that hold no picture: all "APP" parts but Adobe's, which says how colors are
# kept, and comments.
_APP_PARTS = frozenset(range(0xE0, 0xF0)) - {0xEE} | {0xFE}
# Many who upload at once wait for each other, so that a small machine has room for the rest.
_ONE_AT_A_TIME = threading.Lock()
_START_OF_SCAN, _ALONE = 0xDA, frozenset(range(0xD0, 0xD9)) | {0x01}


def cleaned(content: bytes, kind: FileKind) -> bytes:
    """The same pages or picture without metadata. Raises ``Refused`` with a sentence."""
    root = Path(alongside.__file__).resolve().parents[1]
    command = [sys.executable, "-m", "alongside.files.cleaning", kind.value]
    try:
        with _ONE_AT_A_TIME:
            done = subprocess.run(  # noqa: S603 - our own module, no shell, no word of a user
                command,
                input=content,
                capture_output=True,
                timeout=SECONDS + 10,
                env={"PYTHONPATH": str(root)},
                check=False,
            )
    except subprocess.TimeoutExpired as late:
        raise Refused(DAMAGED) from late
    answer, _line, clean = done.stdout.partition(b"\n")
    if done.returncode == 0 and answer == b"ok" and 0 < len(clean) <= 2 * MOST_BYTES:
        return clean
    raise Refused(BY_CODE.get(answer.decode("ascii", "replace"), DAMAGED))


def clean_pdf(content: bytes) -> bytes:
    """What can be reached from the pages, written anew; older versions and tails stay behind."""
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            if not 1 <= len(pdf.pages) <= MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
                raise Refused(DAMAGED)
            if "/Encrypt" in pdf.trailer:
                raise Refused(LOCKED)
            for look in (_refuse_what_acts, _drop_what_tells):
                for found in list(pdf.objects):
                    _walk(found, look)
                _walk(pdf.trailer, look)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                fix_metadata_version=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )
    except pikepdf.PasswordError as locked:
        raise Refused(LOCKED) from locked
    except (pikepdf.PdfError, ValueError, TypeError, KeyError) as broken:
        raise Refused(DAMAGED) from broken
    return out.getvalue()


def _walk(root: pikepdf.Object, look: Callable[[pikepdf.Object], None]) -> None:
    """Look at one object, and at everything written inside it."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += [part for part in one if _inside(part)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            look(one)
            waiting += [part for _key, part in one.items() if _inside(part)]


def _inside(part: object) -> bool:
    """Whether it is written inside: what is numbered comes by itself, and only once."""
    kinds = pikepdf.Array | pikepdf.Dictionary
    return isinstance(part, kinds) and not part.is_indirect


def _refuse_what_acts(one: pikepdf.Object) -> None:
    named = {str(one[key]) for key in ("/S", "/Subtype", "/Type") if _is_name(one.get(key))}
    acts = named & (_NEVER_ACTIONS | _NEVER_KINDS | {"/EmbeddedFile"})
    link = one.get("/URI")
    if isinstance(link, pikepdf.String):
        scheme, colon, _rest = str(link).partition(":")
        acts |= {scheme} if colon and scheme.lower() not in _LEADS_ON else set()
    if acts or set(one.keys()) & _NEVER_KEYS:
        raise Refused(ACTIVE)


def _drop_what_tells(one: pikepdf.Object) -> None:
    for key in _DROPPED_KEYS:
        if key in one:
            del one[key]
    kept_as, how = one.get("/Filter"), one.get("/DecodeParms")
    if isinstance(kept_as, pikepdf.Array) and len(kept_as) == 1:
        kept_as = kept_as[0]
    if not isinstance(one, pikepdf.Stream) or not isinstance(kept_as, pikepdf.Name):
        return
    if str(kept_as) == "/DCTDecode":
        raw = one.read_raw_bytes()
        bare = without_app_parts(raw)
        if bare != raw:
            parms = how if isinstance(how, pikepdf.Dictionary) else None
            one.write(bare, filter=kept_as, decode_parms=parms)


def _is_name(value: object) -> bool:
    return isinstance(value, pikepdf.Name)


def without_app_parts(jpeg: bytes) -> bytes:
    """A JPEG without the parts that hold place, camera and time; the picture is not touched."""
    out, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        mark = jpeg[at + 1]
        if mark == _START_OF_SCAN:
            break
        if mark in _ALONE or mark == 0xFF:
            out += jpeg[at : at + 1]
            at += 1
            continue
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if mark not in _APP_PARTS:
            out += jpeg[at : at + length]
        at += length
    return bytes(out + jpeg[at:])


def clean_picture(content: bytes, kind: FileKind) -> bytes:
    """Drawn anew and made no larger than a page needs; turned the way it was held."""
    form = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}[kind]
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused(TOO_WIDE)
            if kind is FileKind.JPEG:
                found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            found.load()
            found.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(found)
            see_through = kind is FileKind.PNG and turned.has_transparency_data
            drawn = turned.convert("RGBA" if see_through else "RGB")
    except UnidentifiedImageError as other:
        raise Refused(NOT_WHAT_IT_SAYS) from other
    except Image.DecompressionBombError as bomb:
        raise Refused(TOO_WIDE) from bomb
    except (OSError, SyntaxError, ValueError, Warning) as broken:
        raise Refused(DAMAGED) from broken
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    out = io.BytesIO()
    bare.save(out, form, **({"quality": 88} if kind is FileKind.JPEG else {"optimize": True}))
    return out.getvalue()


def _bound() -> None:
    """No more memory and time than any certificate needs, and no files written."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(kind: FileKind) -> None:
    _bound()
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        clean = clean_pdf(content) if kind is FileKind.PDF else clean_picture(content, kind)
    except Refused as refused:
        sys.stdout.buffer.write(refused.refusal.code.encode() + b"\n")
        return
    sys.stdout.buffer.write(b"ok\n" + clean)


if __name__ == "__main__":
    _main(FileKind(sys.argv[1]))
