"""A workbook is XML in an archive: entities that reach outside, or grow without end, bring nothing
in."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from alongside.core.refusal import Refused
from alongside.exchange.rules.sheets import read_sheet

OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def hostile(part: str, doctype: str) -> bytes:
    """A good workbook, in one part of which an entity stands where a name was."""
    book, out, spoilt = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["Name", "County", "Date"])
    book.active.append(["Gia", "Dunn", "6/1/26"])
    book.save(out)
    entity = "&i;" if doctype == LAUGHS else "&a;"
    with zipfile.ZipFile(out) as good, zipfile.ZipFile(spoilt, "w") as bad:
        for name in good.namelist():
            text = good.read(name)
            if name == part:
                words = text.decode().replace("Gia", entity).replace("Sheet", entity)
                head, rest = ("", words) if not words.startswith("<?") else words.split("?>", 1)
                text = f"{head}{'?>' if head else ''}{doctype}{rest}".encode()
            bad.writestr(name, text)
    return spoilt.getvalue()


@pytest.mark.asvs("1.5.1")
@pytest.mark.parametrize("doctype", [OUTSIDE, LAUGHS], ids=["reaching outside", "without end"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_sheet_with_outside_entities_brings_nothing_in(part, doctype):
    data = hostile(part, doctype)
    with pytest.raises(Refused) as refused:
        read_sheet(data, "staff.xlsx")
    assert refused.value.refusal.code == "broken-workbook"
