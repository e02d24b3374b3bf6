"""What a query's text says before the engine reads it: whether it may reach other servers, whether it names its graphs."""

import re

from zhiguan.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<skip>"{3}(?:\\.|[^\\])*?"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
    r"""|<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n]*|[?$:@][\w.:-]*|[\w.-]+:[\w.:-]*)|(?P<open>\{)|(?P<close>\})|(?P<word>\w+)""",
    re.DOTALL,
)


def refuse_service(text: str) -> None:
    """QueryError where the text contains the word SERVICE, anywhere and however written.

    Oxigraph's SERVICE cannot be switched off and has no time limit; its parser takes keywords that are glued to what
    follows, and IRIs may hide a comment sign, so only the raw text is safe to judge. LOAD is an update: `Store.query`
    reads no updates.
    """
    if "service" in text.casefold():
        raise QueryError(
            "queries may not contain the word SERVICE, not even in a comment or a literal: "
            "this store does not fetch from other servers"
        )


def names_its_graphs(text: str) -> bool:
    """Whether the query has a dataset clause (FROM, SPARQL 1.1 section 13.2), which stands outside of all braces."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if depth == 0 and token.lastgroup == "word" and token[0].upper() == "FROM":
            return True
    return False
