"""The cases against real Lex V2, when asked for: see docs/lex-conformance.md."""

from __future__ import annotations

import json
import os
import uuid

import boto3
import pytest

from tests.conformance.cases import Case, all_cases
from tests.conformance.playing import play
from tests.conformance.real_lex import RealLex

BOTS = "TELLER_LIVE_BOTS"
"""JSON: for each bot of `bots/`, its id and alias, {"flowers": ["ABCDEFGHIJ", "TSTALIASID"]}."""

pytestmark = pytest.mark.live

LIVE = [case for case in all_cases() if case.offline_only is None]


@pytest.mark.parametrize("case", LIVE, ids=lambda case: f"{case.file}-{case.rule}")
def test_real_lex_keeps_the_rule(case: Case) -> None:
    known = json.loads(os.environ.get(BOTS, "{}"))
    if case.bot not in known:
        pytest.skip(f"{BOTS} does not say where the bot {case.bot} is")
    bot, alias = known[case.bot]
    client = boto3.client("lexv2-runtime")
    session = f"conformance-{uuid.uuid4()}"
    assert play(case.turns, RealLex(client, bot, alias, "en_US", session)) == []
