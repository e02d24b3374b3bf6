"""Every error that zhiguan raises on purpose: one root, so that callers can catch it; messages say the cure."""


class ZhiguanError(Exception):
    """Root of all errors raised on purpose."""


class ReadError(ZhiguanError):
    """A source cannot be read: wrong encoding, broken record, unknown ending, too large, no permission."""


class LexiconError(ZhiguanError):
    """A word list is missing or malformed."""


class MappingError(ZhiguanError):
    """Facts cannot be written as RDF."""


class StoreError(ZhiguanError):
    """The store cannot be opened, written or read."""


class QueryError(ZhiguanError):
    """A query does not exist, does not parse, or its parameters do not fit."""
