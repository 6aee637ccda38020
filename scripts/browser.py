"""Find the Chromium that browser tests drive; as root on Debian, install it where there is none."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "The browser tests need Chromium. Install it (Debian: apt install chromium; Fedora: "
    "dnf install chromium), or name one: ALONGSIDE_CHROMIUM=/path/to/chromium make test"
)


def find() -> str | None:
    return os.environ.get("ALONGSIDE_CHROMIUM") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )


def main() -> int:
    path = find()
    if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests ...", file=sys.stderr, flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(command, env=environment, **quiet)  # type: ignore[call-overload]
        path = find()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
