"""Set up a checkout: ``python3 scripts/setup.py [dev]``. Standard library only, safe to repeat.

Makes ``.venv`` with hashed requirements (``dev``: those of the tests and checks too), builds the
assets, compiles the words of other languages and the program itself. What is already as it should
be is left alone, so that a second run takes a moment.
"""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def main() -> None:
    if sys.version_info[:2] < OLDEST:
        sys.exit("Alongside needs Python 3.11 or newer. Try: make PYTHON=python3.12")
    begun = time.monotonic()
    _virtual_environment()
    _requirements("dev" if "dev" in sys.argv[1:] else "base")
    subprocess.run([str(PYTHON), str(ROOT / "scripts" / "assets.py")], check=True)
    subprocess.run([str(PYTHON), str(ROOT / "scripts" / "words.py"), "compile"], check=True)
    _bytecode()
    took = time.monotonic() - begun
    if took > 2:
        print(f"Set up in {took:.0f} s.", flush=True)


def _virtual_environment() -> None:
    if PYTHON.exists():
        return
    print("Making a virtual environment ...", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if made.returncode:
        sys.exit("Python could not make a virtual environment. On Debian: apt install python3-venv")


def _requirements(name: str) -> None:
    """Install ``requirements/NAME.txt`` unless this environment holds it, or dev, which has all."""
    wanted = {n: _hash(ROOT / "requirements" / f"{n}.txt") for n in ("base", "dev")}
    stamps = {n: VENV / f".holds-{n}" for n in wanted}
    holds = {n for n, stamp in stamps.items() if stamp.exists() and stamp.read_text() == wanted[n]}
    if name in holds or "dev" in holds:
        return
    print(f"Installing what Alongside stands on ({name}) ...", flush=True)
    file = ROOT / "requirements" / f"{name}.txt"
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(file)], check=True)
    stamps[name].write_text(wanted[name])


def _bytecode() -> None:
    """Ahead of the first start, also where Python may write none while it runs."""
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "src")], check=False)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
