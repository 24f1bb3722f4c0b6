"""Parses the condition expressions of a definition.

    {age} >= 21 AND NOT ([plan] = "basic" || fn.IS_NULL({coupon})) OR {toppings} CONTAINS "ham"

AND binds closer than OR, NOT closest; words in any case. Source: developer guide, "Add conditions
to branch conversations".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

FUNCTIONS = {"COUNT": 1, "IS_NULL": 1, "IS_SET": 1, "LENGTH": 1, "CONTAINS": 2}
"""Functions and how many arguments they take. IS_SET is in exports, though not in the guide."""


class ConditionError(ValueError):
    """The expression cannot be parsed; says what was found where."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`text` as it was written, brackets included."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant. `value` None is the word null; `is_number` where it was written unquoted."""

    value: str | None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Operand, ...]


Operand = Reference | Literal | Call


@dataclass(frozen=True, slots=True)
class Comparison:
    left: Operand
    operator: str
    right: Operand


@dataclass(frozen=True, slots=True)
class Not:
    of: Expression


@dataclass(frozen=True, slots=True)
class Both:
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Either:
    left: Expression
    right: Expression


Expression = Comparison | Call | Literal | Reference | Not | Both | Either

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|“[^”]*”)
    | (?P<number>[+-]?\d+(?:\.\d+)?(?![\w.]))
    | (?P<reference>\{[^{}]+\}|\[[^\[\]]+\]|\(\(\s*[\w.:-]+\s*\)\)|\#[\w-]+\.[\w-]+|\$\.[\w.-]+)
    | (?P<function>fn\.\w+)
    | (?P<operator>!=|<=|>=|==|=|<|>)
    | (?P<sign>&&|\|\||!|\(|\)|,)
    | (?P<word>[A-Za-z_]+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = {"AND": "&&", "OR": "||", "NOT": "!"}


@lru_cache(maxsize=4096)
def parse(expression: str) -> Expression:
    """The expression's tree. Raises `ConditionError`."""
    parser = _Parser(list(_tokens(expression)))
    tree = parser.either()
    if parser.kind != "end":
        raise ConditionError(f"unexpected {parser.text!r}")
    return tree


def _tokens(expression: str) -> Iterator[tuple[str, str]]:
    text, position = expression.rstrip(), 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise ConditionError(f"unexpected {text[position:].strip()[:12]!r}")
        kind, found, position = match.lastgroup, match.group(match.lastgroup), match.end()
        if kind == "word":
            yield _word(found.upper())
        else:
            yield kind, found
    yield "end", "the end"


def _word(word: str) -> tuple[str, str]:
    if word in _WORDS:
        return "sign", _WORDS[word]
    if word == "CONTAINS":
        return "operator", word
    if word in ("TRUE", "FALSE", "NULL"):
        return "constant", word.lower()
    raise ConditionError(f"unexpected word {word}")


class _Parser:
    """Recursive descent over the tokens, deepest 50 levels."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def text(self) -> str:
        return self._tokens[self._at][1]

    def either(self) -> Expression:
        left = self._both()
        while self._accept("||"):
            left = Either(left, self._both())
        return left

    def _both(self) -> Expression:
        left = self._not()
        while self._accept("&&"):
            left = Both(left, self._not())
        return left

    def _not(self) -> Expression:
        self._depth += 1
        if self._depth > 50:
            raise ConditionError("too many levels")
        try:
            return Not(self._not()) if self._accept("!") else self._primary()
        finally:
            self._depth -= 1

    def _primary(self) -> Expression:
        if self._accept("("):
            inner = self.either()
            self._expect(")")
            return inner
        left = self._operand()
        if self.kind != "operator":
            return left
        operator = self._next()
        return Comparison(left, "=" if operator == "==" else operator, self._operand())

    def _operand(self) -> Operand:
        kind, text = self._tokens[self._at]
        if kind not in ("string", "number", "reference", "function", "constant"):
            raise ConditionError(f"a value was expected instead of {text!r}")
        self._at += 1
        if kind == "function":
            return self._call(text[3:].upper())
        if kind == "reference":
            return Reference(re.sub(r"\s", "", text))
        if kind == "number":
            return Literal(text, is_number=True)
        if kind == "constant":
            return Literal(None if text == "null" else text)
        return Literal(re.sub(r"\\(.)", r"\1", text[1:-1]))

    def _call(self, name: str) -> Call:
        if name not in FUNCTIONS:
            raise ConditionError(f"unknown function fn.{name}")
        self._expect("(")
        arguments = [self._operand()]
        while self._accept(","):
            arguments.append(self._operand())
        self._expect(")")
        if len(arguments) != FUNCTIONS[name]:
            raise ConditionError(f"fn.{name} takes {FUNCTIONS[name]} arguments")
        return Call(name, tuple(arguments))

    def _accept(self, sign: str) -> bool:
        found = self.kind == "sign" and self.text == sign
        self._at += found
        return found

    def _expect(self, sign: str) -> None:
        if not self._accept(sign):
            raise ConditionError(f"{sign!r} was expected instead of {self.text!r}")

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][1]
