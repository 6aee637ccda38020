"""What leaves as a sheet is read as text, whatever a spreadsheet makes of a sign."""

import pytest

from alongside.web.sheets import sheet

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]


@pytest.mark.parametrize("sign", SIGNS, ids=[f"U+{ord(sign):04X}" for sign in SIGNS])
def test_no_cell_begins_with_a_sign_that_runs(sign):
    sent = sheet("a", ["words"], [[f"{sign}1+1"]]).getvalue().decode()
    assert sent.split("\n", 1)[1].lstrip('"').startswith(f"'{sign}")
