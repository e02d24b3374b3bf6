"""docs/serving.md: its examples run, its files for operators are sound as far as tools here can tell."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..serve.served import Server
from .conftest import run

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```(sh|python|js)\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize(
    ("language", "command", "told"),
    [
        ("sh", ["bash", "-euc"], "宝山区"),
        ("python", [sys.executable, "-c"], "上海市宝山区人民政府"),
        ("js", ["node", "--input-type=module", "-e"], "\n"),
    ],
)
def test_the_examples_run(server: Server, language: str, command: list[str], told: str) -> None:
    script = BLOCKS[language].replace("http://127.0.0.1:7878", server.url)
    assert told in run([*command, script])


def test_the_addresses_are_there(server: Server) -> None:
    paths = re.findall(r"`(/[\w./-]*)`", PAGE.partition("## What is where")[2].partition("## Pages")[0])
    assert len(paths) > 10
    found = {path: server.get(path).status_code for path in paths if not path.endswith("…")}
    assert {path: status for path, status in found.items() if status not in {200, 303, 400}} == {}


def test_options_that_the_page_names_exist(server: Server) -> None:
    told = run([sys.executable, "-c", "from zhiguan.cli import main; main()", "serve", "--help"])
    named = set(re.findall(r"`(--[a-z-]+)", PAGE)) - {"--check", "--help"}
    assert {option for option in named if option not in told} == set()


def test_files_that_the_page_names_exist() -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_the_unit(tmp_path: Path) -> None:
    """As it stands, with a program that exists here in the place of ours."""
    unit = tmp_path / "zhiguan.service"
    unit.write_text((DEPLOY / "zhiguan.service").read_text().replace("/opt/zhiguan/bin/zhiguan", "/bin/true"))
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "zhiguan.service" in line] == []


@pytest.mark.skipif(not Path("/usr/sbin/nginx").exists(), reason="there is no nginx here")
def test_the_site_of_nginx(tmp_path: Path) -> None:
    """nginx takes it, with a certificate that is made here."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subject = ["-subj", "/CN=data.example.org", "-days", "1", "-nodes"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-keyout", str(key), "-out", str(certificate), *subject]
    subprocess.run(make, check=True, capture_output=True)
    site = (DEPLOY / "nginx.conf").read_text()
    site = re.sub(r"ssl_certificate .*;", f"ssl_certificate {certificate};", site)
    site = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", site)
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{site}\n}}\n")
    done = subprocess.run(["/usr/sbin/nginx", "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_container_copies_files_that_exist() -> None:
    """There is no container engine here; what can be seen without one."""
    text = (DEPLOY / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    assert "USER zhiguan" in text
