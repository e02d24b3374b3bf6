"""Characters a second of other tools that find names, as JSON; one core, after a first article.

python -m tests.bench.peers_speed CORPUS [--items N]
"""

import argparse
import json
import os
import sys
import time
from itertools import islice
from pathlib import Path

from tests.bench.taggers import Tagger, installed

from zhiguan.model import Source
from zhiguan.read import read_paths


def rate(tagger: Tagger, texts: list[str]) -> float:
    """Characters a second of processor time."""
    tagger(texts[0])
    begin = time.process_time()
    for text in texts:
        tagger(text)
    return sum(map(len, texts)) / (time.process_time() - begin)


def main() -> int:
    """Measure all tools that are installed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--items", type=int, default=100)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = (item for item in read_paths([options.corpus]) if isinstance(item, Source))
    texts = [source.text for source in islice(found, options.items)]
    json.dump({name: round(rate(tagger, texts)) for name, tagger in installed().items()}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
