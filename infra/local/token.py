"""`teller token`: signs a demo customer in for one Lex session, for SDKs on this machine.

On AWS the channel API signs after the bank's identity provider has spoken. Here whoever may read
the embedded Secrets Manager may sign, which is whoever sits at this machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections.abc import Sequence
from datetime import timedelta

from bot.channels.keys import SecretsManagerKeys
from bot.channels.tokens import Grant, mint_identity_token
from infra.local.children import answers
from infra.local.demo_bank import demo_customers
from infra.local.settings import read_settings
from infra.local.stack import SECRET_NAME, aws_client

LIFETIME = timedelta(minutes=5)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints a token to pass as the request attribute `x-teller-identity`."""
    people = [life.customer_id for life in demo_customers()]
    parser = argparse.ArgumentParser(
        prog="teller token",
        description="Print a token, good for five minutes, that signs a demo customer in to one "
        "Lex session: pass it to RecognizeText as the request attribute x-teller-identity.",
    )
    parser.add_argument("--customer", required=True, choices=people)
    parser.add_argument("--session", required=True, help="the sessionId that you pass to Lex")
    given = parser.parse_args(argv)
    settings = read_settings(os.environ)
    if not answers(f"{settings.endpoint}/health"):
        sys.stderr.write("teller token: the bank is not running; start it: make run\n")
        return 1
    now = settings.now
    key = SecretsManagerKeys(
        aws_client("secretsmanager", settings), SECRET_NAME, lambda: now
    ).current()
    grant = Grant(given.customer, given.session, now + LIFETIME)
    token = mint_identity_token(grant, key, now, LIFETIME, uuid.uuid4().hex)
    sys.stdout.write(f"{token}\n")
    return 0
