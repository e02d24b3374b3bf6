"""Re-posts: the same report on several sites, found by its words and counted once.

A report's `signature` is made where it is read; the `RepostIndex` keeps the signatures beside the store and tells which
articles repeat which. What an article says is not touched: the links stand in a graph of their own, which is derived anew.
"""

from zhiguan.reposts.graph import to_nquads
from zhiguan.reposts.index import RepostIndex
from zhiguan.reposts.signature import likeness, signature

__all__ = ["RepostIndex", "likeness", "signature", "to_nquads"]
