"""Run the commands of pages with figures again and write what they print into the pages.

    python scripts/figures.py PAGE...

In a page, `<!-- run: COMMAND -->` stands above a fenced block, which becomes the command and its standard output. Commands run in
the root of the checkout, `python` and `zhiguan` being those of the environment that runs this script.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"(<!-- run: (?P<command>.+?) -->\n```text\n).*?(```\n)", re.DOTALL)


def run(command: str) -> str:
    """Standard output of a command; CalledProcessError where it fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(  # noqa: S603 - the commands are those of this repository's own pages
        shlex.split(command), cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def renew(page: str) -> str:
    """The page with the output of its commands as they are now."""
    return _BLOCK.sub(lambda found: f"{found[1]}$ {found['command']}\n{run(found['command'])}{found[3]}", page)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        place = Path(name)
        place.write_text(renew(place.read_text(encoding="utf-8")), encoding="utf-8")
        sys.stderr.write(f"written: {name}\n")
