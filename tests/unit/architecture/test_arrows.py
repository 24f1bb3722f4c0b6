"""Imports run one way, modules stay small, and every intent has somebody who answers it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from bot.definition import BotLocale, load
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.lex import LexResolver, Route

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted(
    path.relative_to(ROOT)
    for room in ("bot", "fulfillment", "infra", "models")
    for path in (ROOT / room).rglob("*.py")
)
_SHARED = {"client_config", "clock", "settings", "switches"}
# What each room of `fulfillment` may import of `fulfillment`.
ARROWS = {
    "bank": {"bank"},
    "lex": {"lex"},
    "identity": {"identity"},
    "replies": {"bank", "lex", "replies"},
    "store": {"bank", "store"} | _SHARED,
    "fraud": {"fraud", "bank", "store"} | _SHARED,
    "remediation": {"remediation", "alerts", "store"} | _SHARED,
    "alerts": {"alerts", "bank", "store"} | _SHARED,
    "feed": {"feed", "bank", "fraud", "alerts", "store"} | _SHARED,
    "personalization": {"personalization", "bank", "fraud", "store"} | _SHARED,
    "conversations": {
        "conversations",
        "bank",
        "fraud",
        "personalization",
        "alerts",
        "store",
        "replies",
        "lex",
        "identity",
    }
    | _SHARED,
    "handlers": {
        "handlers",
        "conversations",
        "bank",
        "fraud",
        "personalization",
        "alerts",
        "store",
        "lex",
        "identity",
        "feed",
        "remediation",
    }
    | _SHARED,
    "switches": {"switches"},
    "client_config": set(),
    "clock": set(),
    "settings": set(),
}


def imports(path: Path) -> Iterator[str]:
    """Every module that `path` imports, wherever in it, by its whole name."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by relative path"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str:
    return name.split(".")[1].removesuffix(".py")


def test_the_walk_sees_imports_at_the_top_in_functions_and_of_names() -> None:
    seen = set(imports(Path("fulfillment/handlers/lex.py")))
    assert "fulfillment.conversations.app.build_app" in seen
    assert "botocore.session" in seen


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_run_one_way(path: Path) -> None:
    ours = {
        name
        for name in imports(path)
        if name.split(".")[0] in ("bot", "fulfillment", "infra", "models", "tests")
    }
    if path.parts[0] == "bot":
        assert {name for name in ours if not name.startswith("bot.")} == set()
    elif path.parts[0] == "fulfillment" and path.name != "__init__.py":
        room = path.parts[1].removesuffix(".py")
        rooms = {room_of(name) for name in ours if name.startswith("fulfillment.")}
        assert rooms <= ARROWS[room]
        assert {name for name in ours if not name.startswith("fulfillment.")} == set()
    elif path.parts[0] == "models":
        # A feature is defined once, where it is served.
        allowed = ("models.", "fulfillment.fraud.", "fulfillment.personalization.")
        assert {name for name in ours if not name.startswith(allowed)} == set()
    else:
        assert {name for name in ours if name.startswith("tests.")} == set()


@pytest.mark.parametrize("room", ["bank", "lex", "identity", "replies"])
def test_the_pure_rooms_read_no_clock_and_no_environment(room: str) -> None:
    for path in (ROOT / "fulfillment" / room).rglob("*.py"):
        calls = {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
        }
        forbidden = {"datetime.now", "date.today", "time.time", "os.getenv", "random.random"}
        assert calls & forbidden == set(), path.name


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_is_longer_than_three_hundred_lines(path: Path) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= 300


def _app() -> LexResolver:
    # Books and keys are none: building the app must not touch them.
    nothing = cast("Any", None)
    return build_app(Deps(nothing, nothing, lambda: datetime(2026, 1, 1, tzinfo=UTC), lambda: "1"))


@pytest.mark.parametrize(
    "locale", load(ROOT / "lex_definitions").locales.values(), ids=lambda bot: bot.locale_id
)
def test_every_intent_with_a_hook_has_a_function_and_every_function_an_intent(
    locale: BotLocale,
) -> None:
    hooked = {
        intent.name: [slot.name for slot in intent.slots]
        for intent in locale.intents.values()
        if intent.dialog_hook or intent.fulfillment_hook
    }
    app = _app()
    assert app.check(hooked) == []
    for intent in locale.intents.values():
        if intent.fulfillment_hook:
            assert app.find(Route("FulfillmentCodeHook", intent.name)) is not None
        if intent.dialog_hook:
            assert app.find(Route("DialogCodeHook", intent.name)) is not None


def test_the_lex_resolver_needs_nothing_of_the_bank_and_no_package_but_pydantic() -> None:
    for path in (ROOT / "fulfillment" / "lex").glob("*.py"):
        roots = {name.split(".")[0] for name in imports(path.relative_to(ROOT))}
        assert roots - sys.stdlib_module_names <= {"fulfillment", "pydantic"}
