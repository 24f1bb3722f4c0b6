"""`teller lex requests`: the API calls that make the bot of a definition, in order."""

from __future__ import annotations

import json
import sys
from base64 import b32encode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from bot.definition.commands.options import parser_of, refuse
from bot.definition.lint import lint_export
from bot.definition.load import definition_of
from bot.definition.reading import DefinitionError, read_export
from bot.definition.requests import Reference, Request, Target, requests_of

EXAMPLE_ROLE = "arn:aws:iam::111122223333:role/lex-bot"


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 1 when Lex would refuse the definition; 2 when it cannot be read."""
    parser = parser_of(
        "requests",
        "Print the lexv2-models requests that make the bot, in order. Ids that only Lex can give "
        "are placeholders; `placeholders` says what each stands for.",
    )
    parser.add_argument("--role-arn", metavar="ARN", default=EXAMPLE_ROLE)
    parser.add_argument("--lambda-arn", metavar="ARN", help="the code hook of every locale")
    parser.add_argument("--alias", metavar="NAME", default="live")
    options = parser.parse_args(argv)
    try:
        export = read_export(options.path, options.password)
        bot = definition_of(export.files)
    except DefinitionError as fault:
        return refuse("requests", str(fault))
    errors = lint_export(export).errors
    if errors:
        sys.stderr.write(
            f"teller lex requests: Lex would refuse this definition: {errors[0].at}:"
            f" {errors[0].message} (`teller lex lint` says all)\n"
        )
        return 1
    hooks = dict.fromkeys(bot.locales, options.lambda_arn) if options.lambda_arn else None
    requests = list(requests_of(bot, Target(options.role_arn, options.alias, hooks)))
    sys.stdout.write(_as_json(requests) + "\n" if options.json else _as_text(requests))
    return 0


def placeholder(reference: Reference) -> str:
    """An id in Lex's form that stands for what `reference` will make: always the same one."""
    if reference.kind == "version":
        return "1"
    return b32encode(sha256(str(reference).encode()).digest())[:10].decode()


def _entries(requests: Sequence[Request]) -> list[dict[str, Any]]:
    return [
        {"operation": request.operation, "parameters": request.resolved(placeholder)}
        | ({"creates": str(request.creates)} if request.creates else {})
        for request in requests
    ]


def _as_json(requests: Sequence[Request]) -> str:
    made = [request.creates for request in requests if request.creates]
    whole = {
        "requests": _entries(requests),
        "placeholders": {placeholder(reference): str(reference) for reference in made},
    }
    return json.dumps(whole, ensure_ascii=False)


def _as_text(requests: Sequence[Request]) -> str:
    blocks = [
        f"{entry['operation']}\n{json.dumps(entry['parameters'], indent=2, ensure_ascii=False)}\n"
        for entry in _entries(requests)
    ]
    return "\n".join(blocks)
