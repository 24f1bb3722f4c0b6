"""What lint says and how it is asked: findings, and the rules that find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.definition.lint.subject import Subject

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class At:
    """A place in an archive: a file and the keys that lead to the value in it."""

    file: PurePosixPath
    keys: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}#{self.pointer}" if self.keys else str(self.file)

    @property
    def pointer(self) -> str:
        """The keys as a JSON pointer (RFC 6901)."""
        return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in self.keys)


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a rule is broken, and how, in one sentence."""

    at: At
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is wrong in a definition. `says` is the rule itself, for its table."""

    code: str
    severity: str
    says: str
    check: Callable[[Subject], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken at a place."""

    severity: str
    code: str
    at: At
    message: str

    def to_json(self) -> dict[str, str]:
        return {
            "severity": self.severity,
            "code": self.code,
            "path": str(self.at),
            "message": self.message,
        }


def at(place: PurePosixPath, *keys: str | int) -> At:
    return At(place, keys)
