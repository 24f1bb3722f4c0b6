"""Plays every `.chat` file below this folder against a running bank, by the Lex Runtime API."""

from pathlib import Path

import pytest

from bot.conversation.lex_channel import LexChannel
from bot.conversation.parser import load
from bot.conversation.player import play
from infra.local.settings import BOT_ID, TEST_ALIAS_ID
from tests.running_bank import RunningBank
from tests.stack.ledger_view import LedgerView
from tests.stack.phone import RunningPhone
from tests.stack.signing import identity_of
from tests.stack.till import RunningTill

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.rglob("*.chat"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(FOLDER).with_suffix("")))
def test_the_bank_holds_this_conversation(file: Path, bank: RunningBank) -> None:
    conversation = load(file)
    identity = identity_of(bank, conversation.customer)
    channel = LexChannel(
        bank.lex(),
        bot_id=BOT_ID,
        alias_id=TEST_ALIAS_ID,
        locale_id=conversation.locale,
        session_id=f"conversation-{FILES.index(file)}-{file.stem}"[:100],
        identity=lambda session: {**conversation.request_attributes, **identity(session)},
    )
    probe = LedgerView(bank, conversation.customer) if conversation.customer else None
    phone = RunningPhone(bank)
    till = RunningTill(bank, conversation.customer) if conversation.customer else None
    assert [str(one) for one in play(conversation, channel, probe, phone, till)] == []


def test_there_are_conversations_for_what_the_bank_can_do() -> None:
    assert len(FILES) >= 15
