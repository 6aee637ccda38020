"""All that an answer says, whatever its kind: a page, a sheet, a PDF, an archive of them."""

import zipfile
from io import BytesIO

import pikepdf

from tests.papers.reading import words_of


def all_words(content: bytes) -> str:
    """The words of ``content``, with what is packed in it unpacked."""
    if content.startswith(b"%PDF"):
        return _of_paper(content) + content.decode("latin-1")
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            inside = [f"{name}\n{all_words(archive.read(name))}" for name in archive.namelist()]
        return "\n".join(inside)
    return content.decode(errors="replace")


def _of_paper(content: bytes) -> str:
    try:
        return words_of(content)
    except pikepdf.PdfError:  # what a test uploaded is none that can be read
        return ""


def body_of(response: object) -> bytes:
    """The whole body; a stream is read to its end."""
    streaming = getattr(response, "streaming", False)
    return response.getvalue() if streaming else response.content  # type: ignore[attr-defined]
