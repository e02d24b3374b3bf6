"""Tables of the five articles of `tests.told`, with a re-post: what they hold, and that everything opens them."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from frictionless import validate
from tests.told import DIVISIONS, PLAN, X, told

from zhiguan.errors import StoreError
from zhiguan.export import export
from zhiguan.export.codebook import codes, words
from zhiguan.export.layout import Layout, layouts
from zhiguan.rdf.iris import Iris
from zhiguan.rdf.mapping import to_nquads
from zhiguan.reposts import to_nquads as reposts
from zhiguan.store import Store

Row = dict[str, str]


def make(path: Path, *, backwards: bool = False) -> Store:
    """A store in which a2 is a re-post of a1."""
    store, iris = Store.open(path), Iris()
    facts = list(told())
    for one in facts[::-1] if backwards else facts:
        name = one.document.source.id
        nquads = to_nquads(one, origin_digest="0" * 64, origin_name=f"{name}.txt", divisions=DIVISIONS.get)
        store.replace_graph(iris.graph(name), nquads)
    store.replace_graph(iris.reposts(), reposts([("a2", "a1")], iris))
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make(tmp_path_factory.mktemp("export") / "store") as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("tables")
    export(store, found)
    return found


def read(folder: Path, table: str) -> list[Row]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def problems(folder: Path) -> list[str]:
    report = validate(str(folder / "datapackage.json"))
    return [*(error.type for error in report.errors), *(error.type for task in report.tasks for error in task.errors)]


def test_the_package_is_valid_and_every_key_leads_somewhere(folder: Path) -> None:
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("tenures", ",current", ",reigning", "foreign-key"),
        ("participation", ",chair,", ",boss,", "constraint-error"),
        ("evidence", ",0.99", ",certain", "type-error"),
        ("people", "\r\n", "\r\n,,,,\r\n", "blank-row"),
    ],
)
def test_the_check_finds_what_is_wrong(
    store: Store, tmp_path: Path, table: str, old: str, new: str, error: str
) -> None:
    export(store, tmp_path)
    file = tmp_path / f"{table}.csv"
    text = file.read_bytes().decode()
    if error == "foreign-key":
        row = read(tmp_path, table)[0]
        old, new = row["person_id"], "nobody"
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())
    assert error in problems(tmp_path)


def test_a_tenure_has_its_first_and_last_observed_days_and_its_reports(folder: Path) -> None:
    people = {row["person_id"]: row["name"] for row in read(folder, "people")}
    posts = {row["post_id"]: row["title"] for row in read(folder, "posts")}
    bodies = {row["body_id"]: row["name"] for row in read(folder, "bodies")}
    found = {
        (people[row["person_id"]], posts[row["post_id"]], bodies.get(row["body_id"])): (
            row["first_observed"],
            row["last_observed"],
            row["statuses"],
            row["articles"],
            row["reports"],
        )
        for row in read(folder, "tenures")
    }
    government = f"{X}人民政府"
    assert found["林秋实", "区长", government] == ("2023-08-28", "2024-03-01", "current; former", "3", "2")
    assert found["顾南星", "区长", government] == ("2023-08-28", "2024-03-01", "acting; current", "2", "2")
    assert found["林秋实", "副书记", f"中共{X}委员会"] == ("2023-08-28", "2023-08-28", "current", "1", "1")


def test_meetings_and_who_took_part(folder: Path) -> None:
    (meeting,) = [row for row in read(folder, "meetings") if row["name"] == "全区教育工作会议"]
    assert (meeting["date"], meeting["date_edtf"], meeting["articles"], meeting["reports"]) == (
        "2023-08-28",
        "2023-08-28",
        "2",
        "1",
    )
    people = {row["person_id"]: row["name"] for row in read(folder, "people")}
    found = {
        (people[row["person_id"]], row["role"])
        for row in read(folder, "participation")
        if row["meeting_id"] == meeting["meeting_id"]
    }
    assert found == {
        ("何远山", "chair"),
        ("何远山", "presenter"),
        ("林秋实", "chair"),
        ("林秋实", "speaker"),
        ("沈知白", "attendee"),
    }


def test_a_plan_with_its_parts_issuers_and_events(folder: Path) -> None:
    plan = next(row for row in read(folder, "plans") if row["title"] == PLAN)
    assert (plan["period_start"], plan["period_start_edtf"], plan["period_end"]) == ("2023-01-01", "2023", "2026-12-31")
    bodies = {row["body_id"]: row["name"] for row in read(folder, "bodies")}
    assert {bodies[body] for body in plan["issuers"].split("; ")} == {f"{X}人民政府", f"{X}教育局"}
    parts = {row["label"]: row for row in read(folder, "plan_parts")}
    assert parts["清淤行动"]["parent"] == parts["两大行动"]["part_id"]
    assert (parts["12项任务"]["kind"], parts["12项任务"]["stated_count"]) == ("Task", "12")
    assert parts["两个目标"]["plan_id"] == ""
    events = [row["kind"] for row in read(folder, "document_events") if row["plan_id"] == plan["plan_id"]]
    assert sorted(events) == ["interpreted", "released"]


def test_decisions_terms_and_progress(folder: Path) -> None:
    tenures = {row["tenure_id"] for row in read(folder, "tenures")}
    actions = read(folder, "personnel_actions")
    assert {row["kind"] for row in actions} >= {"Appointment"}
    assert {row["tenure_id"] for row in actions} <= tenures
    assert {row["effective"] for row in actions} >= {"2024-05-08"}
    assert "14" in {row["number"] for row in read(folder, "terms")}
    assert ("completed", "2024-05-08") in {(row["status"], row["as_of"]) for row in read(folder, "status_reports")}


def test_articles_and_evidence(folder: Path) -> None:
    articles = {row["article_id"]: row for row in read(folder, "articles")}
    assert articles.keys() == {"a1", "a2", "a3", "a4", "a5", "a6"}
    assert articles["a1"]["authors"] == "吴安; 周平"
    assert (articles["a1"]["published"], articles["a4"]["published"]) == ("2023-08-29", "")
    assert [articles[name]["repeats"] for name in ("a1", "a2", "a3")] == ["", "a1", ""]
    texts = {one.document.source.id: one.document.text for one in told()}
    for row in read(folder, "evidence"):
        assert texts[row["article_id"]][int(row["begin"]) : int(row["end"])] == row["quote"]


def test_each_kind_of_fact_in_the_evidence_has_its_table(folder: Path) -> None:
    keys = {
        "person": ("people", "person_id"),
        "body": ("bodies", "body_id"),
        "tenure": ("tenures", "tenure_id"),
        "meeting": ("meetings", "meeting_id"),
        "participation": ("participation", "participation_id"),
        "document-event": ("document_events", "event_id"),
        "plan-part": ("plan_parts", "part_id"),
        "article": ("articles", "article_id"),
        "personnel-action": ("personnel_actions", "action_id"),
        "term": ("terms", "term_id"),
        "status-report": ("status_reports", "report_id"),
    }
    known = {kind: {row[key] for row in read(folder, table)} for kind, (table, key) in keys.items()}
    evidence = read(folder, "evidence")
    assert {row["fact_type"] for row in evidence} == known.keys()
    assert all(row["fact_id"] in known[row["fact_type"]] for row in evidence)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_facts_give_the_same_files_in_whatever_order_they_came(folder: Path, tmp_path: Path) -> None:
    with make(tmp_path / "store", backwards=True) as other:
        export(other, tmp_path / "tables")
        export(other, tmp_path / "tables")
    assert files(tmp_path / "tables") == files(folder)
    assert len(files(folder)) == len(layouts()) + 2


def test_parquet_holds_the_same_with_types(store: Store, folder: Path, tmp_path: Path) -> None:
    export(store, tmp_path, "parquet")
    for layout in layouts():
        table = pq.read_table(tmp_path / f"{layout.name}.parquet")
        rows = [{key: plain(value) for key, value in row.items()} for row in table.to_pylist()]
        assert rows == [dict(row) for row in read(folder, layout.name)], layout.name
    schema = pq.read_schema(tmp_path / "tenures.parquet")
    assert [str(schema.field(name).type) for name in ("first_observed", "reports")] == ["date32[day]", "int64"]
    assert json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"][0]["path"] == "divisions.parquet"


def plain(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_excel_gets_its_mark(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path, bom=True)
    assert (tmp_path / "people.csv").read_bytes().startswith(b"\xef\xbb\xbfperson_id,")
    assert problems(tmp_path) == []


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_every_column_is_explained_in_both_languages(layout: Layout, folder: Path) -> None:
    book = (folder / "codebook.md").read_text(encoding="utf-8")
    for column in layout.columns:
        for language in ("zh", "en"):
            title, description = words(column, language)
            assert title
            assert description
            assert f"**{title}**" in book


def test_codes_are_those_of_the_vocabularies() -> None:
    roles = next(column for table in layouts() for column in table.columns if column.prefix == "role-")
    assert ("chair", "主持人", "chair") in codes(roles)


def test_a_folder_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot export"):
        export(store, tmp_path / "file")
