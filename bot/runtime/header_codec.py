"""JSON in a response header, as Lex sends it: compressed with gzip, then base64."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import zlib
from typing import Any

from bot.runtime.errors import ValidationError

MAX_DECODED_BYTES = 64 * 1024
"""No header unpacks to more: Lex takes 16 KB of headers, and a small gzip can hide a large bomb."""


def encode_header(value: object) -> str:
    """`value` as one header: JSON, gzip, base64. Equal values give equal headers."""
    packed = gzip.compress(json.dumps(value, ensure_ascii=False).encode(), mtime=0)
    return base64.b64encode(packed).decode("ascii")


def decode_header(text: str, name: str) -> Any:
    """The JSON value in a header called `name`. Raises `ValidationError` when it is not that."""
    try:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        raw = unpacker.decompress(base64.b64decode(text, validate=True), MAX_DECODED_BYTES)
        if not unpacker.eof:
            raise ValidationError(f"Header {name} is incomplete or too large")
        return json.loads(raw)
    except (binascii.Error, zlib.error, ValueError) as fault:
        raise ValidationError(f"Header {name} is not base64 of gzipped JSON") from fault
