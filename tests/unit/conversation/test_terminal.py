"""`teller chat`: a person types and reads, or a file is played; a closed bank is said plainly."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.terminal import main
from tests.unit.conversation.fake_bank import FakeBank, open_bank, reply


@pytest.fixture
def bank() -> Iterator[FakeBank]:
    with open_bank() as running:
        yield running


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> list[str]:
    """Type these lines, then end the input; returns the prompts that are shown."""
    left, prompts = list(lines), list[str]()

    def read(prompt: str = "") -> str:
        prompts.append(prompt)
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr(builtins, "input", read)
    return prompts


def said(bank: FakeBank) -> list[str]:
    return [body["text"] for path, body, _ in bank.asked if path == "/chat/messages"]


def test_a_customer_chats_and_leaves(
    bank: FakeBank, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bank.replies = [reply("Hello Maya.", "How can I help?")]
    prompts = typing(monkeypatch, "hi", "/quit")
    assert main(["--customer", "maya", "--endpoint", bank.url]) == 0
    assert capsys.readouterr().out == (
        "You are signed in as Maya Lindqvist. /help for help, /quit to leave.\n"
        "Teller: Hello Maya.\n"
        "Teller: How can I help?\n"
    )
    assert prompts == ["You: ", "You: "]
    assert bank.asked == [
        ("/chat/sign-in", {"customer": "maya"}, None),
        ("/chat/messages", {"text": "hi"}, "Bearer token-of-maya"),
    ]


def test_somebody_who_has_not_signed_in_can_chat(
    bank: FakeBank, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bank.replies = [reply("Hello.")]
    typing(monkeypatch, "hi")
    assert main(["--endpoint", bank.url]) == 0
    assert "You are not signed in." in capsys.readouterr().out
    assert bank.asked[0] == ("/chat/sign-in", {"anonymous": True}, None)
    assert bank.asked[1][2] == "Bearer token-of-nobody"


def test_a_number_chooses_a_button_of_the_last_answer(
    bank: FakeBank, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bank.replies = [
        reply("Which?", buttons=("Checking", "Savings")),
        reply("Which?", buttons=("Checking", "Savings")),
        reply("Which?", buttons=("Checking", "Savings")),
        reply("Done."),
        reply("What?"),
    ]
    typing(monkeypatch, "move money", "3", "\\2", "2", "1")
    assert main(["--customer", "maya", "--endpoint", bank.url]) == 0
    assert said(bank) == ["move money", "3", "2", "the savings one", "1"]
    assert "        [2] Savings\n" in capsys.readouterr().out


def test_empty_lines_and_help_are_not_sent(
    bank: FakeBank, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "", "   ", "/help", "/quit")
    assert main(["--endpoint", bank.url]) == 0
    assert "choose the button of that number" in capsys.readouterr().out
    assert said(bank) == []


def test_a_refused_message_is_shown_and_the_chat_goes_on(
    bank: FakeBank, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    busy = {"error": {"code": "assistant_busy", "message": "I'm a little busy."}}
    bank.replies = [(503, busy), (500, b"<html>"), reply("Hello.")]
    typing(monkeypatch, "hi", "hi", "hi")
    assert main(["--endpoint", bank.url]) == 0
    out = capsys.readouterr().out
    assert "assistant_busy: I'm a little busy.\n" in out
    assert "http_500: Internal Server Error\n" in out
    assert "Teller: Hello.\n" in out


def test_a_bank_that_is_not_running_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--endpoint", "http://127.0.0.1:9"]) == 2
    assert capsys.readouterr().err == (
        "teller chat: The bank is not running: nobody answers at http://127.0.0.1:9."
        " `make run` or `teller run` starts it.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--customer", "nemo"], "The bank refused: We don't know that customer."),
        (["--endpoint", "here"], "an endpoint is a URL like http://127.0.0.1:8700, not here"),
        (["--script", "/no/such/file.chat"], "No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    bank: FakeBank,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    sentence: str,
) -> None:
    assert main(["--endpoint", bank.url, *arguments]) == 2
    assert sentence in capsys.readouterr().err


def script(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "hello.chat"
    path.write_text(text, encoding="utf-8")
    return ["--script", str(path)]


def test_a_script_that_is_met_ends_well(
    bank: FakeBank, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank.replies = [
        reply("Which?", intent="Welcome", buttons=("Checking",)),
        reply("Your balance is $5."),
    ]
    text = """\
as: maya
customer: hi
teller: Which?
  intent: Welcome
  slot account: (none)
customer: [Checking]
teller: ...$5.
  ledger: nothing
"""
    assert main(["--endpoint", bank.url, *script(tmp_path, text)]) == 0
    captured = capsys.readouterr()
    assert captured.out == "hello: 2 turns, 0 mismatches\n"
    assert captured.err == "Not checked, since the chat does not show it: line 5, 8.\n"
    assert bank.asked[0][1] == {"customer": "maya"}
    assert said(bank) == ["hi", "the checking one"]


def test_a_script_that_is_not_met_tells_where_and_fails(
    bank: FakeBank, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank.replies = [reply("Good day.")]
    options = script(tmp_path, "customer: hi\nteller: Hello.\n")
    assert main(["--endpoint", bank.url, *options]) == 1
    out = capsys.readouterr().out
    assert "hello.chat:2: after “hi”\n  expected: Hello.\n  said:     Good day.\n" in out
    assert out.endswith("hello: 1 turn, 1 mismatch\n")


def test_a_script_that_cannot_be_read_names_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(script(tmp_path, "customer: hi\nmood: happy\n")) == 2
    assert "hello.chat:2: mood: is not known here" in capsys.readouterr().err
