"""Signatures of texts: how much of their wording two texts share can be told from them alone (MinHash, Broder 1997).

The pieces that are compared are all runs of 16 characters, without punctuation. So long a run survives what portals do to a
report (a frame of links, another title, a paragraph left out, other punctuation), and does not survive what tells two
reports of one mould apart: other names, other days, here and there in each sentence. docs/reposts.md has the measurement.
"""

import sys
import unicodedata
from array import array

from rensa import RMinHash

VERSION = "rminhash-1-16x128"
"""Signatures of another version cannot be compared."""

HASHES = 128
_RUN = 16
_SEED = 1
_LEAST = 40
"""Fewer characters are no report: too little to tell it from another."""


def signature(text: str) -> bytes:
    """The signature of a cleaned text (`Document.text`): HASHES numbers of 16 bits; b"" of a text too short to have one."""
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).casefold()
    if len(letters) < _LEAST:
        return b""
    sketch = RMinHash(num_perm=HASHES, seed=_SEED)
    sketch.update([letters[at : at + _RUN] for at in range(len(letters) - _RUN + 1)])
    numbers = array("H", (number & 0xFFFF for number in sketch.digest()))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """Share of runs that two texts have in common (Jaccard), as their signatures tell it; the standard error is 0.04."""
    pairs = zip(memoryview(one).cast("H"), memoryview(other).cast("H"), strict=True)
    return sum(first == second for first, second in pairs) / HASHES
