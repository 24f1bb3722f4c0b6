"""How people are named outside the bank's own books: enough to tell two apart, and no more."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator


def masked_name(name: str) -> str:
    """The first word and the initial of the last: "Anna Kowalska" becomes "Anna K.".

    Masking what is masked changes nothing.
    """
    words = name.split()
    if len(words) < 2:
        return name.strip()
    return f"{words[0]} {words[-1][0]}."


MaskedName = Annotated[str, AfterValidator(masked_name)]
"""A name that is masked whatever is put in."""
