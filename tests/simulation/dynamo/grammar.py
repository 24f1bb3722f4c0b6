"""DynamoDB's expression language, as far as these books speak it: text to a tree, or an error.

Source: Amazon DynamoDB developer guide, "Condition and filter expressions, operators, and
functions" and "Update expressions". What is not understood raises: a model that guesses proves
nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path as FilePath

from tests.simulation.dynamo.errors import invalid

_TOKEN = re.compile(r"\s*(?:([#:]?[A-Za-z_][A-Za-z0-9_]*)|(<>|<=|>=|[=<>(),+\-]))")
_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_KEYWORDS = frozenset({"AND", "OR", "NOT", "IN", "BETWEEN", "SET", "ADD", "REMOVE", "DELETE"})
_FUNCTIONS = frozenset({"attribute_exists", "attribute_not_exists", "begins_with"})
# The words that AWS reserves, in the list that moto keeps of them.
_LIST = FilePath(find_spec("moto").origin).parent / "dynamodb/parsing/reserved_keywords.txt"  # type: ignore[union-attr,arg-type]  # moto is installed
_RESERVED = frozenset(_LIST.read_text().upper().split())


@dataclass(frozen=True)
class Path:
    """An attribute at the top of an item; `name` may be a placeholder (`#exp`)."""

    name: str


@dataclass(frozen=True)
class Value:
    """A placeholder of a value (`:now`)."""

    name: str


Operand = Path | Value


@dataclass(frozen=True)
class Comparison:
    left: Operand
    sign: str
    right: Operand


@dataclass(frozen=True)
class Among:
    value: Operand
    choices: tuple[Operand, ...]


@dataclass(frozen=True)
class Between:
    value: Operand
    low: Operand
    high: Operand


@dataclass(frozen=True)
class Call:
    function: str
    path: Path
    argument: Operand | None = None


@dataclass(frozen=True)
class Not:
    term: Condition


@dataclass(frozen=True)
class All:
    terms: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    terms: tuple[Condition, ...]


Condition = Comparison | Among | Between | Call | Not | All | Either


@dataclass(frozen=True)
class IfNotExists:
    """What `path` has, and `other` where it has nothing: `if_not_exists(path, other)`."""

    path: Path
    other: Operand


@dataclass(frozen=True)
class Sum:
    """`left + right` or `left - right` on the right of a SET; without `sign`, `left` alone."""

    left: Operand | IfNotExists
    sign: str | None = None
    right: Operand | None = None


@dataclass(frozen=True)
class Update:
    """The clauses of an update expression."""

    sets: tuple[tuple[Path, Sum], ...] = ()
    adds: tuple[tuple[Path, Value], ...] = ()
    removes: tuple[Path, ...] = ()


@cache
def condition(text: str) -> Condition:
    """The tree of a condition. Raises a ValidationException for what is not one."""
    parser = _Parser(text)
    tree = parser.either()
    parser.finish()
    return tree


@cache
def update(text: str) -> Update:
    """The clauses of an update. Raises a ValidationException for what is not one."""
    parser = _Parser(text)
    found = parser.update()
    parser.finish()
    return found


@cache
def placeholders(text: str) -> frozenset[str]:
    """Every `#name` and `:value` in an expression."""
    return frozenset(token for token in _tokens(text) if token[0] in "#:")


@cache
def _tokens(text: str) -> tuple[str, ...]:
    found, position = [], 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise invalid(f"a syntax error near {stripped[position : position + 10]!r}")
        found.append(match.group(1) or match.group(2))
        position = match.end()
    return tuple(found)


class _Parser:
    def __init__(self, text: str) -> None:
        self._left = list(reversed(_tokens(text)))
        if not self._left:
            raise invalid("the expression is empty")

    def finish(self) -> None:
        if self._left:
            raise invalid(f"a syntax error at {self._left[-1]!r}")

    # --- conditions, the loosest binding first ---

    def either(self) -> Condition:
        terms = [self._all()]
        while self._taken("OR"):
            terms.append(self._all())
        return terms[0] if len(terms) == 1 else Either(tuple(terms))

    def _all(self) -> Condition:
        terms = [self._term()]
        while self._taken("AND"):
            terms.append(self._term())
        return terms[0] if len(terms) == 1 else All(tuple(terms))

    def _term(self) -> Condition:
        if self._taken("NOT"):
            return Not(self._term())
        if self._taken("("):
            inner = self.either()
            self._expect(")")
            return inner
        if self._peek() in _FUNCTIONS:
            return self._call()
        value = self._operand()
        word = self._next()
        if word in _COMPARISONS:
            return Comparison(value, word, self._operand())
        if word.upper() == "BETWEEN":
            low = self._operand()
            if not self._taken("AND"):
                raise invalid("BETWEEN needs AND")
            return Between(value, low, self._operand())
        if word.upper() == "IN":
            self._expect("(")
            return Among(value, tuple(self._several()))
        raise invalid(f"a syntax error at {word!r}")

    def _call(self) -> Call:
        function = self._next()
        self._expect("(")
        path = self._path()
        argument = self._operand() if self._taken(",") else None
        self._expect(")")
        if (function == "begins_with") is (argument is None):
            raise invalid(f"a wrong number of operands of {function}")
        return Call(function, path, argument)

    def _several(self) -> list[Operand]:
        found = [self._operand()]
        while self._taken(","):
            found.append(self._operand())
        self._expect(")")
        return found

    # --- updates ---

    def update(self) -> Update:
        clauses: dict[str, list[object]] = {}
        readers = {"SET": self._set, "ADD": self._add, "REMOVE": self._path}
        while self._left:
            clause = self._next().upper()
            if clause not in readers:
                raise invalid(f"no clause of an update: {clause}")
            if clause in clauses:
                raise invalid(f"{clause} stands twice")
            clauses[clause] = [readers[clause]()]
            while self._taken(","):
                clauses[clause].append(readers[clause]())
        return Update(
            tuple(clauses.get("SET", ())),  # type: ignore[arg-type]  # what `_set` returned
            tuple(clauses.get("ADD", ())),  # type: ignore[arg-type]  # what `_add` returned
            tuple(clauses.get("REMOVE", ())),  # type: ignore[arg-type]  # what `_path` returned
        )

    def _set(self) -> tuple[Path, Sum]:
        path = self._path()
        self._expect("=")
        left = self._kept() if self._peek() == "if_not_exists" else self._operand()
        sign = self._peek()
        if sign not in ("+", "-"):
            return path, Sum(left)
        self._next()
        return path, Sum(left, sign, self._operand())

    def _kept(self) -> IfNotExists:
        self._next()
        self._expect("(")
        path = self._path()
        self._expect(",")
        other = self._operand()
        self._expect(")")
        return IfNotExists(path, other)

    def _add(self) -> tuple[Path, Value]:
        path, value = self._path(), self._operand()
        if not isinstance(value, Value):
            raise invalid("ADD takes a value")
        return path, value

    # --- words ---

    def _operand(self) -> Operand:
        if (self._peek() or "").startswith(":"):
            return Value(self._next())
        return self._path()

    def _path(self) -> Path:
        word = self._next()
        if word.startswith(":") or not re.match(r"#?[A-Za-z_]", word):
            raise invalid(f"a syntax error at {word!r}")
        if word.upper() in _KEYWORDS | _RESERVED:
            raise invalid(f"an attribute name is a reserved keyword: {word}")
        return Path(word)

    def _peek(self) -> str | None:
        return self._left[-1] if self._left else None

    def _next(self) -> str:
        if not self._left:
            raise invalid("the expression ends too soon")
        return self._left.pop()

    def _taken(self, word: str) -> bool:
        if (self._peek() or "").upper() != word:
            return False
        self._left.pop()
        return True

    def _expect(self, word: str) -> None:
        if not self._taken(word):
            raise invalid(f"{word!r} is missing")
