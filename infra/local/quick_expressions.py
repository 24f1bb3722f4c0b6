"""Lets the embedded DynamoDB read an expression once, not once for each item it is held against.

A query of the emulator holds its key condition against every item of the partition, and each time
splits it into tokens and checks its grammar anew: of the 54 microseconds an item takes, 43. What is
remembered here depends on the expression's text alone, so that no answer can differ.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any

_REMEMBERED = 2048
"""Expressions: a function has some dozens, and conditions on lists have one for each length."""


def read_expressions_once() -> Any:
    """Has the emulator's DynamoDB remember what it read; returns its module. Harmless when twice.

    Raises `AttributeError` when the emulator has no such parts any more.
    """
    dynamodb: Any = importlib.import_module("ministack.services.dynamodb")
    tokens_of, parentheses = dynamodb._tokenize, dynamodb._check_redundant_parens
    keywords, syntax = dynamodb._check_reserved_keyword_usage, dynamodb._condition_syntax_error
    by_tokens = lru_cache(_REMEMBERED)(keywords)

    @lru_cache(_REMEMBERED)
    def tokens(expression: str) -> tuple[Any, ...]:
        # A tuple: nobody can change what others will read.
        return tuple(tokens_of(expression))

    dynamodb._tokenize = tokens
    dynamodb._check_redundant_parens = lru_cache(_REMEMBERED)(parentheses)
    # It is also asked about lists of tokens, which cannot be remembered by.
    dynamodb._check_reserved_keyword_usage = lambda asked: by_tokens(tuple(asked))
    dynamodb._condition_syntax_error = lru_cache(_REMEMBERED)(syntax)
    return dynamodb
