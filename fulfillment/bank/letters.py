"""Letters without their accents: many customers type "manana" and "dolares"."""

from __future__ import annotations

import unicodedata


def without_accents(text: str) -> str:
    """`text` in plain letters: "mañana" as "manana"."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
