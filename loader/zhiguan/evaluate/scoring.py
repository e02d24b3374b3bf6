"""Rows that were found in an article against its gold, table by table.

Rules of comparison: people and posts by name; bodies by their canonical names, official short forms being the same;
meetings and plans by likeness of their titles, their dates and periods in the pairs so found; participation in the
meeting that was paired. A post whose body the gold leaves open is compared by person and post. A table with ~ forgives:
`posts~` a body without its jurisdiction, `participation~` the wrong meeting; `person-post` leaves the body out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from zhiguan.evaluate.gold import Gold
from zhiguan.evaluate.likeness import body_key as key_of_body
from zhiguan.evaluate.likeness import fold, likeness, near_body, same_body
from zhiguan.evaluate.matching import Outcome, Row, compare, distinct
from zhiguan.evaluate.rows import Rows
from zhiguan.model import QUOTE_LIMIT

TABLES = (
    "title",
    "published",
    "source",
    "jurisdiction",
    "people",
    "posts",
    "posts~",
    "person-post",
    "status",
    "bodies",
    "meetings",
    "meeting.date",
    "meeting.place",
    "participation",
    "participation~",
    "plans",
    "plan.period",
    "plan.event",
)
METADATA = TABLES[:4]
_SAME_DATE = 0.005
"""What the same date adds to the likeness of two meetings: it breaks ties."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes of posts: those checked, those not standing where they are said to, those of right posts whose mention the
    gold gives verbatim, and those of them that miss it."""

    checked: int = 0
    bad: int = 0
    aimed: int = 0
    off_target: int = 0

    def __add__(self, other: "Quotes") -> "Quotes":
        return Quotes(
            self.checked + other.checked,
            self.bad + other.bad,
            self.aimed + other.aimed,
            self.off_target + other.off_target,
        )


@dataclass(slots=True)
class ArticleScore:
    """The outcome of each table in one article, and its quotes."""

    article: str
    tables: dict[str, Outcome] = field(default_factory=lambda: {table: Outcome() for table in TABLES})
    quotes: Quotes = Quotes()


def score(gold: Gold, rows: Rows, text: str) -> ArticleScore:
    """Compare the rows of one article with its gold; `text` is the article as read."""
    result = ArticleScore(gold.article)
    for name in METADATA:
        result.tables[name] = _value(gold.metadata[name], rows["articles"][0][name], _equal)
    result.tables["people"] = compare(gold.people, distinct(rows["people"], "person"), _same("person"))
    _score_posts(result, gold, rows["posts"], text)
    _score_bodies(result, gold, rows["bodies"])
    _score_meetings(result, gold, rows)
    _score_plans(result, gold, rows["plans"])
    return result


def _equal(one: str, other: str) -> float:
    return float(fold(one) == fold(other))


def _same(*columns: str) -> Callable[[Row, Row], float]:
    return lambda gold, found: float(all(_equal(gold[column], found[column]) for column in columns))


def _value(gold: str, found: str, alike: Callable[[str, str], float]) -> Outcome:
    """Outcome of one value, either of them possibly empty."""
    wanted, have = ([{"value": value}] if value else [] for value in (gold, found))
    return compare(wanted, have, lambda g, f: alike(g["value"], f["value"]))


def _judged(gold: Row, found: Row, *, right: bool) -> Outcome:
    """Outcome of a value that every fact has: a wrong one is a miss and a false find."""
    return Outcome(hits=[(gold, found)]) if right else Outcome(misses=[gold], false=[found])


def _post_alike(same: Callable[[str, str], bool]) -> Callable[[Row, Row], float]:
    """Likeness of posts, their bodies compared by `same` where the gold says one."""
    person_post = _same("person", "post")
    return lambda g, f: float(person_post(g, f) and (not g["body"] or same(g["body"], f["body"])))


def _score_posts(result: ArticleScore, gold: Gold, rows: Sequence[Row], text: str) -> None:
    found = distinct(rows, "person", "post", "body")
    exact = compare(gold.posts, found, _post_alike(same_body))
    result.tables["posts"] = exact
    result.tables["posts~"] = compare(gold.posts, found, _post_alike(near_body))
    result.tables["person-post"] = _compare_columns(gold.posts, found, "person", "post")
    for wanted, have in exact.hits:
        right = (wanted["status"] or "current") == (have["status"] or "current")
        result.tables["status"].extend(_judged(wanted, have, right=right))
    result.quotes = _quotes(exact.hits, rows, text)


def _compare_columns(gold: Iterable[Row], found: Iterable[Row], *columns: str) -> Outcome:
    """Compare the distinct values of some columns alone."""
    wanted, have = ([{c: row[c] for c in columns} for row in distinct(rows, *columns)] for rows in (gold, found))
    return compare(wanted, have, _same(*columns))


def _quotes(hits: Iterable[tuple[Row, Row]], rows: Sequence[Row], text: str) -> Quotes:
    aimed = [(have, wanted["mention"]) for wanted, have in hits if wanted["mention"] and wanted["mention"] in text]
    return Quotes(
        checked=len(rows),
        bad=sum(not _in_place(row, text) for row in rows),
        aimed=len(aimed),
        off_target=sum(not _meets(row, mention, text) for row, mention in aimed),
    )


def _in_place(row: Row, text: str) -> bool:
    """Whether the quote stands where it is said to stand and is a passage, neither a character nor a page."""
    begin, end = int(row["begin"]), int(row["end"])
    return 2 <= end - begin <= QUOTE_LIMIT and text[begin:end] == row["quote"]


def _meets(row: Row, mention: str, text: str) -> bool:
    """Whether the quote shares a character with a place where the mention stands."""
    begin, end = int(row["begin"]), int(row["end"])
    return text.find(mention, max(0, begin - len(mention) + 1), end + len(mention) - 1) >= 0


def _score_bodies(result: ArticleScore, gold: Gold, rows: Sequence[Row]) -> None:
    """The gold's bodies are those that it lists and those that its posts are in."""
    named = [*gold.bodies, *({"body": post["body"]} for post in gold.posts if post["body"])]
    wanted = list({key_of_body(row["body"]): row for row in named}.values())
    result.tables["bodies"] = compare(
        wanted, distinct(rows, "body"), lambda g, f: float(same_body(g["body"], f["body"]))
    )


def _meetings_alike(gold: Row, found: Row) -> float:
    alike = likeness(gold["name"], found["meeting"])
    return alike and alike + _SAME_DATE * _equal(gold["date"], found["date"])


def _score_meetings(result: ArticleScore, gold: Gold, rows: Rows) -> None:
    tables = result.tables
    tables["meetings"] = compare(gold.meetings, distinct(rows["meetings"], "meeting", "date"), _meetings_alike)
    for wanted, have in tables["meetings"].hits:
        tables["meeting.date"].extend(_value(wanted["date"], have["date"], _equal))
        tables["meeting.place"].extend(_value(wanted["place"], have["place"], likeness))
    names = {wanted["id"]: have["meeting"] for wanted, have in tables["meetings"].hits}
    named = [{**row, "meeting": names.get(row["meeting"], row["meeting"])} for row in gold.participation]
    columns = ("meeting", "person", "role")
    found = distinct(rows["participation"], *columns)
    tables["participation"] = compare(distinct(named, *columns), found, _same(*columns))
    tables["participation~"] = _compare_columns(gold.participation, found, "person", "role")


def _same_year(one: str, other: str) -> float:
    return float(fold(one)[:4] == fold(other)[:4])


def _score_plans(result: ArticleScore, gold: Gold, rows: Sequence[Row]) -> None:
    tables = result.tables
    tables["plans"] = compare(gold.plans, distinct(rows, "plan"), lambda g, f: likeness(g["title"], f["plan"]))
    for wanted, have in tables["plans"].hits:
        for end in ("start", "end"):
            tables["plan.period"].extend(_value(wanted[end], have[end], _same_year))
        right = (wanted["event"] or "mentioned") == have["event"]
        tables["plan.event"].extend(_judged(wanted, have, right=right))
