"""Folders of saved pages with a sitemap or an index beside them."""

from pathlib import Path

import pytest
from tests.read.made import read, reasons

from zhiguan.model import Source

PAGE = "<html><head><title>{}</title></head><body><p>县委召开会议。</p></body></html>"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def save(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(name), encoding="utf-8")


def sitemap(folder: Path, *urls: tuple[str, str], name: str = "sitemap.xml") -> None:
    rows = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in urls)
    (folder / name).write_text(f'<?xml version="1.0"?><urlset {NAMESPACE}>{rows}</urlset>', encoding="utf-8")


def found(folder: Path, **options: object) -> dict[str, tuple[str | None, str | None]]:
    items = read(folder, **options)
    assert all(isinstance(item, Source) for item in items), items
    return {item.id: (item.url, item.published) for item in items if isinstance(item, Source)}


def test_a_sitemap_tells_address_and_day(tmp_path: Path) -> None:
    save(tmp_path, "a/1.html", "a/2/index.html", "b.html", "www.example.cn/c/3.html", "index.html", "else.html")
    urls = ["a/1.html", "a/2/", "b", "c/3.html", ""]
    sitemap(tmp_path, *((f"http://www.example.cn/{url}", "2024-05-06T08:00:00+08:00") for url in urls))
    day = "2024-05-06"
    assert found(tmp_path, id_from="path").keys() == found(tmp_path, id_from="path").keys()
    rows = {(url, published) for url, published in found(tmp_path, id_from="path").values()}
    assert rows == {*((f"http://www.example.cn/{url}", day) for url in urls), (None, None)}


def test_addresses_as_ids(tmp_path: Path) -> None:
    save(tmp_path, "a.html")
    sitemap(tmp_path, ("http://www.example.cn/a.html", ""))
    assert found(tmp_path, id_from="url") == {"http://www.example.cn/a.html": ("http://www.example.cn/a.html", None)}


def test_a_sitemap_of_sitemaps(tmp_path: Path) -> None:
    save(tmp_path, "a.html", "b.html")
    parts = ""
    for name in ("a", "b"):
        sitemap(tmp_path, (f"http://www.example.cn/{name}.html", "2024-05-06"), name=f"sitemap-{name}.xml")
        parts += f"<sitemap><loc>http://www.example.cn/sitemap-{name}.xml</loc></sitemap>"
    (tmp_path / "sitemap.xml").write_text(f"<sitemapindex {NAMESPACE}>{parts}</sitemapindex>", encoding="utf-8")
    assert [url for url, _ in found(tmp_path).values()] == [f"http://www.example.cn/{name}.html" for name in "ab"]


@pytest.mark.parametrize(("name", "mark"), [("index.csv", ","), ("index.tsv", "\t")])
def test_an_index_tells_of_its_pages_and_is_no_article(tmp_path: Path, name: str, mark: str) -> None:
    save(tmp_path, "a.html", "b/c.html")
    rows = [["file", "url", "lastmod"], ["b/c.html", "http://www.example.cn/c", "2024/5/6"]]
    (tmp_path / name).write_text("\n".join(mark.join(row) for row in rows), encoding="utf-8")
    assert found(tmp_path) == {"a": (None, None), "c": ("http://www.example.cn/c", "2024-05-06")}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [("sitemap.xml", "<urlset><url>", "broken XML"), ("index.csv", "page,address\n", "the columns file and url")],
)
def test_a_broken_guide_is_told(tmp_path: Path, name: str, text: str, words: str) -> None:
    save(tmp_path, "a.html")
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert words in reasons(read(tmp_path))[0]


def test_an_entity_of_a_sitemap_reads_no_file(tmp_path: Path) -> None:
    save(tmp_path, "a.html")
    secret = tmp_path / "secret"
    secret.write_text("http://www.example.cn/a.html", encoding="utf-8")
    text = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{secret.as_uri()}">]><urlset><url><loc>&x;</loc></url></urlset>'
    (tmp_path / "sitemap.xml").write_text(text, encoding="utf-8")
    assert found(tmp_path) == {"a": (None, None)}
