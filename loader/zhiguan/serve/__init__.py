"""SPARQL and linked data over HTTP, read-only."""

from zhiguan.serve.app import create_app, run

__all__ = ["create_app", "run"]
