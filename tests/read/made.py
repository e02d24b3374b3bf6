"""Record files with invented articles, written in every form that can be read."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from backports import zstd

from zhiguan.model import Source
from zhiguan.read import ReadOptions, Rejected, read_paths

Record = dict[str, str]
FIELDS = ("id", "title", "text", "url")


def records(count: int) -> list[Record]:
    """Records whose texts have line breaks and quotation marks in them."""
    return [
        {
            "id": f"r{number}",
            "title": f"第{number}次会议",
            "text": f'县委召开第{number}次会议,"各乡镇"参加。\n会议由甲某某主持。' * (number % 3 + 1),
            "url": f"http://www.example.cn/{number}.html",
        }
        for number in range(1, count + 1)
    ]


def as_jsonl(made: Sequence[Record]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in made).encode()


def as_csv(made: Sequence[Record], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=delimiter)
    writer.writerows([FIELDS, *([record[field] for field in FIELDS] for record in made)])
    return output.getvalue().encode(encoding)


def as_parquet(made: Sequence[Record], rows: int = 3) -> bytes:
    output = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(made)), output, row_group_size=rows)
    return output.getvalue()


def as_warc(made: Sequence[Record], packed: bool = False, encoding: str = "utf-8", status: str = "200 OK") -> bytes:
    return b"".join(_warc_record(record, packed, encoding, status) for record in made)


def _warc_record(record: Record, packed: bool, encoding: str, status: str) -> bytes:
    page = f"<html><head><title>{record['title']}</title></head><body><p>{record['text']}</p></body></html>"
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset={encoding}\r\n\r\n".encode() + page.encode(encoding)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {record['url']}\r\nWARC-Date: 2024-11-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    data = head.encode() + http + b"\r\n\r\n"
    return gzip.compress(data) if packed else data


FORMS: dict[str, Callable[[Sequence[Record]], bytes]] = {
    "n.jsonl": as_jsonl,
    "n.ndjson.gz": lambda made: gzip.compress(as_jsonl(made)),
    "n.jsonl.zst": lambda made: zstd.compress(as_jsonl(made)),
    "n.csv": as_csv,
    "bom.csv": lambda made: as_csv(made, encoding="utf-8-sig"),
    "excel.csv": lambda made: as_csv(made, encoding="gb18030"),
    "n.csv.gz": lambda made: gzip.compress(as_csv(made)),
    "n.tsv": lambda made: as_csv(made, "\t"),
    "n.parquet": as_parquet,
    "n.warc": as_warc,
    "n.warc.gz": lambda made: as_warc(made, packed=True),
    "n.warc.zst": lambda made: zstd.compress(as_warc(made)),
    "gbk.warc": lambda made: as_warc(made, encoding="gb18030"),
}


def read(*paths: str | Path, **options: object) -> list[Source | Rejected]:
    return list(read_paths(paths, ReadOptions(**options)))  # type: ignore[arg-type]


def texts(found: Sequence[Source | Rejected]) -> list[str]:
    assert all(isinstance(item, Source) for item in found), found
    return [item.text for item in found if isinstance(item, Source)]


def reasons(found: Sequence[Source | Rejected]) -> list[str]:
    return [item.reason for item in found if isinstance(item, Rejected)]
