"""Settings of a run: defaults, then the environment, then the flags. Built once by the command line and passed down."""

from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_BASE = "https://w3id.org/zhiguan/"
DEFAULT_STORE = Path("zhiguan-store")
ENVIRONMENT_PREFIX = "ZHIGUAN"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSettings:
    """What the user decided about reading and storing articles.

    `base` is the IRI under which data IRIs stand. `id_from` is `name` (the file's name without its ending, or the
    record's id), `path` (the whole path), or the name of a record's field. `fields` renames record fields, for
    instance `{"text": "content"}`. `format` is `auto` or the format of the standard input. `replace` lets a source
    take the place of another one with the same id.
    """

    base: str = DEFAULT_BASE
    id_from: str = "name"
    fields: dict[str, str] = field(default_factory=dict)
    format: str = "auto"
    replace: bool = False
