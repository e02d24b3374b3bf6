"""Where the stages before the graph meet: read -> clean -> recognise, an article at a time, and the net under them."""

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from zhiguan.clean import clean
from zhiguan.errors import LexiconError, ZhiguanError
from zhiguan.model import Facts, Source
from zhiguan.read import ReadOptions, Rejected, read_paths
from zhiguan.recognise import recognise

KINDS = (
    "people",
    "posts",
    "bodies",
    "meetings",
    "participation",
    "plans",
    "plan_parts",
    "plan_statuses",
    "actions",
    "terms",
    "relations",
)
"""Kinds of facts, as `Facts` names them."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an article goes no further: in words, with the report (Turtle) where its graph violates the shapes, or the
    traceback of a fault of ours. `panic`: a library gave up in a way that may have left it unfit for more work."""

    reason: str
    report: str | None = None
    trace: str | None = None
    panic: bool = False


def extract(paths: Sequence[str], reading: ReadOptions) -> Iterator[Facts | Failure]:
    """The facts of each article, or why there are none; stores nothing."""
    for item in read_paths(paths, reading):
        if isinstance(item, Rejected):
            yield Failure(f"{item.origin}: {item.reason}")
        else:
            yield safely(item, partial(facts_of, item))


def facts_of(source: Source) -> Facts:
    """The facts of one article."""
    return recognise(clean(source))


def safely(source: Source, step: Callable[[], Result]) -> Result | Failure:
    """What a step yields, or why it fails: neither known errors nor faults, ours or a library's, in one article stop the
    others. An interrupt does, and so does a damaged installation (LexiconError)."""
    try:
        return step()
    except LexiconError:
        raise
    except ZhiguanError as error:
        return Failure(f"{source.origin}: {error}")
    except BaseException as error:  # the one net under the stages; the traceback goes with the article
        panic = is_panic(error)
        if not (panic or isinstance(error, Exception)):
            raise
        whose = "a library broke down" if panic else "a rule of zhiguan failed"
        words = f"{source.origin}: {whose} on it ({type(error).__name__}: {error}); please report this"
        return Failure(words, trace=traceback.format_exc(), panic=panic)


def is_panic(error: BaseException) -> bool:
    """Whether this is how a library written in Rust says that it gave up: PyO3 lets nobody import the class, which is no
    Exception."""
    return any(kind.__name__ == "PanicException" for kind in type(error).__mro__)
