"""How good the facts are: articles with hand-made gold are read, recognised and compared."""

from zhiguan.evaluate.evaluation import Evaluation, evaluate, intervals
from zhiguan.evaluate.rows import make_rows

__all__ = ["Evaluation", "evaluate", "intervals", "make_rows"]
