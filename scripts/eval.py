"""How well the practice engine judges what it has not seen: ``make eval``.

``make eval OWN=role:FILE`` (or ``arrays:FILE``) asks the shipped engine about a file of your own,
in the form of the corpus: one JSON object a line.
"""

import sys
from pathlib import Path

from scripts.evaluating import arrays, role

PARTS = {"role": role.report, "arrays": arrays.report}


def main(asked: list[str]) -> None:
    if not asked:
        print("\n\n".join(report() for report in PARTS.values()))
        return
    for one in asked:
        name, _, file = one.partition(":")
        if name not in PARTS or (file and not Path(file).is_file()):
            sys.exit(
                f"Not a part or not a file: {one}. Say role, arrays, role:FILE or arrays:FILE."
            )
        print(PARTS[name](Path(file) if file else None))


if __name__ == "__main__":
    main(sys.argv[1:])
