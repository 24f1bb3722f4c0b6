"""Which requests the console refuses."""

from __future__ import annotations

import json

import pytest

from bot.console.guard import LARGEST_BODY
from tests.unit.console.conftest import BOT_ID, Bench

TURN = json.dumps(
    {"botId": BOT_ID, "aliasId": "TSTALIASID", "localeId": "en_US", "sessionId": "ab", "text": "hi"}
).encode()
JSON = {"content-type": "application/json"}


def post(bench: Bench, body: bytes, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return bench.client.send("POST", "/console/api/turns", [body], {**JSON, **named}).status


def test_its_own_page_and_a_script_are_answered(bench: Bench) -> None:
    own = {"host": "127.0.0.1:8700", "origin": "http://127.0.0.1:8700"}
    assert post(bench, TURN, **own, sec_fetch_site="same-origin") == 200
    assert post(bench, TURN) == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "host": "127.0.0.1:8700"},
        {"origin": "null", "host": "127.0.0.1:8700"},
        {"origin": "http://127.0.0.1:9999", "host": "127.0.0.1:8700"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_page_of_another_origin_is_refused(bench: Bench, headers: dict[str, str]) -> None:
    assert post(bench, TURN, **headers) == 403
    assert bench.get("/turns")["turns"] == []


def test_reading_from_another_site_is_refused_too(bench: Bench) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert bench.client.get("/console/api/turns", headers).status == 403


def test_a_form_cannot_send_a_turn(bench: Bench) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        headers = {"content-type": kind}
        assert bench.client.send("POST", "/console/api/turns", [TURN], headers).status == 415


def test_what_is_no_turn_is_told_in_one_sentence(bench: Bench) -> None:
    assert post(bench, b"{") == 400
    refused = bench.client.post("/console/api/turns", {"botId": BOT_ID})
    assert refused.status == 400
    assert refused.json["message"] == "aliasId: Field required"
    assert post(bench, b" " * (LARGEST_BODY + 1)) == 413


def test_answers_are_neither_stored_nor_framed(bench: Bench) -> None:
    headers = bench.client.get("/console/api/bots").headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
