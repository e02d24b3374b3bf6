"""What a query's text says before the engine reads it: whether it may reach other servers, whether it names its graphs."""

import re

from zhiguan.errors import QueryError

TOKEN = re.compile(
    r"""(?P<skip>"{3}(?:\\.|[^\\])*?"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
    r"""|<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n]*|[?$:@][\w.:-]*|[\w.-]+:[\w.:-]*)|(?P<open>\{)|(?P<close>\})|(?P<word>\w+)""",
    re.DOTALL,
)
"""The parts of SPARQL that matter here: literals, IRIs, names and comments (skipped), braces, words."""


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


def refuse_fetching(text: str) -> None:
    """QueryError where an update contains the words SERVICE or LOAD, for the reasons of `refuse_service`."""
    refuse_service(text)
    if "load" in text.casefold():
        raise QueryError(
            "updates may not contain the word LOAD, not even in a comment or a literal (write lo\\u0061d there): "
            "this store does not fetch from other servers; send the graph with PUT or POST"
        )


def names_its_graphs(text: str) -> bool:
    """Whether the query has a dataset clause (FROM, SPARQL 1.1 section 13.2), which stands outside of all braces."""
    if "from" not in text.casefold():  # most have none, and this is a hundredth of the price
        return False
    depth = 0
    for token in TOKEN.finditer(text):
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if depth == 0 and token.lastgroup == "word" and token[0].upper() == "FROM":
            return True
    return False
