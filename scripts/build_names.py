"""Make the word lists given_names.tsv and words.tsv from jieba's dictionary.

    python scripts/build_names.py PATH/TO/jieba/dict.txt

jieba 0.42.1 (MIT) lists 350,000 words with frequency and part of speech. Its person names give the characters of
given names with their counts; its other common words show where a name ends and what must not be taken for a name.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SOURCE = "jieba"
DATA = Path(__file__).resolve().parents[1] / "loader" / "zhiguan" / "lexicon" / "data"
NAME_TAGS = {"nr", "nrt", "nrfg"}
NO_WORD_TAGS = NAME_TAGS | {"x", "zg", "ns", "nz", "g", "eng"}
LEAST_FREQUENCY = 20
LEAST_FREQUENCY_ANY = 300
LEAST_GIVEN = 3


def surnames() -> set[str]:
    """The single-character surnames of surnames.tsv."""
    lines = (DATA / "surnames.tsv").read_text(encoding="utf-8").splitlines()
    return {form for form in (line.split("\t")[0] for line in lines if not line.startswith("#")) if len(form) == 1}


def entries(dictionary: Path) -> Iterator[tuple[str, int, str]]:
    """Word, frequency and part of speech of each line."""
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split()
        yield word, int(frequency), tag


def write(name: str, rows: list[tuple[str, str, str, str]]) -> None:
    """The rows as a word list, sorted."""
    body = "".join("\t".join(row) + "\n" for row in sorted(rows))
    (DATA / name).write_text("form\tclass\tnote\tsource\n" + body, encoding="utf-8")


def is_word(word: str, frequency: int, known: set[str]) -> bool:
    """Whether a word is common enough to matter beside a name: words that begin like a name matter sooner."""
    least = LEAST_FREQUENCY if word[0] in known else LEAST_FREQUENCY_ANY
    return 2 <= len(word) <= 3 and frequency >= least


def main() -> None:
    """Read the dictionary and write both lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path)
    known = surnames()
    given: Counter[str] = Counter()
    words: list[tuple[str, str, str, str]] = []
    for word, frequency, tag in entries(parser.parse_args().dictionary):
        if tag in NAME_TAGS and 2 <= len(word) <= 3 and word[0] in known:
            given.update(word[1:])
        elif tag not in NO_WORD_TAGS and is_word(word, frequency, known):
            words.append((word, tag, "", SOURCE))
    write("words.tsv", words)
    write("given_names.tsv", [(c, "given", str(n), SOURCE) for c, n in given.items() if n >= LEAST_GIVEN])


if __name__ == "__main__":
    main()
