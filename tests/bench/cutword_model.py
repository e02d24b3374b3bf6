"""The named-entity model that the package cutword carries (BiLSTM-CRF over characters), run with numpy instead of torch.

The weights are a zip of raw float32 arrays beside a pickle that says which is which. The pickle is read by an unpickler
that knows three names and refuses all others, so that nothing in the file can run.
"""

import io
import json
import pickle
import re
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_TOKEN = re.compile(r"[a-z0-9]+|\S", re.ASCII)
_HAN = re.compile(r"[\u4e00-\u9fff]")
Array = Any
"""A numpy array; numpy is no dependency of this project, so its types are not known to the checker."""


class Entity(NamedTuple):
    """text[begin:end] is a thing of a kind such as PERSON or ORG."""

    begin: int
    end: int
    kind: str


class _Unpickler(pickle.Unpickler):
    """Reads a dictionary of tensors as arrays; pickle.UnpicklingError for anything else."""

    def __init__(self, file: io.BytesIO, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(file)
        self._archive, self._root = archive, root

    def find_class(self, module: str, name: str) -> object:
        known = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _tensor,
            ("torch", "FloatStorage"): np.float32,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"{module}.{name} has no place among weights")
        return known[module, name]

    def persistent_load(self, pid: Any) -> Array:
        _, dtype, key, _, count = pid
        return np.frombuffer(self._archive.read(f"{self._root}/data/{key}"), dtype=dtype, count=count)


def _tensor(storage: Array, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_rest: object) -> Array:
    width = storage.itemsize
    return np.lib.stride_tricks.as_strided(storage[offset:], size, [step * width for step in stride])


def read_weights(path: Path) -> dict[str, Array]:
    """Name of a parameter -> its values."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
        loaded = _Unpickler(io.BytesIO(archive.read(name)), archive, name.rpartition("/")[0]).load()
    return {key.removeprefix("module."): np.array(value) for key, value in loaded["model_state_dict"].items()}


def _sigmoid(values: Array) -> Array:
    return 0.5 + 0.5 * np.tanh(0.5 * values)  # the same, without overflow


class CutwordModel:
    """Finds entities in text; needs the package cutword installed, for its files only."""

    def __init__(self) -> None:
        spec = find_spec("cutword")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("cutword")
        folder = Path(spec.origin).parent
        words = json.loads((folder / "ner_vocab_tags.json").read_text(encoding="utf-8"))
        self._ids: dict[str, int] = words["char2id"]
        self._labels = {number: label for label, number in words["label2id"].items()}
        self._weights = read_weights(folder / "model_params.pth")

    def entities(self, text: str) -> Iterator[Entity]:
        """The entities in the order of the text."""
        for sentence in _SENTENCE.finditer(text):
            found = sentence[0].lower()
            tokens = [token for run in _TOKEN.finditer(found) for token in self._tokens(run)]
            if tokens:
                tags = self._viterbi(self._emissions([self._id(found[begin:end]) for begin, end in tokens]))
                yield from self._decode(tokens, [self._labels[tag] for tag in tags], sentence.start())

    def _tokens(self, run: "re.Match[str]") -> Iterator[tuple[int, int]]:
        """A run of letters and digits that the model knows is one token, else each character is."""
        if run[0] in self._ids:
            yield run.span()
        else:
            yield from ((i, i + 1) for i in range(run.start(), run.end()))

    def _id(self, token: str) -> int:
        if token in self._ids:
            return self._ids[token]
        return self._ids["[NUMBER]" if token.isdigit() else "[HANZI]" if _HAN.fullmatch(token) else "[UNK]"]

    def _emissions(self, ids: list[int]) -> Array:
        values = self._weights["embedding.weight"][ids]
        for layer in ("l0", "l1"):
            forward, backward = self._lstm(values, layer), self._lstm(values[::-1], f"{layer}_reverse")
            values = np.concatenate([forward, backward[::-1]], axis=1)
        return values @ self._weights["fc.weight"].T + self._weights["fc.bias"]

    def _lstm(self, values: Array, layer: str) -> Array:
        """One direction of a layer; gates in the order in, forget, cell, out."""
        w = self._weights
        inputs = values @ w[f"lstm.weight_ih_{layer}"].T + w[f"lstm.bias_ih_{layer}"] + w[f"lstm.bias_hh_{layer}"]
        recurrent = w[f"lstm.weight_hh_{layer}"].T
        size = recurrent.shape[0]
        hidden, cell = np.zeros(size, np.float32), np.zeros(size, np.float32)
        output = np.empty((len(values), size), np.float32)
        for i, row in enumerate(inputs):
            gates = row + hidden @ recurrent
            opened = _sigmoid(gates)
            cell = opened[size : 2 * size] * cell + opened[:size] * np.tanh(gates[2 * size : 3 * size])
            hidden = output[i] = opened[3 * size :] * np.tanh(cell)
        return output

    def _viterbi(self, emissions: Array) -> list[int]:
        steps = self._weights["crf.transitions"]
        best, behind = self._weights["crf.start_transitions"] + emissions[0], []
        for emission in emissions[1:]:
            scores = best[:, None] + steps
            behind.append(scores.argmax(axis=0))
            best = scores.max(axis=0) + emission
        path = [int((best + self._weights["crf.end_transitions"]).argmax())]
        for back in reversed(behind):
            path.append(int(back[path[-1]]))
        return path[::-1]

    def _decode(self, tokens: list[tuple[int, int]], labels: list[str], offset: int) -> Iterator[Entity]:
        """B…E and S runs as entities."""
        begin: int | None = None
        for (first, last), label in zip(tokens, labels, strict=True):
            place, _, kind = label.partition("_")
            if place in ("B", "S"):
                begin = first
            if place in ("E", "S") and begin is not None:
                yield Entity(offset + begin, offset + last, kind)
                begin = None
            elif place == "O":
                begin = None
