"""The codebook: a Frictionless data package (datapackage.json, version 1) and the same to read (codebook.md).

Titles and descriptions are the labels and definitions of the ontology, in Chinese and English; what a column has of its own
stands in `tables.toml`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from zhiguan import __version__
from zhiguan.export.layout import Column, Layout, layouts
from zhiguan.rdf.terms import ZG
from zhiguan.reference import Reference, read_reference

_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


@cache
def _reference() -> Reference:
    return read_reference()


def _iri(term: str) -> str:
    return ZG + term.removeprefix("zg:")


def words(column: Column, language: str) -> tuple[str, str]:
    """Title and description of a column in `zh` or `en`."""
    own = getattr(column, language)
    if own:
        title, _, description = own.partition("|")
        return title, description
    term = _reference().terms[_iri(column.term)]
    return getattr(term.label, language), getattr(term.definition, language)


def codes(column: Column) -> list[tuple[str, str, str]]:
    """The codes that a column of a vocabulary can have: (code, Chinese, English), in the order of the vocabulary."""
    if not column.prefix:
        return []
    concepts = [concept for scheme in _reference().schemes.values() for concept in scheme.concepts]
    return [
        (concept.name.removeprefix(column.prefix), concept.label.zh, concept.label.en)
        for concept in dict.fromkeys(concepts)
        if concept.name.startswith(column.prefix)
    ]


def write_codebook(folder: Path, form: str, counts: Mapping[str, int], base: str, *, bom: bool) -> None:
    """Write `datapackage.json` and `codebook.md` beside the tables, which lie there already."""
    package = json.dumps(_package(folder, form, counts, base, bom), ensure_ascii=False, indent=2)
    _put(folder / "datapackage.json", package + "\n")
    _put(folder / "codebook.md", "\n".join(_pages(form, counts)) + "\n")


def _put(file: Path, text: str) -> None:
    draft = file.with_name(f".{file.name}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


def _package(folder: Path, form: str, counts: Mapping[str, int], base: str, bom: bool) -> dict[str, object]:
    return {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": "zhiguan-export",
        "title": "职官数据表 / zhiguan tables",
        "description": f"Flat tables of a zhiguan store, written by zhiguan {__version__}. Identifiers are the last steps of IRIs under {base}.",
        "homepage": base,
        "resources": [_resource(folder, layout, form, counts[layout.name], bom) for layout in layouts()],
    }


def _resource(folder: Path, layout: Layout, form: str, rows: int, bom: bool) -> dict[str, object]:
    file = folder / f"{layout.name}.{form}"
    term = _reference().terms[_iri(layout.term)]
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": layout.name,
        "path": file.name,
        "profile": "tabular-data-resource",
        "format": form,
        "mediatype": _MEDIA[form],
        "encoding": "utf-8-sig" if bom and form == "csv" else "utf-8",
        "title": f"{term.label.zh} / {term.label.en}",
        "description": f"{term.definition.zh} / {term.definition.en}",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "rows": rows,
        "schema": _schema(layout),
    }


def _schema(layout: Layout) -> dict[str, object]:
    links = [
        {"fields": column.name, "reference": {"resource": "" if table == layout.name else table, "fields": name}}
        for column in layout.columns
        if column.of
        for table, name in [column.of.split(".")]
    ]
    return {
        "fields": [_field(column) for column in layout.columns],
        "primaryKey": list(layout.key),
        "foreignKeys": links,
        "missingValues": [""],
    }


def _field(column: Column) -> dict[str, object]:
    (title_zh, about_zh), (title_en, about_en) = words(column, "zh"), words(column, "en")
    found: dict[str, object] = {
        "name": column.name,
        "type": column.type,
        "title": f"{title_zh} / {title_en}",
        "description": f"{about_zh} / {about_en}",
        "titles": {"zh": title_zh, "en": title_en},
        "descriptions": {"zh": about_zh, "en": about_en},
    }
    if column.term:
        found["rdfType"] = _iri(column.term)
    if constraints := _constraints(column):
        found["constraints"] = constraints
    if values := codes(column):
        found["categories"] = [{"value": code, "label": f"{zh} / {en}"} for code, zh, en in values]
    return found


def _constraints(column: Column) -> dict[str, object]:
    found: dict[str, object] = {}
    if column.key and column.name != "property":
        found["required"] = True
    if column.fold == "count" or column.way == "integer":
        found["minimum"] = 0
    if column.way == "number":
        found |= {"minimum": 0, "maximum": 1}
    if column.fold != "list" and (values := codes(column)):
        found["enum"] = [code for code, _, _ in values]
    return found


def _pages(form: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield "# 数据表说明 / Codebook"
    yield ""
    yield f"由 zhiguan {__version__} 自本体生成。 Made from the ontology by zhiguan {__version__}. 机器可读：`datapackage.json`。"
    for layout in layouts():
        term = _reference().terms[_iri(layout.term)]
        yield from ("", f"## {layout.name}.{form} — {term.label.zh} / {term.label.en}", "")
        yield f"{term.definition.zh} {term.definition.en} ({counts[layout.name]} rows)"
        yield from ("", "| column | type | 中文 | English |", "|---|---|---|---|")
        for column in layout.columns:
            yield _row(column)
        for column in layout.columns:
            if values := codes(column):
                listed = "; ".join(f"`{code}` {zh} / {en}" for code, zh, en in values)
                yield from ("", f"`{column.name}`: {listed}")


def _row(column: Column) -> str:
    (title_zh, about_zh), (title_en, about_en) = words(column, "zh"), words(column, "en")
    marks = ", ".join(
        mark for mark in (column.type, "key" if column.key else "", f"→ {column.of}" if column.of else "") if mark
    )
    return f"| `{column.name}` | {marks} | **{title_zh}** {about_zh} | **{title_en}** {about_en} |".replace("\n", " ")
