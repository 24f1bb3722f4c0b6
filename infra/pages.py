"""Puts what a command generates into a page that is otherwise written by hand."""

from __future__ import annotations


def put_between(page: str, begin: str, end: str, content: str) -> str:
    """`page` with `content` in place of what stood between its marks."""
    before, _, rest = page.partition(begin)
    return before + begin + content + end + rest.partition(end)[2]
