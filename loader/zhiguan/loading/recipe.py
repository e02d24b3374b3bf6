"""What the graph of an article depends on beside the article: the version of the rules, the ontology, the judgements."""

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path

from zhiguan import __version__, resources
from zhiguan.config import LoadSettings
from zhiguan.model import Source
from zhiguan.store import Store


@dataclass(frozen=True, slots=True)
class Recipe:
    """How articles are worked on. `loader` and `ontology` are what the manifest says of each article: where they are as
    they were and the article is, its graph is."""

    settings: LoadSettings
    store: Path
    base: str
    loader: str
    ontology: str

    @property
    def key(self) -> str:
        """All that results depend on beside the article itself."""
        settings = self.settings
        kind = (settings.validator, settings.retry, settings.again, settings.near_duplicates)
        return repr((settings.reading, kind, self.base, self.loader, self.ontology))


def recipe_for(store: Store, settings: LoadSettings) -> Recipe:
    """The recipe of this version of zhiguan with these settings."""
    digest = hashlib.sha256(resources.stages_digest().encode())
    digest.update(repr(settings.judgements).encode())
    loader = f"{__version__}+{digest.hexdigest()[:12]}"
    return Recipe(settings, store.path, store.base, loader, resources.ontology_digest()[:16])


def content_digest(source: Source) -> str:
    """SHA-256 (hexadecimal) of all that is read of an article, whatever place it was read from."""
    said = [getattr(source, field.name) for field in fields(source) if field.name != "origin"]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()
