"""Headers carry JSON as Lex packs it, and refuse what is not that."""

from __future__ import annotations

import base64
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.errors import ValidationError
from bot.runtime.header_codec import MAX_DECODED_BYTES, decode_header, encode_header

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_what_is_packed_can_be_unpacked(value: object) -> None:
    assert decode_header(encode_header(value), "x") == value


def test_a_header_is_base64_of_gzip_of_json() -> None:
    packed = encode_header([{"content": "Über 5 €"}])
    assert json.loads(gzip.decompress(base64.b64decode(packed))) == [{"content": "Über 5 €"}]


@pytest.mark.parametrize(
    "header",
    [
        "{}",
        "e30=",
        base64.b64encode(gzip.compress(b"not json")).decode(),
        encode_header({"a": "b"})[:16],
        base64.b64encode(gzip.compress(b"0" * (MAX_DECODED_BYTES + 1))).decode(),
    ],
    ids=["plain", "not gzip", "not json", "cut off", "bomb"],
)
def test_anything_else_is_refused_by_name(header: str) -> None:
    with pytest.raises(ValidationError, match="x-amz-lex-session-state"):
        decode_header(header, "x-amz-lex-session-state")
