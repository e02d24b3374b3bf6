"""Fetch the query editor's published build from npm and write it to serve/pages/static/vendor, with licences and sums.

    python scripts/build_editor.py [--check]

Needs npm, which neither `make demo` nor the server needs: the files are committed. `--check` fetches and compares.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "loader/zhiguan/serve/pages/static/vendor"
PACKAGE, VERSION = "@zazuko/yasqe", "4.6.2"
FILES = {"yasqe.min.js": "build/yasqe.min.js", "yasqe.min.css": "build/yasqe.min.css"}
BUNDLED = (
    "codemirror",
    "decode-uri-component",
    "dompurify",
    "events",
    "filter-obj",
    "lodash-es",
    "query-string",
    "split-on-first",
    "store",
    "strict-uri-encode",
)
"""What the build holds besides YASQE itself, by its source map."""
_MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


def install(folder: Path) -> Path:
    """Install the package into a folder, with `events`, which its build alone depends on; where its modules lie."""
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", f"{PACKAGE}@{VERSION}", "events@3"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 fixed words
    return folder / "node_modules"


def licence_of(modules: Path, name: str) -> str:
    """The package's name and licence text."""
    about = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
    texts = sorted(file for file in (modules / name).iterdir() if file.name.lower().startswith("licen"))
    text = "\n\n".join(file.read_text(encoding="utf-8").strip() for file in texts)
    if not text:
        author = about["author"]
        holders = [author if isinstance(author, str) else author["name"]]
        holders += [each["name"] for each in about.get("contributors", [])]
        text = f"Copyright (c) {', '.join(holders)}\n\n{_MIT}"
    return f"{name} ({about['license']})\n\n{text}"


def build(modules: Path) -> dict[str, bytes]:
    """The files by name, with their sums."""
    files = {name: (modules / PACKAGE / source).read_bytes() for name, source in FILES.items()}
    files = {name: body.partition(b"\n//# sourceMappingURL=")[0].strip() + b"\n" for name, body in files.items()}
    licences = ("\n\n" + "-" * 80 + "\n\n").join(licence_of(modules, name) for name in (PACKAGE, *BUNDLED))
    files["LICENSES.txt"] = (licences + "\n").encode()
    sums = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in sorted(files.items()))
    files["VERSION"] = f"{PACKAGE} {VERSION}\n".encode()
    files["SHA256SUMS"] = sums.encode()
    return files


def main() -> int:
    """Write the files, or compare them with --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with what is committed; write nothing")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        files = build(install(Path(folder)))
    if check:
        differing = [name for name, body in files.items() if (VENDOR / name).read_bytes() != body]
        sys.stdout.write(f"different: {', '.join(differing)}\n" if differing else "the same\n")
        return 1 if differing else 0
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (VENDOR / name).write_bytes(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
