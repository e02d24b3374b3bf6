"""Strings written as N-Quads read back as the same strings."""

import pyoxigraph as ox
import pytest

from zhiguan.rdf.writer import QuadWriter

NODE = "https://w3id.org/zhiguan/article/a"


@pytest.mark.parametrize(
    "value", ["", "青溪", 'a"b', "a\\b", "a\nb\r\tc", "\\n", "\x00\x01\x1f\x7f\b\f", "𠮷", "\u2028\u0085", "’“”"]
)
def test_literals_round_trip(value: str) -> None:
    writer = QuadWriter(NODE)
    writer.text(NODE, NODE, value)
    writer.typed(NODE, NODE, value, NODE)
    objects = [quad.object for quad in ox.parse(writer.dump(), format=ox.RdfFormat.N_QUADS)]
    assert len(objects) == 2
    assert all(isinstance(found, ox.Literal) and found.value == value for found in objects)


def test_quads_are_sorted_and_single() -> None:
    writer = QuadWriter(NODE)
    for value in ("b", "a", "b"):
        writer.text(NODE, NODE, value)
    lines = writer.dump().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == 2


def test_names_are_written_in_one_line() -> None:
    writer = QuadWriter(NODE)
    writer.label(NODE, NODE, " 青溪\n新闻\u3000 快讯\t")
    assert '"青溪 新闻 快讯"@zh-Hans' in writer.dump()
