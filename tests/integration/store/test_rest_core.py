"""The deploy page's example: a held payment ends as a REST core says, whatever is lost between."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from docs.examples.core_banking.rest_core import CoreAnswer, RestCore, settle
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from tests.integration.store.test_holds import SOON, figures, held
from tests.unit.bank.values import to_anna
from tests.unit.docs.pages import ROOT

FILE = ROOT / "docs" / "examples" / "core_banking" / "rest_core.py"
PAGE = ROOT / "docs" / "tutorials" / "deploy.md"


@dataclass
class Core:
    """A core on loopback: each status in turn, the last one for ever; what it was asked."""

    statuses: list[int]
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def serve(self) -> HTTPServer:
        core = self

        class Answers(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                core.asked.append((self.path, json.loads(body)))
                status = core.statuses.pop(0) if len(core.statuses) > 1 else core.statuses[0]
                if status:  # 0 is a connection that is cut
                    self.send_response(status)
                    self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        return HTTPServer(("127.0.0.1", 0), Answers)


@pytest.fixture
def core(request: pytest.FixtureRequest) -> Iterator[tuple[Core, RestCore]]:
    made = Core(list(request.param))
    server = made.serve()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made, RestCore("127.0.0.1", server.server_port)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("core", [[201]], indirect=True)
def test_what_the_core_booked_is_posted_once_however_often_it_is_settled(
    books: Books, core: tuple[Core, RestCore]
) -> None:
    held(books, to_anna("50.00"))
    for _ in range(2):
        assert settle(books, core[1], "q-1", SOON) is CoreAnswer.BOOKED
    assert figures(books) == ("450.00", "20.00", "430.00")
    assert core[0].asked[0] == (
        "/transfers/q-1",
        {"account": "checking", "amountMinor": 5000, "currency": "USD"},
    )
    assert audit(books.client, books.table).violations == []


@pytest.mark.parametrize("core", [[422]], indirect=True)
def test_what_the_core_refused_is_given_back(books: Books, core: tuple[Core, RestCore]) -> None:
    held(books, to_anna("50.00"))
    assert settle(books, core[1], "q-1", SOON) is CoreAnswer.REFUSED
    assert figures(books) == ("500.00", "20.00", "480.00")


@pytest.mark.parametrize("core", [[0, 503, 200]], indirect=True)
def test_an_answer_that_is_lost_leaves_the_money_held_until_the_core_is_asked_again(
    books: Books, core: tuple[Core, RestCore]
) -> None:
    held(books, to_anna("50.00"))
    for _ in range(2):
        assert settle(books, core[1], "q-1", SOON) is CoreAnswer.LATER
        assert figures(books) == ("500.00", "70.00", "430.00")
    assert settle(books, core[1], "q-1", SOON) is CoreAnswer.BOOKED
    assert {path for path, _ in core[0].asked} == {"/transfers/q-1"}
    assert figures(books) == ("450.00", "20.00", "430.00")


def test_the_page_shows_the_example_as_it_is() -> None:
    shown = re.search(
        r"<!-- example: rest_core.py -->\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL
    )
    assert shown is not None
    assert shown[1].strip() in FILE.read_text()
