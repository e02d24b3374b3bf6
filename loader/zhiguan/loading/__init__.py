"""Loading: any number of articles into the store, by many processes, resumable; see docs/loading.md."""

from zhiguan.loading.inputs import input_size, remember, remembered
from zhiguan.loading.load import load
from zhiguan.loading.tally import Tally, Watcher

__all__ = ["Tally", "Watcher", "input_size", "load", "remember", "remembered"]
