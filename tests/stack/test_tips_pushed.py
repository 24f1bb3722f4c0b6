"""A tip in an open chat of the running bank: through feed, stream, inbox and socket."""

from __future__ import annotations

import json
import re
import urllib.request

from bot.conversation.script import PayByCard
from infra.local.stream_client import StreamClient, stream_of
from tests.running_bank import RunningBank
from tests.stack.eventually import eventually
from tests.stack.ledger_view import books_of
from tests.stack.opening_books import OpeningBooks
from tests.stack.till import RunningTill

TICKET = PayByCard(1_240, "USD", "Lantern Cinema", "debit")


def _signed_in(bank: RunningBank, customer: str) -> str:
    request = urllib.request.Request(
        f"{bank.endpoint}/chat/sign-in",
        json.dumps({"customer": customer}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["access_token"])


def _say(chat: StreamClient, number: int, text: str) -> str:
    chat.send(type="say", id=f"message-{number:04}", text=text)
    return _words(chat.await_frame("reply"))


def _words(frame: dict[str, object]) -> str:
    messages = frame["messages"]
    assert isinstance(messages, list)
    return " ".join(one.get("content", "") for one in messages)


def _agree(chat: StreamClient) -> None:
    _say(chat, 1, "turn on personal offers")
    assert "tips are on" in _say(chat, 2, "yes")


# Which it is depends on when the stream looks: after the first ticket, or after the second.
TOLD = re.compile(r"By the way: .+ charged \$[\d.]+ twice on ")


def test_a_second_ticket_is_told_in_the_quiet_chat_and_not_again(
    bank: RunningBank, books: OpeningBooks
) -> None:
    till = RunningTill(bank, "amelia")
    with stream_of(bank.settings.port, _signed_in(bank, "amelia")) as chat:
        _agree(chat)
        assert [till.ask(TICKET) for _ in range(2)] == ["allow", "allow"]
        assert TOLD.match(_words(chat.await_frame("news")))
        assert "By the way" not in _say(chat, 3, "what's my balance in everyday checking")


def test_in_the_middle_of_a_payment_it_waits_for_the_end(
    bank: RunningBank, books: OpeningBooks
) -> None:
    bank_books, till = books_of(bank), RunningTill(bank, "elias")
    with stream_of(bank.settings.port, _signed_in(bank, "elias")) as chat:
        _agree(chat)
        assert "Which account" in _say(chat, 3, "send 20 to Sofia")
        before = bank_books.customer("elias").messages
        assert [till.ask(TICKET) for _ in range(2)] == ["allow", "allow"]
        eventually(lambda: bank_books.customer("elias").messages > before)
        assert "By the way" not in _say(chat, 4, "how much is in personal checking")
        assert TOLD.search(_say(chat, 5, "cancel"))
