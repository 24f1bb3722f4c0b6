"""The offline Lex keeps the rules of Lex V2: every case of `cases/`, against the whole runtime."""

from __future__ import annotations

import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bot.definition import load
from bot.nlu import train
from bot.runtime.hosted_bot import HostedBot, hosted
from tests.conformance.bots import FOLDER as BOTS
from tests.conformance.bots import write_bot
from tests.conformance.cases import Case, all_cases
from tests.conformance.document import PAGE, page
from tests.conformance.offline_lex import OfflineLex, RecordingHook
from tests.conformance.playing import play

BOT_ID = "CONFORMS01"
HOOK = RecordingHook()


@cache
def hosted_bot(name: str) -> HostedBot:
    """The bot, trained once; it is written as an export and loaded like one."""
    with tempfile.TemporaryDirectory() as folder:
        definition = load(write_bot(name, Path(folder)))
    ears = {lang: train(locale, cache_dir=None) for lang, locale in definition.locales.items()}
    return hosted(BOT_ID, definition, ears, HOOK)


def _name(case: Case) -> str:
    return f"{case.file}-{case.rule}"


@pytest.mark.parametrize("case", all_cases(), ids=_name)
def test_the_offline_lex_keeps_the_rule(case: Case) -> None:
    bot = hosted_bot(case.bot)
    [locale] = bot.definition.locales
    HOOK.seen = []
    lex = OfflineLex(bot, HOOK, locale, case.rule.replace(" ", "-")[:90])
    try:
        assert play(case.turns, lex) == []
        assert lex.shape_faults == []
    finally:
        lex.close()


def test_every_rule_has_a_name_of_its_own() -> None:
    names = Counter(case.rule for case in all_cases())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_bot_is_used() -> None:
    assert {case.bot for case in all_cases()} == {path.stem for path in BOTS.glob("*.yaml")}


def test_the_table_of_rules_in_the_docs_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
