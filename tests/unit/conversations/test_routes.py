"""A conversation is loaded at its first intent: what the table says of it has to be so."""

from __future__ import annotations

from types import ModuleType

import pytest

from fulfillment.conversations.routes import CONVERSATIONS
from fulfillment.lex import Router


@pytest.mark.parametrize(
    ("module", "intents"), CONVERSATIONS.items(), ids=lambda one: getattr(one, "__name__", "")
)
def test_the_table_names_what_each_conversation_answers(
    module: ModuleType, intents: tuple[str, ...]
) -> None:
    router: Router = module.router
    assert router.intents() == set(intents)
    assert len(set(intents)) == len(intents)
