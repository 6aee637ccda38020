from enum import StrEnum


class FileKind(StrEnum):
    """What we keep. The value is the ending that a download gets."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"


CONTENT_TYPES: dict[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
}
