"""Who may write: whoever sends the token that stands in the operator's file (RFC 6750)."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from zhiguan.errors import ZhiguanError
from zhiguan.serve.pages.problems import Problem

SHORTEST = 16
"""Characters that a token needs: shorter ones can be guessed."""


class TokenError(ZhiguanError):
    """The token's file cannot be used."""


@dataclass(frozen=True, slots=True)
class Access:
    """Knows the token by its digest alone, so that it cannot appear in a trace or a dump."""

    _digest: bytes

    @classmethod
    def from_file(cls, file: Path) -> "Access":
        """The access that the file's one line gives; TokenError where there is none or too short a one."""
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise TokenError(f"cannot read the token in {file}: {error}") from error
        if len(token) < SHORTEST or len(token.split()) != 1:
            raise TokenError(f"the token in {file} needs {SHORTEST} characters or more without spaces")
        return cls(hashlib.sha256(token.encode()).digest())

    def check(self, request: Request) -> None:
        """Return if the request has the token; 401 otherwise. The comparison takes the same time for all tokens."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise _unauthorized("Changing the store needs a token.", "")
        given = hashlib.sha256(token.strip().encode("utf-8", "replace")).digest()
        if not hmac.compare_digest(given, self._digest):
            raise _unauthorized("This is not the token.", ', error="invalid_token"')


def _unauthorized(words: str, more: str) -> Problem:
    headers = {"WWW-Authenticate": f'Bearer realm="zhiguan"{more}'}
    return Problem(401, words, "Send Authorization: Bearer …, with the token of the server's --token-file.", headers)
