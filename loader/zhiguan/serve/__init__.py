"""SPARQL and linked data over HTTP, read-only."""

from typing import Any

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    """The application on demand: a worker process imports its own rooms of this package, not the web framework."""
    if name not in __all__:
        raise AttributeError(name)
    from zhiguan.serve.app import create_app  # noqa: PLC0415

    return create_app
