"""`teller lex serve`: any Lex V2 export, on the Runtime API, on this machine."""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import socket
import sys
import uuid
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bot.console import create_console
from bot.definition import BotDefinition, DefinitionError, load
from bot.nlu import Ears, UnsupportedSlotTypeError, main_of
from bot.nlu.engines import ENGINES, LIGHT
from bot.runtime.code_hook import CodeHook
from bot.runtime.conversation_log import ConversationLog, opened
from bot.runtime.header_answers import ANSWER_HEADERS, SESSION_ID_HEADER
from bot.runtime.hook_targets import hook_for
from bot.runtime.hosted_bot import TEST_ALIAS_ID, HostedBot, hosted
from bot.runtime.http_api import create_runtime_app
from bot.runtime.lex_runtime import LexRuntime
from bot.web.pages import CONSOLE_PAGE, page_routes

DEFAULT_BOT_ID = "LOCALBOT00"
DEFAULT_PORT = 8710
_BOT_ID = re.compile(r"[0-9a-zA-Z]{10}")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller lex serve",
        description="Serve a Lex V2 export on the Runtime API, at 127.0.0.1.",
    )
    parser.add_argument("path", metavar="PATH", type=Path, help="the export: a folder or a zip")
    parser.add_argument(
        "--code-hook",
        metavar="TARGET",
        help="module:function, the URL of a Lambda invoke endpoint, or a function's ARN",
    )
    parser.add_argument(
        "--python",
        metavar="FILE",
        help="the interpreter that runs module:function, such as .venv/bin/python (default: this)",
    )
    parser.add_argument(
        "--port",
        metavar="N",
        type=_port,
        default=DEFAULT_PORT,
        help="0 takes a free one (default: %(default)s)",
    )
    parser.add_argument(
        "--nlu",
        choices=ENGINES,
        default=LIGHT,
        help="how utterances are understood; encoder needs teller[nlu] (default: %(default)s)",
    )
    parser.add_argument("--password", metavar="TEXT", help="of a zip that has one")
    parser.add_argument("--bot-id", metavar="ID", type=_bot_id, help="10 letters and digits")
    parser.add_argument(
        "--allow-origin",
        metavar="ORIGIN",
        action="append",
        default=[],
        help="let pages of this origin call the API from a browser; may be repeated",
    )
    parser.add_argument(
        "--conversation-logs",
        metavar="FILE",
        type=Path,
        help="append an entry for each turn, in the format of Lex's own logs (JSON lines)",
    )
    return parser


def main(argv: Sequence[str]) -> int:
    """Serve until interrupted. Exit status 0; 2 when the bot cannot be served."""
    options = _arguments().parse_args(argv)
    try:
        definition = load(options.path, options.password)
        bot_id = options.bot_id or bot_id_of(definition)
        listening = socket.create_server(("127.0.0.1", options.port))
    except DefinitionError as fault:
        return _fail(str(fault))
    except OSError as fault:
        return _fail(f"port {options.port} cannot be used: {fault.strerror}")
    with listening:
        try:
            hook = hook_for(options.code_hook, options.python) if options.code_hook else None
            bot = _hosted(bot_id, definition, hook, options.nlu)
        except (UnsupportedSlotTypeError, ValueError) as fault:
            return _fail(str(fault))
        try:
            logs = opened(options.conversation_logs) if options.conversation_logs else None
        except OSError as fault:
            return _fail(f"{options.conversation_logs}: {fault.strerror}")
        with logs or nullcontext():
            return _run(bot, listening, options.allow_origin, logs)


def bot_id_of(definition: BotDefinition) -> str:
    """The id in the export where it is one that the API takes, else `DEFAULT_BOT_ID`."""
    return definition.identifier if _BOT_ID.fullmatch(definition.identifier) else DEFAULT_BOT_ID


def _bot_id(text: str) -> str:
    if not _BOT_ID.fullmatch(text):
        raise argparse.ArgumentTypeError("a bot id is 10 letters and digits")
    return text


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _hosted(
    bot_id: str, definition: BotDefinition, hook: CodeHook | None, engine: str
) -> HostedBot:
    return hosted(bot_id, definition, Ears(definition, engine=engine), hook)


def _run(
    bot: HostedBot, listening: socket.socket, origins: Sequence[str], logs: TextIO | None
) -> int:
    runtime = LexRuntime(
        [bot],
        clock=lambda: datetime.now(UTC),
        rng=random.SystemRandom(),
        new_id=lambda: str(uuid.uuid4()),
    )
    if logs is not None:
        runtime.log.observe(ConversationLog(runtime.bots, logs.write))
    app: Any = Starlette(
        routes=[
            *create_runtime_app(runtime),
            *create_console(runtime),
            *page_routes(CONSOLE_PAGE),
        ],
        # No page of another host may reach the bot by a DNS trick.
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            *cross_origin(origins),
        ],
    )
    config = Config()
    config.loglevel = "WARNING"
    config.graceful_timeout = 1.0
    # Longer than a client keeps a quiet connection, so that none is closed under its request.
    config.keep_alive_timeout = 75
    endpoint = f"http://127.0.0.1:{listening.getsockname()[1]}"
    config.bind = [f"fd://{listening.detach()}"]
    sys.stdout.write(announcement(bot, endpoint))
    sys.stdout.flush()
    try:
        asyncio.run(serve(app, config))
    finally:
        runtime.close()
    return 0


def announcement(bot: HostedBot, endpoint: str) -> str:
    """What is served where and how to call it, then where the test console is."""
    locale = main_of(bot.definition.locales)
    spoken = ", ".join(bot.definition.locales)
    return (
        f"{bot.definition.name} ({spoken}) is at {endpoint}; try:"
        f" boto3.client('lexv2-runtime', endpoint_url='{endpoint}', region_name='us-east-1',"
        " aws_access_key_id='test', aws_secret_access_key='test').recognize_text("
        f"botId='{bot.bot_id}', botAliasId='{TEST_ALIAS_ID}', localeId='{locale}',"
        " sessionId='me', text='hello')\n"
        f"Test console: {endpoint}/console\n"
    )


def cross_origin(origins: Sequence[str]) -> list[Middleware]:
    """What lets pages of these origins, and no others, call the API and read its headers."""
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["*"],
            expose_headers=[
                "x-amzn-requestid",
                "x-amzn-errortype",
                SESSION_ID_HEADER,
                *ANSWER_HEADERS.values(),
            ],
        )
    ]


def _fail(sentence: str) -> int:
    sys.stderr.write(f"teller lex serve: {sentence}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
