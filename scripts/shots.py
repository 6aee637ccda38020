"""Pictures of every page at 360 and 1280 px: ``python scripts/shots.py [--readme]``.

Makes the demo agency in a folder of its own, serves it on this machine, walks every page of every
role, and writes ``shots/<role>-<page>-<width>.png``. ``--readme`` makes docs/pictures/phone.png
and nothing else: My day and a note on a phone, side by side.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "shots"
PICTURE = ROOT / "docs" / "pictures" / "phone.png"
PHONE, DESK = 360, 1280
SIZES = {PHONE: 740, DESK: 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
HOST = "127.0.0.1"
COOKIE = "sessionid"
SIDE_BY_SIDE = """<!doctype html><html lang="en"><head><title>Phone</title><style>
body { margin: 0; padding: 24px; display: flex; gap: 24px; background: #e9e4d8; width: max-content }
img { width: 360px; height: 740px; object-fit: cover; object-position: top; border-radius: 28px;
border: 8px solid #26322b }</style></head><body>PICTURES</body></html>"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="alongside-shots-") as folder:
        os.environ |= {
            "ALONGSIDE_DATA": folder,
            "ALONGSIDE_DEMO": "1",
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            # The browser's own loop runs in this thread; the database work here is synchronous.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        with serving(Path(folder)) as port:
            if "--readme" in sys.argv[1:]:
                readme(port)
            else:
                everything(port)


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """The demo at a free port of this machine, as its command serves it; stopped at the end."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "alongside.config.command", "demo", "--port", str(port)]
    with (folder / "served.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    print("Making the demo agency ...", flush=True)
    until = time.monotonic() + 300
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as line:
            if line.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    sys.exit("The demo did not start.")


def everything(port: int) -> None:
    """Every page of every role at both widths, and a line for each page that was not found."""
    import django  # noqa: PLC0415

    django.setup()
    from alongside.accounts.models import User  # noqa: PLC0415
    from alongside.demo.build import sign_ins  # noqa: PLC0415
    from scripts.pages import signed_in, walk  # noqa: PLC0415

    SHOTS.mkdir(exist_ok=True)
    taken, missing, seen = 0, [], set()
    with browser() as chromium:
        for one in sign_ins():
            if one.role in seen:
                continue
            seen.add(one.role)
            user = User.objects.get(email=one.email)
            walked = walk(user)
            missing += [f"{one.role}: {route}" for route in walked.unfilled]
            shown = [page for page in walked.pages if page.html and page.status == 200]
            cookie = signed_in(user).cookies[COOKIE].value
            for width in SIZES:
                with page_of(chromium, port, width, cookie) as page:
                    for entry in shown:
                        page.goto(entry.path, wait_until="load")
                        file = SHOTS / f"{one.role}-{entry.route}-{width}.png"
                        page.screenshot(path=file, full_page=True, animations="disabled")
                        print(file.relative_to(ROOT), flush=True)
                        taken += 1
    print(f"{taken} pictures.")
    for line in missing:
        print(f"No example for {line}")


def readme(port: int) -> None:
    """My day and the note of the first supporter, as two phones beside each other."""
    import django  # noqa: PLC0415

    django.setup()
    from django.urls import reverse  # noqa: PLC0415

    from alongside.accounts.models import User  # noqa: PLC0415
    from alongside.accounts.queries import actor_for  # noqa: PLC0415
    from alongside.demo.build import sign_ins  # noqa: PLC0415
    from alongside.people.queries import own_caseload  # noqa: PLC0415
    from scripts.pages import signed_in  # noqa: PLC0415

    user = User.objects.get(email=sign_ins()[0].email)
    actor = actor_for(user)
    person = own_caseload(actor).first() if actor else None
    if person is None:
        sys.exit("The demo has nobody to write a note with.")
    paths = [reverse("web:today"), reverse("web:note_new", args=[person.pk])]
    cookie = signed_in(user).cookies[COOKIE].value
    folder = Path(os.environ["ALONGSIDE_DATA"])
    files = [folder / f"{n}.png" for n in range(len(paths))]
    with browser() as chromium:
        with page_of(chromium, port, PHONE, cookie, scale=2) as page:
            for path, file in zip(paths, files, strict=True):
                page.goto(path, wait_until="load")
                page.screenshot(path=file, animations="disabled")
        images = "".join(f'<img src="{file.as_uri()}" alt="">' for file in files)
        whole = folder / "phone.html"
        whole.write_text(SIDE_BY_SIDE.replace("PICTURES", images))
        beside = chromium.new_page(viewport={"width": 816, "height": 804}, device_scale_factor=2)
        beside.goto(whole.as_uri())
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        beside.locator("body").screenshot(path=PICTURE)
    print(PICTURE.relative_to(ROOT))


@contextmanager
def browser() -> Iterator[Browser]:
    path = os.environ.get("ALONGSIDE_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def page_of(
    chromium: Browser, port: int, width: int, cookie: str, *, scale: float = 1
) -> Iterator[Page]:
    """A page of someone signed in."""
    base = f"http://{HOST}:{port}"
    size = {"width": width, "height": SIZES[width]}
    context = chromium.new_context(viewport=size, base_url=base, device_scale_factor=scale)
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": base}])
    yield context.new_page()
    context.close()


if __name__ == "__main__":
    main()
