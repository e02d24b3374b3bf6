"""Decisions that namesakes are, or are not, one person: data with an author, kept apart from the facts and replayable.

Two forms, one JSON object a line; `scope` is the code of a home scope (docs/identity.md has examples):

    {"judgement": "different", "article": "a-12", "person": {"name": "张伟", "scope": "310000"}, "as": "教育"}
    {"judgement": "same", "people": [{"name": "张伟", "scope": "310000", "as": "教育"}, {"name": "张伟", "scope": "320500"}]}

The idea of keeping judgements as edges beside the data is nomenklatura's (https://github.com/opensanctions/nomenklatura).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zhiguan.errors import ReadError
from zhiguan.model import Facts, PersonFact

Key = tuple[str, ...]
"""Name and scope of a person, and the word that tells a namesake apart where a judgement gave one."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """`apart` gives the key of a person in one article; `canonical` the key that stands for all keys of one person."""

    apart: Mapping[tuple[str, str, str], Key] = field(default_factory=dict)
    canonical: Mapping[Key, Key] = field(default_factory=dict)

    def apply(self, facts: Facts) -> Facts:
        """The facts with the identity that the judgements give to their people; as they were where none applies."""
        if not self.apart and not self.canonical:
            return facts
        article = facts.document.source.id
        return replace(facts, people=tuple(self._judged(article, person) for person in facts.people))

    def _judged(self, article: str, person: PersonFact) -> PersonFact:
        plain = (person.name, person.scope.code)
        key = self.apart.get((article, *plain), plain)
        key = self.canonical.get(key, key)
        return replace(person, identity=key) if key != plain else person


def read_judgements(path: Path) -> Judgements:
    """The judgements of a file; ReadError that names the file, the line and the cure for a line that is none."""
    apart: dict[tuple[str, str, str], Key] = {}
    same: list[list[Key]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if record["judgement"] == "different":
                name, scope = _key(record["person"])
                apart[record["article"], name, scope] = (name, scope, str(record["as"]))
            else:
                same.append(_people(record))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReadError(f"{path}:{number}: no judgement ({error}); docs/identity.md shows both forms") from error
    return Judgements(apart=apart, canonical=_components(same))


def _people(record: Mapping[str, Any]) -> list[Key]:
    if record["judgement"] != "same" or len(record["people"]) < 2:
        raise ValueError("judgement must be same, with at least two people, or different")
    return [_key(person) for person in record["people"]]


def _key(person: Mapping[str, Any]) -> Key:
    parts = (str(person["name"]), str(person["scope"]))
    return (*parts, str(person["as"])) if "as" in person else parts


def _components(groups: Iterable[list[Key]]) -> dict[Key, Key]:
    """Each key with the least key of all that are the same person, through any number of judgements."""
    members: dict[Key, set[Key]] = {}
    for group in groups:
        joined = set(group).union(*(members.get(key, set()) for key in group))
        members.update(dict.fromkeys(joined, joined))
    return {key: min(joined) for key, joined in members.items()}
