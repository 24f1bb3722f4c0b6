"""`python -m tests.fuzz.requests --count 100000`: mutated requests to the Lex Runtime API.

The API stands before the whole of Teller in this process, and is spoken to over HTTP without an
SDK, which would refuse what is sent here. Requests grow out of what a client would send and of what
was answered before. Whatever comes is answered: as the API's model has it, or by an error that says
what is wrong with the request; never by an internal error, never by a code hook that broke.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import http.client
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, urlsplit

from bot.runtime.errors import LexRuntimeError
from bot.runtime.http_api import MAX_BODY_BYTES
from bot.runtime.validation import validate
from bot.runtime.wire_model import operation
from infra.local.settings import BOT_ID, TEST_ALIAS_ID
from tests.fuzz.bank_in_process import BankInProcess, bank_in_process
from tests.fuzz.mutations import TEXTS, mutated
from tests.fuzz.words import WORDS

_LOCALES = ("en_US", "es_US", "en_GB")
_SESSIONS, _REMEMBERED = 12, 64
_WORDS = (
    *(word for said in WORDS.values() for values in said.values.values() for word in values),
    "what is my balance", "send 20 to Marcus", "freeze my card", "yes", "no", "help", "start over",
)  # fmt: skip
_HEADERS = ("x-amz-lex-session-state", "x-amz-lex-request-attributes")
_CONTENT_TYPES = (
    "text/plain; charset=utf-8", "text/plain;charset=utf-8", "audio/l16; rate=16000; channels=1",
    "", "x",
)  # fmt: skip
_UNREADABLE: tuple[bytes, ...] = (
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"text": "a', b"[" * 5_000, b'{"text": 1e999}',
    b'{"text": "\\ud800"}', b'{"text": "hi", "text": "bye"}', b" " * 300_000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    operation: str = "RecognizeText"


@dataclass
class Found:
    """What a run met."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)
    """By what went wrong: the first request that shows it."""
    seconds: float = 0.0

    @property
    def requests(self) -> int:
        return self.statuses.total()


def fuzz(count: int, seed: int) -> Found:
    """`count` requests; the same seed sends the same ones."""
    found, rng, began = Found(), Random(seed), time.monotonic()
    with bank_in_process() as bank:
        writer = _Writer(bank, rng)
        client = _Client(bank.endpoint)
        for locale in _LOCALES:  # is learned when first spoken to
            client.send(Asked("GET", _path(locale, "nobody"), b""))
        for _ in range(count):
            asked = writer.next()
            status, body = client.send(asked)
            found.statuses[status] += 1
            fault = _fault_of(asked, status, body)
            if fault is not None:
                found.faults.setdefault(fault, f"{asked.method} {asked.path} {asked.body[:2000]!r}")
            if status == 200 and asked.operation == "RecognizeText":
                writer.remember(json.loads(body))
        client.close()
        for violation in bank.violations():
            found.faults.setdefault(f"books: {violation}", "")
    found.seconds = time.monotonic() - began
    return found


class _Client:
    """One connection, opened again whenever it was closed on us."""

    def __init__(self, endpoint: str) -> None:
        self._http = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=120)

    def send(self, asked: Asked) -> tuple[int, bytes]:
        """Status and body; 0 and a reason when no answer came on a new connection either."""
        try:
            return self._exchange(asked)
        except (http.client.HTTPException, ConnectionError):
            # The last answer may have closed the connection, as one to a body too long does.
            self._http.close()
        try:
            return self._exchange(asked)
        except (http.client.HTTPException, ConnectionError, TimeoutError) as fault:
            self._http.close()
            return 0, type(fault).__name__.encode()

    def _exchange(self, asked: Asked) -> tuple[int, bytes]:
        self._http.request(asked.method, asked.path, asked.body, dict(asked.headers))
        response = self._http.getresponse()
        return response.status, response.read()

    def close(self) -> None:
        self._http.close()


class _Writer:
    """Writes requests; knows sessions, who speaks in them, and what was answered."""

    def __init__(self, bank: BankInProcess, rng: Random) -> None:
        self._rng, self._answers = rng, list[dict[str, Any]]()
        self._identity = bank.identity_of("amelia")
        self._ways: tuple[Callable[[str], Asked], ...] = (
            self._text, self._text, self._text, self._text, self._put, self._put,
            self._utterance, self._unreadable, self._read, self._delete,
        )  # fmt: skip

    def next(self) -> Asked:
        return self._rng.choice(self._ways)(f"walk-{self._rng.randrange(_SESSIONS)}")

    def remember(self, answer: dict[str, Any]) -> None:
        self._answers.append(answer)
        del self._answers[:-_REMEMBERED]

    def _text(self, session: str) -> Asked:
        body: dict[str, Any] = {
            "text": self._rng.choice(_WORDS), "requestAttributes": dict(self._identity(session)),
        }  # fmt: skip
        if self._answers and self._rng.random() < 0.3:
            body["sessionState"] = self._rng.choice(self._answers).get("sessionState", {})
        if self._rng.random() < 0.6:
            body = mutated(body, self._answers, self._rng)
        return Asked("POST", self._path(session, "/text"), json.dumps(body).encode())

    def _put(self, session: str) -> Asked:
        state = {"intent": {"name": "SendMoney", "slots": {"Amount": None}},
                 "dialogAction": {"type": "ElicitSlot", "slotToElicit": "Amount"},
                 "sessionAttributes": {"a": "b"}, "activeContexts": []}  # fmt: skip
        if self._answers and self._rng.random() < 0.6:
            state = self._rng.choice(self._answers).get("sessionState", state)
        body = mutated(
            {"sessionState": state, "messages": [{"contentType": "PlainText", "content": "hi"}],
             "requestAttributes": {"channel": "web"}},
            self._answers, self._rng,
        )  # fmt: skip
        return Asked("POST", self._path(session), json.dumps(body).encode(), {}, "PutSession")

    def _utterance(self, session: str) -> Asked:
        headers = {
            "content-type": self._rng.choice(_CONTENT_TYPES),
            "response-content-type": self._rng.choice(_CONTENT_TYPES),
        }
        for name in _HEADERS:
            state = self._rng.choice(self._answers).get("sessionState") if self._answers else {}
            part = json.dumps(
                mutated(state or {"channel": "web"}, self._answers, self._rng)
            ).encode()
            packed = base64.b64encode(gzip.compress(part)).decode()
            headers[name] = self._rng.choice((packed, packed[:-7], "@@@", part.hex()[:2000]))
        text = self._rng.choice((*_WORDS, *TEXTS)).encode("utf-8", "surrogatepass")
        return Asked("POST", self._path(session, "/utterance"), text, headers, "RecognizeUtterance")

    def _unreadable(self, session: str) -> Asked:
        body = self._rng.choice(_UNREADABLE)
        return Asked("POST", self._path(session, self._rng.choice(("/text", ""))), body)

    def _read(self, session: str) -> Asked:
        return Asked("GET", self._path(session), b"", {}, "GetSession")

    def _delete(self, session: str) -> Asked:
        return Asked("DELETE", self._path(session), b"", {}, "DeleteSession")

    def _path(self, session: str, tail: str = "") -> str:
        whole = _path(self._rng.choice(_LOCALES), session, tail)
        if self._rng.random() >= 0.15:
            return whole
        parts = whole.split("/")
        odd = self._rng.choice(TEXTS).encode("utf-8", "surrogatepass")
        parts[self._rng.randrange(1, len(parts))] = quote(odd, safe="") or "%20"
        return "/".join(parts)


def _path(locale: str, session: str, tail: str = "") -> str:
    alias = f"/bots/{BOT_ID}/botAliases/{TEST_ALIAS_ID}"
    return f"{alias}/botLocales/{locale}/sessions/{session}{tail}"


def _fault_of(asked: Asked, status: int, body: bytes) -> str | None:
    """What is wrong with an answer, in a sentence; None when nothing is."""
    if status == 0 and len(asked.body) > MAX_BODY_BYTES:
        return None  # answered and closed before it was all sent
    if status == 0:
        return f"{asked.operation}: no answer ({body.decode()})"
    if status >= 500 or status == 424:
        return f"{asked.operation} was answered with {status}: {body[:300]!r}"
    if status != 200 or asked.operation in ("RecognizeUtterance", "PutSession"):
        return None
    try:
        validate(json.loads(body), operation(asked.operation).output)
    except (LexRuntimeError, ValueError) as fault:
        return f"{asked.operation} answered what its model does not have: {fault}"
    return None


def main(argv: Sequence[str] | None = None) -> int:
    """Prints one JSON object; 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.requests")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    found = fuzz(given.count, given.seed)
    for fault, request in found.faults.items():
        sys.stderr.write(f"{fault}\n  {request}\n")
    told = {
        "requests": found.requests, "seconds": round(found.seconds, 1),
        "answered_with": dict(sorted(found.statuses.items())), "faults": sorted(found.faults),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return int(bool(found.faults))


if __name__ == "__main__":
    raise SystemExit(main())
