"""Clean: `Source` to `Document`, the article alone, in one spelling, with every character's place in the source."""

from zhiguan.clean.cleaning import clean

__all__ = ["clean"]
