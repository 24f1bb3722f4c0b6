"""Texts are measured, and cut, in the units that Lex counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.engine.lengths import cut, utf16_length


@given(st.text(max_size=40), st.integers(0, 40))
def test_a_cut_text_is_the_longest_beginning_that_fits(text: str, longest: int) -> None:
    kept = cut(text, longest)
    assert text.startswith(kept)
    assert utf16_length(kept) <= longest
    if kept != text:
        assert utf16_length(text[: len(kept) + 1]) > longest
