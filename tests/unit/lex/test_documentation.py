"""The resolver's page runs: its examples are files, and stand in it word for word."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

from docs.examples.lex_resolver import coffee, routers
from fulfillment.lex.testing import lex_event

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "lex-resolver.md"
EXAMPLES = ROOT / "docs" / "examples" / "lex_resolver"
_EXAMPLE = re.compile(r"<!-- example: (\w+\.py) -->\n```python\n(.*?)```\n", re.DOTALL)


def test_every_example_of_the_page_is_its_file() -> None:
    shown = dict(_EXAMPLE.findall(PAGE.read_text(encoding="utf-8")))
    assert set(shown) == {"coffee.py", "routers.py"}
    for name, code in shown.items():
        assert code == (EXAMPLES / name).read_text(encoding="utf-8")


def test_the_test_on_the_page_passes() -> None:
    page = _EXAMPLE.sub("", PAGE.read_text(encoding="utf-8"))
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, str(PAGE), "exec"), {})  # noqa: S102 - our own page


def test_the_coffee_counter_asks_judges_brews_and_remembers() -> None:
    asked = coffee.handler(lex_event("OrderCoffee", {"size": None, "cups": None}), None)
    assert "Which size?" in str(asked["messages"])
    many = coffee.app.resolve(lex_event("OrderCoffee", {"size": "large", "cups": "007"}))
    assert many["sessionState"]["intent"]["slots"]["cups"]["value"]["interpretedValue"] == "7"
    event = lex_event("OrderCoffee", {"size": "large"}, source="FulfillmentCodeHook")
    event["sessionState"]["sessionAttributes"] = {"coffees": "2"}
    brewed = coffee.app.resolve(event)
    assert brewed["sessionState"]["sessionAttributes"] == {"coffees": "3"}


def test_the_routers_answer_by_label_role_and_exception() -> None:
    app = routers.app
    labelled = app.resolve(lex_event("OrderCoffee", {"cups": None}, label="sizeHook"))
    assert labelled["sessionState"]["dialogAction"]["slotToElicit"] == "cups"
    guest = app.resolve(lex_event("Restock"))
    assert guest["messages"][0]["content"] == "Please ask the staff."
    staff = app.resolve(lex_event("Restock"), SimpleNamespace(role="staff"))
    assert staff["sessionState"]["dialogAction"] == {"type": "Delegate"}
    empty = app.resolve(lex_event("OrderCoffee", source="FulfillmentCodeHook"))
    assert empty["requestAttributes"] == {"menu": "tea"}
    assert app.resolve(lex_event("Tea"))["messages"][0]["content"] == "I only serve coffee."
    assert routers.faults() == []
