"""Expected text: exact, with `...` for any text between, or a `/regular expression/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_GAP = re.compile(r"\s*(?:\.\.\.|…)\s*")
_REGEX = re.compile(r"/(?P<source>.+)/(?P<flags>i?)")
_KEPT_NAME = re.compile(r"\{(?P<name>[a-z_]\w*)\}")


@dataclass(frozen=True, slots=True)
class TextPattern:
    """A pattern as it was written. `...` and a kept `{name}` mean something, all else itself."""

    source: str

    def __post_init__(self) -> None:
        """Raises `ValueError` when a regular expression is not one."""
        self._regex({})

    def match(self, text: str, kept: Mapping[str, str]) -> dict[str, str] | None:
        """Named groups of the match, or None. Runs of white space count as one space."""
        found = self._regex(kept).search(one_line(text))
        if found is None:
            return None
        return {name: value for name, value in found.groupdict().items() if value is not None}

    def _regex(self, kept: Mapping[str, str]) -> re.Pattern[str]:
        written = _REGEX.fullmatch(self.source)
        if written is None:
            return re.compile(_with_gaps(with_kept(self.source, kept)), re.DOTALL)
        escaped = {name: re.escape(value) for name, value in kept.items()}
        flags = re.IGNORECASE if written["flags"] else re.NOFLAG
        try:
            return re.compile(with_kept(written["source"], escaped), flags)
        except re.error as fault:
            raise ValueError(f"{self.source} is not a regular expression: {fault}") from fault


def with_kept(text: str, kept: Mapping[str, str]) -> str:
    """`text` with each `{name}` that an earlier match kept replaced; other braces stay."""
    return _KEPT_NAME.sub(lambda found: kept.get(found["name"], found[0]), text)


def one_line(text: str) -> str:
    """`text` with runs of white space as one space, none at the ends."""
    return " ".join(text.split())


def _with_gaps(text: str) -> str:
    # White space around a gap belongs to it, so that "Sent ... to Anna" also fits "Sent to Anna".
    parts = [re.escape(one_line(part)) for part in _GAP.split(text)]
    return r"\A" + r".*?".join(parts) + r"\Z"
