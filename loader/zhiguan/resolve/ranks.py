"""The rank that a post has by law (公务员法, GB/T 12407), from its title and its body, where these leave no doubt.

The rank is the post's, not its holder's: many hold a higher one in person. Heads of departments are left out, since bodies
of one name differ in rank from place to place; so are county-level divisions directly below a province.
"""

from functools import cache

from zhiguan.lexicon.loading import load_forms, load_table
from zhiguan.model import Body, Division
from zhiguan.resolve.divisions import division_by_code

_MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))


@cache
def _table() -> dict[tuple[str, str, str], str]:
    """(title, level, body's name with {} for its division) -> name of the concept of the rank."""
    rows = ((entry.form, *entry.note.split(" "), entry.cls) for entry in load_table("post_ranks"))
    return {(title, level, name): rank for title, level, name, rank in rows}


def rank_of(title: str, body: Body | None) -> str | None:
    """Local name of the rank's concept in the vocabulary, None where it is not certain."""
    if body is None or not body.resolved:
        return None
    if found := _table().get((title, "nation", body.name)):
        return found
    if body.division is None:
        return None
    return _table().get((title, _level(body.division), body.name.replace(body.division.full_name, "{}", 1)))


def _level(division: Division) -> str:
    """The division's level as it counts for ranks; '' where that is not certain."""
    if division.level == "province":
        return division.level
    if division.level == "prefecture":
        return "subprovincial" if division.code in load_forms("subprovincial_cities") else "prefecture"
    above = division_by_code(division.parent) if division.parent else None
    if above is None:
        return ""
    if division.level == "county":
        return _county_level(division, above)
    return "town" if above.level == "county" and _is_ordinary(above) else ""


def _county_level(division: Division, above: Division) -> str:
    if _in_municipality(division):
        return "municipal-district"
    if above.level != "prefecture":
        return ""
    if above.code in load_forms("subprovincial_cities"):
        return "subprovincial-district" if division.name.endswith("区") else ""
    return "county"


def _in_municipality(division: Division) -> bool:
    return f"{division.code[:2]}0000" in _MUNICIPALITIES


def _is_ordinary(county: Division) -> bool:
    """Whether a county-level division is below a prefecture that has no higher rank of its own."""
    above = division_by_code(county.parent) if county.parent else None
    return above is not None and _county_level(county, above) == "county"
