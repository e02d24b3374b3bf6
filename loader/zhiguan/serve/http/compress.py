"""Content codings (RFC 9110, 8.4): zstd, br or gzip for answers that are text, never for what is packed already."""

from functools import partial

from starlette_compress import CompressMiddleware, add_compress_type

from zhiguan.serve.http.negotiate import GRAPHS, RESULTS

SMALLEST = 860
"""Bytes; shorter answers fit into one packet as they are."""

for _form in (*GRAPHS, *RESULTS):
    for _media in _form.media:
        add_compress_type(_media)

Compress = partial(CompressMiddleware, minimum_size=SMALLEST, zstd_level=3, brotli_quality=4, gzip_level=5)
