"""Gold: articles with the facts that people found in them, as pairs of files ID.txt and ID.json in one folder.

The JSON has the keys jurisdiction, title, published, source, authors, people, posts, bodies, meetings, participation and
plans; docs/quality.md describes them.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhiguan.errors import ReadError
from zhiguan.evaluate.matching import Row

_METADATA = ("title", "published", "source", "jurisdiction")
_COLUMNS = {
    "posts": ("person", "post", "body", "mention", "status"),
    "meetings": ("id", "name", "date", "place"),
    "participation": ("meeting", "person", "role"),
    "plans": ("title", "start", "end", "event"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What an article says, by hand; an empty value is one that the text does not give. Rows have the columns of the
    gold's own JSON."""

    article: str
    path: Path
    metadata: Row
    authors: tuple[str, ...]
    people: tuple[Row, ...]
    posts: tuple[Row, ...]
    bodies: tuple[Row, ...]
    meetings: tuple[Row, ...]
    participation: tuple[Row, ...]
    plans: tuple[Row, ...]


def read_gold(folder: Path) -> list[Gold]:
    """All gold of a folder, by article. ReadError where there is none, a text is missing or a file is malformed."""
    found = [_read(path) for path in sorted(folder.glob("*.json"))]
    if not found:
        raise ReadError(f"{folder}: no gold here; it consists of pairs of files ID.txt and ID.json")
    return found


def _read(path: Path) -> Gold:
    text = path.with_suffix(".txt")
    if not text.is_file():
        raise ReadError(f"{path}: its article {text.name} is missing beside it")
    try:
        return _gold(text, json.loads(path.read_text(encoding="utf-8")))
    except json.JSONDecodeError as error:
        raise ReadError(f"{path}: no JSON: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ReadError(f"{path}: not in the format of gold ({type(error).__name__}: {error})") from error


def _gold(path: Path, data: Mapping[str, Any]) -> Gold:
    rows = {name: tuple(_rows(data[name], columns)) for name, columns in _COLUMNS.items()}
    return Gold(
        article=path.stem,
        path=path,
        metadata={name: data.get(name) or "" for name in _METADATA},
        authors=tuple(data.get("authors") or ()),
        people=tuple({"person": name} for name in data["people"]),
        bodies=tuple({"body": row["name"]} for row in data["bodies"]),
        **rows,
    )


def _rows(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> Iterable[Row]:
    return ({name: row.get(name) or "" for name in columns} for row in rows)
