"""`teller chat`: the bank in a terminal, typed by a person or played from a file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.conversation.chat_channel import BankNotRunningError, ChatChannel, ChatRefusedError
from bot.conversation.parser import load
from bot.conversation.player import perform
from bot.conversation.rendering import Style, rendered
from bot.conversation.reply import Button, ConversationChannel
from bot.conversation.script import Conversation

HELP = """\
  a number    choose the button of that number
  \\5          send a number, or anything else, as it is
  /help       these lines
  /quit       leave (so does Ctrl-D)
"""

Read = Callable[[str], str]
Write = Callable[[str], object]


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller chat",
        description="Chat with the running bank, or play a conversation file against it.",
    )
    parser.add_argument("--customer", metavar="ID", help="sign in as this demo customer")
    parser.add_argument("--locale", metavar="L", help="the language to speak, such as en_US")
    parser.add_argument("--script", metavar="FILE", type=Path, help="play a conversation file")
    parser.add_argument(
        "--endpoint",
        metavar="URL",
        default=f"http://127.0.0.1:{os.environ.get('TELLER_PORT', '8700')}",
        help="where the bank is (default: %(default)s)",
    )
    return parser


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 1 when a script is not met; 2 when there is nothing to talk to."""
    options = _arguments().parse_args(argv)
    try:
        if options.script is not None:
            return _play(load(options.script), options)
        channel = ChatChannel(options.endpoint, options.locale)
        name = channel.sign_in(options.customer)
        greeting = f"You are signed in as {name}." if name else "You are not signed in."
        return chat(channel, input, _write, Style.for_stream(sys.stdout), greeting)
    except BankNotRunningError as fault:
        return _fail(f"The bank is not running: {fault}. `make run` or `teller run` starts it.")
    except ChatRefusedError as refused:
        return _fail(f"The bank refused: {refused.message}")
    except (OSError, ValueError) as fault:
        return _fail(str(fault))


def _play(conversation: Conversation, options: argparse.Namespace) -> int:
    channel = ChatChannel(options.endpoint, options.locale or conversation.locale)
    channel.sign_in(options.customer or conversation.customer)
    playback = perform(conversation, channel)
    for mismatch in playback.mismatches:
        _write(f"{mismatch}\n")
    turns, missed = len(conversation.turns), len(playback.mismatches)
    _write(f"{conversation.title}: {_count(turns, 'turn')}, {_count(missed, 'mismatch', 'es')}\n")
    if playback.unchecked:
        lines = ", ".join(str(line) for line in playback.unchecked)
        sys.stderr.write(f"Not checked, since the chat does not show it: line {lines}.\n")
    return 1 if missed else 0


def _count(number: int, noun: str, ending: str = "s") -> str:
    return f"{number} {noun}{'' if number == 1 else ending}"


def chat(
    channel: ConversationChannel, read: Read, write: Write, style: Style, greeting: str
) -> int:
    """Ask, answer, and again, until the person leaves. Returns the exit status."""
    write(style.quiet(f"{greeting} /help for help, /quit to leave.") + "\n")
    buttons: Sequence[Button] = ()
    while True:
        try:
            typed = read(style.prompt("You: ")).strip()
        except (EOFError, KeyboardInterrupt):
            write("\n")
            return 0
        if typed == "/quit":
            return 0
        if typed in ("/help", "/?"):
            write(HELP)
            continue
        if not typed:
            continue
        reply = channel.say(_meant(typed, buttons))
        write(rendered(reply, style))
        buttons = reply.buttons


def _meant(typed: str, buttons: Sequence[Button]) -> str:
    """What to send for what was typed: a button's value for its number, else the words."""
    if typed.startswith("\\"):
        return typed[1:]
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(buttons):
        return buttons[int(typed) - 1].value
    return typed


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _fail(sentence: str) -> int:
    sys.stderr.write(f"teller chat: {sentence}\n")
    return 2
