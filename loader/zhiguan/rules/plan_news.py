"""What a text says of a plan beside its title: its document number (国发〔2024〕7号), and how far it is (如期完成, 起施行)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from zhiguan.lexicon.index import LongestMatch
from zhiguan.lexicon.loading import load_table
from zhiguan.model import Document, Evidence, PlanFact, PlanStatus, PlanStatusFact, Span
from zhiguan.rules.dates import find_dates

_RULE = "status-behind-title"
_NUMBER = re.compile(
    r"[》〉”]?[（(](?P<organ>[\u4e00-\u9fff]{1,12})[〔\[［（(【](?P<year>\d{4})[〕\]］）)】](?:第)?(?P<number>\d{1,5})号"
)
"""GB/T 9704-2012, 7.2.5: the organ's code, the year in 〔〕, and the number, behind a title in brackets."""
_REACH = 40
_END = re.compile(r"[。；;！？\n《]")
_NOT_YET = "not-yet"
_DENIAL_REACH = 6
_INITIAL = re.compile(r"[自从]")


@cache
def _words() -> LongestMatch[str]:
    return LongestMatch({entry.form: entry.cls for entry in load_table("plan_status_words")})


def with_number(document: Document, plan: PlanFact) -> PlanFact:
    """The plan with the document number that stands behind its title in brackets, if any."""
    found = _NUMBER.match(document.text, plan.evidence[0].span.end)
    if not found:
        return plan
    return replace(plan, number=f"{found['organ']}〔{found['year']}〕{int(found['number'])}号")


def find_plan_statuses(
    document: Document, plans: Sequence[PlanFact], reference: str | None
) -> Iterator[PlanStatusFact]:
    """How far each plan is, where the words behind its title in the same sentence say so; `reference` dates 昨日."""
    for plan in plans:
        begin = plan.evidence[0].span.end
        end = _END.search(document.text, begin)
        limit = min(end.start() if end else len(document.text), begin + _REACH)
        if found := _status(document.text, begin, limit):
            status, span = found
            dates = [d.edtf for d in find_dates(document.text[begin : span.end], reference)]
            known = [date for date in dates if not date.startswith("XXXX")]
            whole = Evidence(Span(plan.evidence[0].span.begin, span.end), _RULE)
            yield PlanStatusFact(plan=plan.title, status=status, as_of=known[-1] if known else None, evidence=(whole,))


def _status(text: str, begin: int, limit: int) -> tuple[PlanStatus, Span] | None:
    """The first word of status in text[begin:limit]; None where it is denied or still to come."""
    hindered = -_DENIAL_REACH
    for at, stop, cls in _words().find(text[begin:limit]):
        if cls == _NOT_YET:
            hindered = stop
        elif cls != "none" and (at - hindered >= _DENIAL_REACH or _INITIAL.search(text, begin + hindered, begin + at)):
            return PlanStatus(cls), Span(begin + at, begin + stop)
    return None
