"""``make security``: scanners walk an invented agency as each role, over TLS, on this machine only.

wapiti follows every link and form as each role and as a stranger, and attacks what it finds;
schemathesis sends what no document allows to every OpenAPI document that the routes name. Each role
gets an agency of its own, thrown away afterwards. Reports lie in ``reports/security``; a finding, a
broken page, a session that ended early, a role that nobody walks as or a document that nobody could
read makes the command fail.

    scripts/security.py [--minutes 4] [--role supporter ...]
"""

import argparse
import datetime as dt
import http.client
import ipaddress
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from scripts.scanned import Role, Site, by_chance, nobody_reads, nobody_walks, one_each

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".venv-security"
LOCK = ROOT / "requirements" / "security.txt"
REPORTS = ROOT / "reports" / "security"
HOST = "127.0.0.1"
# Those that ask a server elsewhere whether something came through are left out.
MODULES = "cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,information_disclosure,"
MODULES += "methods,permanentxss,redirect,sql,timesql,upload,xss"
# What would end the scanner's own session, or change who it is.
LEFT_OUT = ("account/logout/*", "demo/*", "account/sessions/*", "devices/*", "signed-out/*")
LEFT_OUT += ("portal/exit/*", "portal/mine/sign-in/out/*", "portal/mine/sign-in/close/*")
LEFT_OUT += ("portal/devices/out/*",)
FEWEST = 40
AT_ONCE = 2


def main() -> int:
    asked = _arguments()
    _tools()
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="alongside-security-") as folder:
        base = Path(folder)
        certificate = _certificate(base)
        site = _agency(base / "agency")
        wanted = [role for role in site.roles if not asked.role or role.name in asked.role]
        found, read = list(site.missing), set[str]()

        def scan(role: Role) -> tuple[list[str], set[str]]:
            return _scan(role, site, base, certificate, asked.minutes * 60)

        with ThreadPoolExecutor(AT_ONCE) as together:
            for lines, documents in together.map(scan, wanted):
                found, read = found + lines, read | documents
        if not asked.role:
            found += nobody_reads(site.documents, read)
    for line in found:
        print(line)
    print(f"{len(wanted)} roles, {len(found)} findings. Reports: {REPORTS.relative_to(ROOT)}")
    return 1 if found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=4, help="at most, for each role")
    parser.add_argument("--role", action="append", help="only this one; may be given again")
    return parser.parse_args()


def _tools() -> None:
    """The scanners live apart: what they need is nothing the product stands on."""
    stamp = TOOLS / ".holds"
    if stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return
    print("Installing the scanners ...", flush=True)
    venv.create(TOOLS, with_pip=True, clear=True)
    pip = [str(TOOLS / "bin" / "pip"), "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    stamp.write_bytes(LOCK.read_bytes())


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine and this hour; nobody else trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "alongside test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), False
        )
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def _agency(folder: Path) -> Site:
    """The invented agency, and one person for each role there is; a stranger first."""
    folder.mkdir()
    program = (
        "import json\n"
        "from alongside.config import command\n"
        "command.prepare()\n"
        "from django.urls import get_resolver\n"
        "from alongside.accounts.codes import Role\n"
        "from alongside.demo.build import build_demo\n"
        "from scripts.scanned import documents\n"
        "people = [[s.role, s.email] for s in build_demo(say=lambda _words: None)]\n"
        "told = documents(get_resolver().url_patterns)\n"
        "print(json.dumps([people, [role.value for role in Role], told]))\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        env=_environment(folder),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    people, roles, told = json.loads(made.stdout.splitlines()[-1])
    walked = one_each(people)
    return Site(walked, told, nobody_walks(walked, roles))


def _environment(folder: Path) -> dict[str, str]:
    given = {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DATABASE_"))}
    ours = {"ALONGSIDE_DATA": str(folder), "ALONGSIDE_DEMO": "1", "ALONGSIDE_HTTPS": "1"}
    more = {
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    return {**given, **ours, **more}


def _scan(
    role: Role, site: Site, base: Path, certificate: tuple[Path, Path], seconds: float
) -> tuple[list[str], set[str]]:
    """What was found, and which documents this role may read."""
    print(f"As {role.name} ...", flush=True)
    folder = base / role.name
    shutil.copytree(base / "agency", folder)
    log = REPORTS / f"{role.name}.server.log"
    with _served(folder, certificate, log) as port:
        cookie = _sign_in(port, role) if role.email else ""
        found = _wapiti(role, port, cookie, seconds, base)
        lines, read = _documents(role, site.documents, port, cookie)
        found += lines
        if role.email and not _still_in(role, port, cookie):
            found.append(f"{role.name}: the session ended before the scan did")
    broken = [line for line in log.read_text().splitlines() if "Internal Server Error" in line]
    return found + [f"{role.name}: {line}" for line in broken], read


@contextmanager
def _served(folder: Path, certificate: tuple[Path, Path], log: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    tls = ["--ssl-certificate", str(certificate[0]), "--ssl-keyfile", str(certificate[1])]
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi"]
    command += ["--host", HOST, "--port", str(port), "--blocking-threads", "4", *tls]
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, "alongside.config.wsgi:application"],
            env=_environment(folder),
            stdout=out,
            stderr=out,
        )
        try:
            _wait(port, server)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(200):
        if server.poll() is not None:
            raise SystemExit("The server ended before it answered. Its log says why.")
        try:
            _ask(port, "GET", "/signed-out/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The server did not answer within 40 seconds.")


def _ask(
    port: int, method: str, path: str, body: str = "", cookie: str = ""
) -> http.client.HTTPResponse:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    line = http.client.HTTPSConnection(HOST, port, timeout=20, context=context)
    headers = {"Cookie": cookie, "Referer": f"https://{HOST}:{port}{path}"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    line.request(method, path, body or None, headers)
    answer = line.getresponse()
    answer.read()
    return answer


def _cookies(answer: http.client.HTTPResponse) -> dict[str, str]:
    found: dict[str, str] = {}
    for header in answer.headers.get_all("Set-Cookie") or []:
        found |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    return found


def _sign_in(port: int, role: Role) -> str:
    """The cookies of a session of this invented person."""
    held = _cookies(_ask(port, "GET", "/demo/"))
    token = next(value for name, value in held.items() if "csrf" in name)
    sent = urlencode({"who": role.email, "csrfmiddlewaretoken": token})
    answer = _ask(port, "POST", "/demo/", sent, _header(held))
    held |= _cookies(answer)
    if answer.status != http.client.FOUND:
        raise SystemExit(f"{role.email} could not sign in: {answer.status}")
    return _header(held)


def _header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _still_in(role: Role, port: int, cookie: str) -> bool:
    path = f"/{role.face.still_in}"
    return _ask(port, "GET", path, cookie=cookie).status == http.client.OK


def _wapiti(role: Role, port: int, cookie: str, seconds: float, base: Path) -> list[str]:
    address, report = f"https://{HOST}:{port}/", REPORTS / f"{role.name}.json"
    kept = base / f"wapiti-{role.name}"
    command = [str(TOOLS / "bin" / "wapiti"), "-u", address, "--scope", "folder", "-m", MODULES]
    command += ["--verify-ssl", "0", "-f", "json", "-o", str(report), "--no-bugreport"]
    command += ["--store-session", str(kept), "--store-config", str(kept), "-t", "30"]
    command += ["--max-scan-time", str(seconds / 2), "--max-attack-time", str(seconds / 8)]
    command += ["--skip", "csrfmiddlewaretoken", "-v", "0", "--tasks", "4"]
    command += ["--max-links-per-page", "40", "--dns-endpoint", "localhost"]
    command += ["--endpoint", f"http://{HOST}:9/"]
    for path in LEFT_OUT:
        command += ["-x", f"{address}{path}"]
    if cookie:
        command += ["-C", cookie]
    for path in role.face.begins:
        command += ["-s", f"{address}{path}"]
    if not _ran(command, REPORTS / f"{role.name}.scanner.log", seconds * 4 + 120):
        return [f"{role.name}: the scanner broke off twice; its log says why"]
    told = json.loads(report.read_text())
    walked = told["infos"]["crawled_pages_nbr"]
    print(f"  {role.name}: {walked} pages and forms walked", flush=True)
    few = [f"{role.name}: only {walked} pages were walked, which shows nothing"]
    return (few if cookie and walked < FEWEST else []) + [
        f"{role.name}: {kind}: {one['method']} {one['path']} {one['info']}"
        for part in ("vulnerabilities", "anomalies")
        for kind, those in told[part].items()
        for one in those
        if not by_chance(one["info"], _kind_of(port, one, cookie))
    ]


def _ran(command: list[str], log: Path, seconds: float) -> bool:
    """Once more where it breaks off: its own database gives up on a machine that is busy."""
    with log.open("w") as out:
        tries = (
            subprocess.run(command, check=False, timeout=seconds, stdout=out, stderr=out)
            for _try in range(2)
        )
        return any(ran.returncode == 0 for ran in tries)


def _kind_of(port: int, one: Mapping[str, str], cookie: str) -> str:
    """What the page of a finding answers with, asked once more."""
    if one["method"] != "GET":
        return ""
    return _ask(port, "GET", one["path"], cookie=cookie).headers.get("Content-Type", "")


def _documents(
    role: Role, paths: Iterable[str], port: int, cookie: str
) -> tuple[list[str], set[str]]:
    """Every OpenAPI document that this role may read, under schemathesis; and which those are."""
    found, read = [], set[str]()
    for path in paths:
        if _ask(port, "GET", f"/{path}", cookie=cookie).status != http.client.OK:
            continue
        read.add(path)
        command = [str(TOOLS / "bin" / "schemathesis"), "run", f"https://{HOST}:{port}/{path}"]
        command += ["--tls-verify", "false", "-H", f"Cookie: {cookie}", "--max-examples", "30"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        (REPORTS / f"{role.name}.{path.replace('/', '-')}.txt").write_text(ran.stdout)
        if ran.returncode:
            found.append(f"{role.name}: schemathesis found something in {path}")
    return found, read


if __name__ == "__main__":
    sys.exit(main())
