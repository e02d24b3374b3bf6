"""Word lists as pieces of regular expressions, so that patterns stay short and words stay data."""

import re
from functools import cache

from zhiguan.lexicon.loading import load_forms


@cache
def alternation(name: str, *classes: str) -> str:
    """`(?:longest|…|shortest)` over the forms of the word list `name`, all or only those of the given classes."""
    forms = {form for cls in classes for form in load_forms(name, cls)} if classes else set(load_forms(name))
    return "(?:" + "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))) + ")"
