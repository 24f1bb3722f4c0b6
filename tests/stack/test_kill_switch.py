"""An intent of the running bank is switched off, and on again, without a restart."""

from __future__ import annotations

import os
import subprocess
import sys

from infra.local.settings import BOT_ID, TEST_ALIAS_ID
from tests.running_bank import RunningBank
from tests.stack.signing import identity_of


def switch(bank: RunningBank, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TELLER_HOME": str(bank.settings.home)}
    command = [sys.executable, "-m", "infra.cli", "switch", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def say(bank: RunningBank, text: str) -> str:
    session = "kill-switch"
    answer = bank.lex().recognize_text(
        botId=BOT_ID,
        botAliasId=TEST_ALIAS_ID,
        localeId="en_US",
        sessionId=session,
        text=text,
        requestAttributes=dict(identity_of(bank, "amelia")(session)),
    )
    return str(answer["messages"][0]["content"])


def test_an_intent_that_is_off_is_refused_in_the_middle_of_it_and_moves_nothing(
    bank: RunningBank,
) -> None:
    assert say(bank, "move 10 from checking to savings").startswith("Please check")
    try:
        assert switch(bank, "off", "TransferMoney").returncode == 0
        assert "switched that off" in say(bank, "yes")
        assert "available" in say(bank, "what's in savings")
        assert switch(bank, "list").stdout == "TransferMoney is off\n"
    finally:
        switch(bank, "on", "TransferMoney")
    assert say(bank, "move 10 from checking to savings").startswith("Please check")


def test_what_the_bank_does_not_have_or_must_keep_is_refused(bank: RunningBank) -> None:
    assert "no intent" in switch(bank, "off", "SendMonney").stderr
    assert "stays on" in switch(bank, "off", "TalkToHuman").stderr
