"""The bot understands at least what it understood: sentences that no sample was written for.

After a change for the better, keep it:
`teller lex evaluate lex_definitions --test-set tests/evaluation/teller_en_US.csv
--now 2026-11-23T15:00:00+00:00 --baseline tests/evaluation/teller_en_US.json --update-baseline`
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.definition import load
from bot.evaluation.command import main
from bot.nlu.words import normal
from tests.learned import LEARNED

HERE = Path(__file__).parent
DEFINITIONS = HERE.parents[1] / "lex_definitions"
NOW = "2026-11-23T15:00:00+00:00"
LOCALES = ["en_GB", "en_US", "es_US"]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_that_was_understood_is_lost(
    locale: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(
        [
            str(DEFINITIONS), "--locale", locale, "--now", NOW, "--json",
            "--test-set", str(HERE / f"teller_{locale}.csv"),
            "--baseline", str(HERE / f"teller_{locale}.json"), "--learned", str(LEARNED),
        ]
    )  # fmt: skip
    assert capsys.readouterr().err == ""
    assert status == 0


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_of_the_set_is_a_sample_of_the_bot(locale: str) -> None:
    samples = {
        normal(utterance)
        for intent in load(DEFINITIONS).locales[locale].intents.values()
        for utterance in intent.utterances
    }
    with (HERE / f"teller_{locale}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Conversation #"] == "N/A"]
    assert [row["Input"] for row in rows if normal(row["Input"]) in samples] == []


@pytest.mark.parametrize("locale", ["en_US", "es_US"])
def test_every_intent_has_a_sentence_in_the_set(locale: str) -> None:
    with (HERE / f"teller_{locale}.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["Expected Output Intent"] for row in csv.DictReader(file)}
    followed_up = {"CheckBalanceFollowUp", "TotalsFollowUp"}  # need an answer before them
    assert set(load(DEFINITIONS).locales[locale].intents) - wanted <= followed_up
