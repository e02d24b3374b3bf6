"""Word lists as pieces of regular expressions, so that patterns stay short and words stay data."""

import re
from functools import cache

from zhiguan.lexicon.loading import Entry, load_forms, load_table


@cache
def alternation(name: str, *classes: str) -> str:
    """`(?:longest|…|shortest)` over the forms of the word list `name`, all or only those of the given classes."""
    forms = {form for cls in classes for form in load_forms(name, cls)} if classes else set(load_forms(name))
    return "(?:" + "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))) + ")"


_CONDITIONS = {"not before": "(?!{})", "before": "(?={})"}


@cache
def conditioned(name: str, *classes: str) -> str:
    """Like `alternation` over the words of some classes, each under the conditions in its note.

    A note is `not behind …; not before …; before …`, with alternatives between bars; single characters behind need none.
    """
    entries = sorted((e for e in load_table(name) if e.cls in classes), key=lambda e: (-len(e.form), e.form))
    plain = "".join(e.form for e in entries if len(e.form) == 1 and not e.note)
    words = [_under_conditions(e) for e in entries if len(e.form) > 1 or e.note]
    return "(?:" + "|".join([*words, *([f"[{re.escape(plain)}]"] if plain else [])]) + ")"


def _under_conditions(entry: Entry) -> str:
    before, behind = "", ""
    for condition in filter(None, entry.note.split("; ")):
        kind, _, words = condition.rpartition(" ")
        if kind == "not behind":
            before += "".join(f"(?<!{word})" for word in words.split("|")) if "|" in words else f"(?<![{words}])"
        else:
            behind += _CONDITIONS[kind].format(words)
    return before + re.escape(entry.form) + behind
