"""Settings of a run: defaults, then the environment, then the flags. Built once by the command line and passed down."""

from dataclasses import dataclass, field
from pathlib import Path

from zhiguan.read.values import ReadOptions
from zhiguan.resolve.judgements import Judgements

DEFAULT_STORE = Path("zhiguan-store")
VALIDATORS = ("shifty", "pyshacl")
"""SHACL engines that a load can be checked with (`validate.GATES`, whose packages take long to import); the first is
the default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSettings:
    """How articles are loaded: how they are read, and whether a source may take the place of another one with the
    same id; `judgements` say which namesakes are one person; `validator` is one of `VALIDATORS`. `jobs` is the number of
    processes that work on articles; `retry`: articles that this version of zhiguan set aside before are tried again;
    `again`: so are those that are in the store as they are. `near_duplicates`: re-posts of a report are found. The base IRI belongs to the store, which keeps it from its
    making."""

    reading: ReadOptions = field(default_factory=ReadOptions)
    replace: bool = False
    judgements: Judgements = field(default_factory=Judgements)
    validator: str = VALIDATORS[0]
    jobs: int = 1
    retry: bool = False
    again: bool = False
    near_duplicates: bool = True
