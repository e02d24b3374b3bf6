"""The tables of a store as files, one after the other, and the codebook beside them."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from zhiguan.errors import StoreError
from zhiguan.export.codebook import write_codebook
from zhiguan.export.layout import Layout, layouts
from zhiguan.export.staging import Cell, Stage
from zhiguan.results import plain_rows
from zhiguan.store import Store

Rows = Iterable[tuple[Cell, ...]]
_CHUNK = 8192
"""Rows of a Parquet row group: what is held in memory."""


def export(store: Store, folder: Path, form: str = "csv", *, bom: bool = False) -> dict[str, int]:
    """Write all tables of a store into `folder`, and the codebook; the number of rows of each table.

    `form` is one of `FORMATS`; `bom` puts a byte order mark before CSV, by which Excel knows UTF-8. The same store gives
    the same files. Files of an earlier export are replaced one by one, each when it is whole. StoreError where the folder
    cannot be written or the library for Parquet is not installed.
    """
    write = FORMATS[form]
    counts = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as work:
            for layout in layouts():
                draft = Path(work, f"{layout.name}.{form}")
                with closing(Stage(layout, str(Path(work, f"{layout.name}.sqlite")))) as stage:
                    stage.fill(*_answer(store, layout))
                    counts[layout.name] = write(layout, stage.rows(), draft, bom)
                draft.replace(folder / draft.name)
        write_codebook(folder, form, counts, store.base, bom=bom)
    except OSError as error:
        raise StoreError(
            f"cannot export to {folder}: {error.strerror or error}; check the folder and the disk"
        ) from error
    return counts


def _answer(store: Store, layout: Layout) -> tuple[list[str], Iterator[tuple[str, ...]]]:
    """The variables of a table's query, and its rows as they are read from the store."""
    result = store.query(layout.query, trusted=True)
    if not isinstance(result, ox.QuerySolutions):
        raise TypeError(f"the query of {layout.name} asks for no rows")
    return [variable.value for variable in result.variables], (tuple(row) for row in plain_rows(result))


def _write_csv(layout: Layout, rows: Rows, file: Path, bom: bool) -> int:
    """RFC 4180, with true and false as Frictionless has them."""
    count = 0
    with file.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(column.name for column in layout.columns)
        for row in rows:
            writer.writerow(str(cell).lower() if isinstance(cell, bool) else cell for cell in row)
            count += 1
    return count


def _write_parquet(layout: Layout, rows: Rows, file: Path, bom: bool) -> int:
    """Parquet with types; `bom` says nothing to it."""
    del bom
    try:
        import pyarrow as pa  # noqa: PLC0415 - 170 MB that few need
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415
    except ImportError:
        raise StoreError("writing Parquet needs one package more: pip install 'zhiguan[parquet]'") from None
    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
    schema = pa.schema([(column.name, types.get(column.type, pa.string())) for column in layout.columns])
    text = pa.schema([(field.name, pa.string() if field.type == pa.date32() else field.type) for field in schema])
    count, given = 0, iter(rows)
    with ParquetWriter(file, schema) as writer:
        while chunk := list(islice(given, _CHUNK)):
            columns = list(zip(*chunk, strict=True))
            arrays = [pa.array(column, field.type) for column, field in zip(columns, text, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=text).cast(schema))
            count += len(chunk)
    return count


FORMATS: dict[str, Callable[[Layout, Rows, Path, bool], int]] = {"csv": _write_csv, "parquet": _write_parquet}
"""Forms of tables by name."""
