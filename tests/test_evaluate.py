"""Facts against gold: likeness, pairing, rows equal to the store's answers, figures equal to the reference scorer's."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from tests.own_gold import ARTICLE, EXAMPLES, GOLD, ROOT, SHARED, folder, needs_gold, run

from zhiguan.config import LoadSettings
from zhiguan.errors import ReadError
from zhiguan.evaluate import evaluate, intervals, make_rows
from zhiguan.evaluate.floors import raised, read_floors, shortfalls, write_floors
from zhiguan.evaluate.gold import read_gold
from zhiguan.evaluate.likeness import body_key, fold, likeness, near_body, same_body
from zhiguan.evaluate.matching import Counts, compare, distinct
from zhiguan.evaluate.rows import COLUMNS
from zhiguan.evaluate.scoring import TABLES
from zhiguan.loading import load
from zhiguan.model import Facts
from zhiguan.pipeline import extract
from zhiguan.query import answer, find_query
from zhiguan.read import ReadOptions
from zhiguan.store import Store

__all__ = ["folder", "run"]  # the fixtures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("方案（2023－2025年）", "方案(2023-2025年)"),
        ("《青溪 规划》", "青溪规划"),
        ("阿依·古丽", "阿依•古丽"),
        ("2023—2025", "2023~2025"),
    ],
)
def test_fold_unites_forms_of_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中国共产党镇海区委员会", "中共镇海区委"),
        ("镇海区人民代表大会常务委员会", "镇海区人大常委会"),
        ("镇海区发展和改革委员会", "镇海区发改委"),
        ("镇海区人民政府办公厅", "镇海区政府办"),
        ("政协镇海区委员会", "镇海区政协"),
        ("中国人民政治协商会议镇海区委员会", "镇海区政协委"),
        ("中共中央组织部", "中央组织部"),
        ("镇海区经济开发区管理委员会", "镇海区经济开发区管委会"),
    ],
)
def test_official_short_forms_name_the_same_body(one: str, other: str) -> None:
    assert same_body(one, other)
    assert body_key(one) == body_key(other)


def test_other_bodies_stay_apart() -> None:
    assert not same_body("镇海区教育局", "镇海区体育局")
    assert not same_body("镇海区委", "北仑区委")


def test_a_body_is_near_without_its_jurisdiction_only() -> None:
    assert near_body("浙江省宁波市镇海区教育局", "教育局")
    assert near_body("中共镇海区委", "镇海区委")
    assert not near_body("镇海区教育局", "教育局办公室")
    assert not near_body("镇海区教育局", "")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("教育推进会", "教育推进会", 1.0),
        ("教育推进会", "全区教育推进会", 0.99 * 5 / 6),  # bigrams: 4 of 4 and 6
        ("教育推进会", "水利现场会", 0.0),
        ("", "教育推进会", 0.0),
        ("会", "会", 1.0),
        ("会", "会议", 0.0),
    ],
)
def test_likeness(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == pytest.approx(expected, abs=0.05)
    assert likeness(one, other) == likeness(other, one)


# pairing


def test_the_likest_rows_pair_first_and_each_once() -> None:
    gold, found = [{"n": "甲乙丙"}, {"n": "甲乙"}], [{"n": "甲乙"}, {"n": "甲乙"}, {"n": "丁"}]
    outcome = compare(gold, found, lambda g, f: 1.0 if g == f else 0.5 * (f["n"] in g["n"]))
    assert outcome.hits == [(gold[0], found[1]), (gold[1], found[0])]
    assert outcome.counts == Counts(2, 0, 1)


def test_counts() -> None:
    assert Counts().f1 == 1.0
    assert Counts(0, 1, 1).f1 == 0.0
    assert (Counts(1, 2, 3) + Counts(1, 0, 1)) == Counts(2, 2, 4)
    assert Counts(3, 1, 1).precision == Counts(3, 1, 1).recall == 0.75


def test_distinct_rows_by_folded_columns() -> None:
    assert distinct([{"p": "甲 乙"}, {"p": "甲乙"}, {"p": "丙"}], "p") == [{"p": "甲 乙"}, {"p": "丙"}]


# gold


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "no JSON"),
        ("[]", "not in the format of gold"),
        ('{"people": []}', "not in the format of gold"),
    ],
)
def test_malformed_gold_is_refused_with_its_file(folder: Path, content: str, words: str) -> None:
    (folder / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=rf"a\.json: {words}"):
        read_gold(folder)


def test_gold_needs_its_text_and_a_folder_some_gold(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").unlink()
    with pytest.raises(ReadError, match=r"a\.txt is missing"):
        read_gold(folder)
    with pytest.raises(ReadError, match="no gold here"):
        read_gold(tmp_path)


def test_an_article_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "a.txt").write_text("", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.txt"):
        evaluate(folder)


# rows


def answers(store: Store, table: str) -> list[dict[str, str]]:
    output = io.BytesIO()
    answer(store, find_query(table), {}, "csv", output)
    return list(csv.DictReader(io.StringIO(output.getvalue().decode(), newline="")))


def rows_by_article(paths: list[str], table: str) -> list[dict[str, str]]:
    rows = []
    for facts in extract(paths, ReadOptions()):
        assert isinstance(facts, Facts)
        found = make_rows(facts)[table]
        rows += [{"article": facts.document.source.id} | {c: row[c] for c in COLUMNS[table]} for row in found]
    return rows


def check_rows(paths: list[str], folder: Path) -> None:
    with Store.open(folder / "store") as store:
        assert not load(paths, store, LoadSettings()).outcomes["set aside"]
        for table in COLUMNS:
            expected = answers(store, table)
            found = rows_by_article(paths, table)
            for row in expected:
                if row.get("issuer"):
                    row["issuer"] = ";".join(sorted(row["issuer"].split(";")))
                if row.get("author"):
                    row["author"] = ";".join(sorted(row["author"].split(";")))
            key = lambda row: tuple(row.items())  # noqa: E731
            assert sorted(found, key=key) == sorted(expected, key=key), table


def test_rows_equal_the_answers_of_the_store(tmp_path: Path) -> None:
    check_rows([EXAMPLES], tmp_path)


@needs_gold
def test_rows_equal_the_answers_of_the_store_on_gold(tmp_path: Path) -> None:
    check_rows([str(path) for path in sorted(SHARED.glob("gold/*/*.txt"))], tmp_path)


# figures


def test_scores_of_an_article_of_ours(folder: Path) -> None:
    evaluation = evaluate(folder)
    counts = {table: evaluation.counts(table) for table in TABLES}
    whole = ("title", "published", "source", "jurisdiction", "people", "posts", "person-post", "meetings")
    assert [counts[table].f1 for table in whole] == [1.0] * len(whole)
    assert counts["status"] == Counts(2, 1, 1)  # the gold says acting, the text does not
    assert counts["bodies"].misses == 1  # the education bureau is not in the text
    assert counts["participation"] == counts["participation~"] == Counts(2, 0, 0)
    assert evaluation.quotes.bad == 0
    assert evaluation.quotes.aimed == 3


def test_intervals_depend_on_the_seed_alone(folder: Path) -> None:
    (folder / "b.txt").write_text(ARTICLE, encoding="utf-8")
    other = {**GOLD, "people": ["赵文澜", "钱立言", "孙望舒"]}
    (folder / "b.json").write_text(json.dumps(other, ensure_ascii=False), encoding="utf-8")
    evaluation = evaluate(folder)
    first = intervals(evaluation, 200, 1)
    assert first == intervals(evaluation, 200, 1)
    assert first["people"].low == pytest.approx(0.8)
    assert first["people"].high == 1.0
    assert first["title"].low == first["title"].high == 1.0


@needs_gold
@pytest.mark.parametrize("name", ["seeds", "dev"])
def test_figures_equal_those_of_the_reference_scorer(name: str, tmp_path: Path) -> None:
    evaluation = evaluate(SHARED / "gold" / name)
    for table, columns in COLUMNS.items():
        with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, ("article", *columns), extrasaction="ignore")
            writer.writeheader()
            for item in evaluation.articles:
                writer.writerows({"article": item.gold.article, **row} for row in item.rows[table])
    scorer, gold, figures_path = SHARED / "score" / "score.py", SHARED / "gold" / name, tmp_path / "figures.json"
    subprocess.run([sys.executable, scorer, gold, tmp_path, "--json", figures_path], check=True, capture_output=True)
    expected = json.loads(figures_path.read_text(encoding="utf-8"))
    for table in TABLES:
        counts = evaluation.counts(table)
        figures = expected.get(table, {"tp": 0, "fn": 0, "fp": 0})
        assert (counts.hits, counts.misses, counts.false) == (figures["tp"], figures["fn"], figures["fp"]), table
    quotes = evaluation.quotes
    assert {name: getattr(quotes, name) for name in expected["quotes"]} == expected["quotes"]


# floors


def test_floors_only_go_up_unless_allowed(folder: Path, tmp_path: Path) -> None:
    evaluation = evaluate(folder)
    assert raised(evaluation, {})["status"] == 0.666
    assert raised(evaluation, {"status": 0.9})["status"] == 0.9
    assert raised(evaluation, {"status": 0.9}, allow_lower=True)["status"] == 0.666
    path = tmp_path / "floors.json"
    write_floors(path, {"mine": {"status": 0.5}})
    assert read_floors(path) == {"mine": {"status": 0.5}}
    assert list(shortfalls(evaluation, {"status": 0.666, "people": 1.0})) == []
    assert list(shortfalls(evaluation, {"status": 0.7})) == ["status 0.6667 < 0.7"]


@pytest.mark.parametrize("content", ["{", "[]", '{"mine": {"people": "high"}}'])
def test_a_file_that_holds_no_floors_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match="not a file of floors"):
        read_floors(path)


def test_kept_floors_are_of_known_tables_and_reachable() -> None:
    kept = read_floors(ROOT / "tests" / "eval" / "floors.json")
    assert set(kept) == {"seeds", "dev"}
    assert all(set(floors) == set(TABLES) for floors in kept.values())
    assert all(0.5 <= floor <= 1.0 for floors in kept.values() for floor in floors.values())


@needs_gold
@pytest.mark.parametrize("name", ["seeds", "dev"])
def test_quality_is_above_its_floors(name: str) -> None:
    floors = read_floors(ROOT / "tests" / "eval" / "floors.json")[name]
    assert list(shortfalls(evaluate(SHARED / "gold" / name), floors)) == []


# command


def test_command_prints_the_table_and_the_errors(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("--errors", "--json", tmp_path / "out" / "figures.json")
    assert result.exit_code == 0
    assert "1 articles\ntable" in result.stdout
    assert "quotes in place: 3 of 3" in result.stdout
    assert 'bodies\ta\tmissed\t{"body": "浙江省宁波市镇海区教育局"}' in result.stdout
    figures = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))
    assert figures["articles"] == 1
    assert figures["tables"]["status"]["misses"] == 1


def test_command_fails_below_a_minimum_and_refuses_unknown_tables(run: Callable[..., Result]) -> None:
    assert run("--min", "people=1.0").exit_code == 0
    short = run("--min", "status=0.9")
    assert short.exit_code == 1
    assert "falls short: status 0.6667 < 0.9" in short.stderr
    assert run("--min", "persons=0.9").exit_code == 2
    assert run("--min", "people=much").exit_code == 2


def test_command_writes_and_checks_floors(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert run("--update-floors", path).exit_code == 0
    assert read_floors(path)["mine"]["status"] == 0.666
    assert run("--floors", path).exit_code == 0
    write_floors(path, {"mine": {"status": 0.9}})
    assert run("--update-floors", path).exit_code == 0
    assert read_floors(path)["mine"]["status"] == 0.9
    assert run("--floors", path).exit_code == 1
    assert run("--update-floors", path, "--allow-lower").exit_code == 0
    assert read_floors(path)["mine"]["status"] == 0.666
    write_floors(path, {"others": {"status": 0.9}})
    assert run("--floors", path).exit_code == 1
