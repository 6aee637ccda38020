"""Text for a cell of a sheet that nothing runs."""

# With the wide ones, which some spreadsheets take for the same.
RUNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def plain(text: str) -> str:
    """Text that a spreadsheet would run as a formula is kept as text."""
    return f"'{text}" if text[:1] in RUNS and text else text
