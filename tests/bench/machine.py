"""What a figure was measured on."""

import os
import platform
import resource
import sys
from datetime import date
from pathlib import Path

from zhiguan import __version__


def machine() -> str:
    """Processor, cores, Python and version of this project, in one line."""
    return f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, zhiguan {__version__}"


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def resident_megabytes() -> float:
    """Memory that this process holds now; its peak where the system does not say."""
    path = Path("/proc/self/statm")
    if path.exists():
        return int(path.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.stdout.write(f"{machine()}, {date.today().isoformat()}\n")
