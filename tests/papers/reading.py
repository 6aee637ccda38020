"""Reading a PDF back: its words in the order of the pages, and the roles of its structure tree."""

import re
from io import BytesIO

import pikepdf

_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_BLOCK = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def words_of(content: bytes) -> str:
    """All that is written on the pages; line ends and spaces are not told apart."""
    with opened(content) as document:
        return "".join(_page(page) for page in document.pages).replace("\u200b", "")


def roles_of(content: bytes) -> list[str]:
    """The structure tree, from its root in reading order."""
    found: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node and node.get("/Type") != "/Action":
                found.append(str(node.S).lstrip("/"))
            if "/K" in node:
                walk(node.K)

    with opened(content) as document:
        walk(document.Root.StructTreeRoot.K)
    return found


def _page(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    said: list[str] = []
    letters: dict[str, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) == "Tj":
            said.append(_decoded(bytes(operands[0]), letters))
        elif str(operator) == "TJ":
            strings = [bytes(one) for one in operands[0] if isinstance(one, pikepdf.String)]
            said.append("".join(_decoded(one, letters) for one in strings))
        elif str(operator) == "ET":
            said.append(" ")
    return "".join(said)


def _decoded(codes: bytes, letters: dict[str, str]) -> str:
    pairs = [codes[n : n + 2].hex() for n in range(0, len(codes), 2)]
    return "".join(letters.get(pair, "\ufffd") for pair in pairs)


def _letters(font: pikepdf.Object) -> dict[str, str]:
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for block in _BLOCK.findall(table):
        found |= {code.lower(): _text(said) for code, said in _PAIR.findall(block)}
    for block in _RANGES.findall(table):
        for first, last, said in _RANGE.findall(block):
            for n in range(int(last, 16) - int(first, 16) + 1):
                found[f"{int(first, 16) + n:04x}"] = chr(int(said, 16) + n)
    return found


def _text(said: str) -> str:
    return bytes.fromhex(said).decode("utf-16-be")
