"""Lengths as Lex counts them: in UTF-16 code units, so that most emoji count two."""

from __future__ import annotations


def utf16_length(text: str) -> int:
    """The length of `text`.

    >>> utf16_length("tea"), utf16_length("🫖")
    (3, 2)
    """
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def cut(text: str, longest: int) -> str:
    """As much of `text` as fits into `longest` units; no character is cut in two.

    >>> cut("tea", 2), cut("a🫖", 2)
    ('te', 'a')
    """
    if utf16_length(text) <= longest:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * longest].decode("utf-16-le", "ignore")
