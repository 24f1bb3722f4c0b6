"""The stream as API Gateway runs it: events in, frames posted, everything between in a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bot.channels.rates import MemoryRates, Rate
from bot.channels.stream.gateway import Gateway
from bot.channels.stream.journal import Journal, MemoryJournal
from bot.channels.stream.line import Line
from bot.channels.stream.table import Connection, Connections, TableJournal
from bot.channels.table import TableLanguages, TableRates
from bot.channels.tokens import Grant
from tests.aws_in_process import empty_dynamodb
from tests.unit.channels.conftest import Clock
from tests.unit.channels.fake_lex import answer, text
from tests.unit.channels.stream.talking import Rehearsal

TABLE = "teller-chat"


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with empty_dynamodb(monkeypatch) as client:
        client.create_table(
            TableName=TABLE,
            KeySchema=[
                {"AttributeName": "PK", "KeyType": "HASH"},
                {"AttributeName": "SK", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": "PK", "AttributeType": "S"},
                {"AttributeName": "SK", "AttributeType": "S"},
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        yield client


@dataclass
class Posted:
    """Posts into lists; a connection in `gone` is no more."""

    frames: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def post_to_connection(self, *, ConnectionId: str, Data: bytes) -> None:  # noqa: N803
        if ConnectionId in self.gone:
            raise ClientError({"Error": {"Code": "GoneException"}}, "PostToConnection")
        self.frames.setdefault(ConnectionId, []).append(json.loads(Data))

    def delete_connection(self, *, ConnectionId: str) -> None:  # noqa: N803
        self.deleted.append(ConnectionId)

    def to(self, connection_id: str) -> list[str]:
        """What a connection was sent: the kind, with its number if it has one."""
        return [
            f"{one['type']} {one.get('number', '')}".strip()
            for one in self.frames.get(connection_id, ())
        ]


class Api:
    """API Gateway in front of the function."""

    def __init__(self, client: Any) -> None:
        self.town = Rehearsal(journal=TableJournal(client, TABLE))
        self.posted = Posted()
        self.connections = Connections(client, TABLE)
        self.gateway = Gateway(
            self.town.talk, self.connections, self.posted, MemoryRates(lambda: 0.0)
        )

    def route(
        self, route: str, connection_id: str, body: str | None = None, open_for_ms: int = 0
    ) -> dict[str, Any]:
        context = {
            "routeKey": route,
            "connectionId": connection_id,
            "connectedAt": 1_000,
            "requestTimeEpoch": 1_000 + open_for_ms,
            "identity": {"sourceIp": "203.0.113.9"},
        }
        return self.gateway.handle({"requestContext": context, "body": body})

    def send(self, connection_id: str, **frame: Any) -> None:
        self.route("$default", connection_id, json.dumps(frame))

    def enter(self, connection_id: str, after: int | None = None) -> None:
        self.send(connection_id, type="hello", token=self.town.token, after=after)

    def ring(self, customer_id: str) -> None:
        body = json.dumps({"customer": customer_id})
        assert self.gateway.handle({"Records": [{"body": body}]}) == {"batchItemFailures": []}


@pytest.fixture
def api(table: Any) -> Api:
    return Api(table)


def test_a_turn_is_typed_at_and_answered_to_everybody_in_the_session(api: Api) -> None:
    api.enter("c-1")
    api.enter("c-2")
    api.send("c-1", type="say", id="message-1", text="hi")
    assert api.posted.to("c-1") == ["ready", "typing", "reply 1"]
    assert api.posted.to("c-2") == ["ready", "reply 1"]


def test_a_ring_pushes_news_once_and_the_next_turn_does_not_repeat_it(api: Api) -> None:
    def turn() -> Mapping[str, Any]:
        return answer(text(f"{api.town.board.tell_in_a_turn()} Hello."))

    api.town.lex.script["hi"] = turn
    api.enter("c-1")
    api.town.board.said.append("It is on its way.")
    api.ring("amelia")
    api.ring("amelia")
    api.ring("nobody")
    assert api.posted.to("c-1") == ["ready", "news 1"]
    api.send("c-1", type="say", id="message-1", text="hi")
    assert api.posted.frames["c-1"][-1]["messages"][0]["content"] == " Hello."


def test_who_comes_back_gets_what_was_missed(api: Api) -> None:
    api.enter("c-1")
    api.send("c-1", type="say", id="message-1", text="one")
    api.posted.gone.add("c-1")
    api.town.board.said.append("It is on its way.")
    api.ring("amelia")
    # The post that failed forgot the connection: nobody tries it again.
    assert api.connections.of_customer("amelia") == []
    api.enter("c-2", after=1)
    assert api.posted.to("c-2") == ["ready", "news 2"]
    api.send("c-2", type="resume", after=0)
    assert api.posted.to("c-2")[2:] == ["reply 1", "news 2"]


def test_a_message_sent_twice_is_said_once(api: Api) -> None:
    for connection in ("c-1", "c-2"):
        api.enter(connection)
        api.send(connection, type="say", id="message-1", text="yes")
    assert len(api.town.lex.turns) == 1


def test_a_connection_that_ended_is_forgotten(api: Api) -> None:
    api.enter("c-1")
    api.route("$disconnect", "c-1")
    assert api.connections.find("c-1") is None
    assert api.connections.of_session(api.town.enter()[0].session_id) == []
    api.route("$disconnect", "c-1")


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ('{"type": "hello", "token": "forged"}', 4401),
        ('{"type": "say", "id": "message-1", "text": "hi"}', 4401),
        ("no json", 4400),
        (None, 4400),
    ],
)
def test_who_does_not_say_who_they_are_is_shut_out(api: Api, first: str | None, code: int) -> None:
    api.route("$default", "c-1", first)
    assert api.posted.frames["c-1"] == [{"type": "closed", "code": code}]
    assert api.posted.deleted == ["c-1"]


def test_who_signed_out_hears_nothing_more(api: Api) -> None:
    api.enter("c-1")
    api.town.chat.sign_out(api.town.token)
    api.town.board.said.append("A secret of Amelia's.")
    api.ring("amelia")
    assert api.posted.to("c-1") == ["ready", "closed"]
    assert api.connections.find("c-1") is None


def test_who_is_verified_in_conversation_is_pushed_to_until_they_are_not(api: Api) -> None:
    api.town.come_in_as_nobody()
    api.enter("c-1")
    api.town.board.said.append("It is on its way.")
    api.ring("amelia")
    assert api.posted.to("c-1") == ["ready"]
    api.town.board.speaker = "amelia"
    api.send("c-1", type="say", id="message-1", text="123456")
    api.town.board.said.append("It has arrived.")
    api.ring("amelia")
    assert api.posted.to("c-1") == ["ready", "typing", "reply 1", "news 2", "news 3"]
    api.town.board.speaker = None
    api.send("c-1", type="say", id="message-2", text="log out")
    assert api.connections.of_customer("amelia") == []
    found = api.connections.find("c-1")
    assert found is not None
    assert found.customer is None
    api.town.board.said.append("A secret of Amelia's.")
    api.ring("amelia")
    assert api.posted.to("c-1")[-1] == "reply 4"


def test_who_stays_silent_too_long_may_say_hello_no_more(api: Api) -> None:
    hello = json.dumps({"type": "hello", "token": api.town.token})
    api.route("$default", "c-1", hello, open_for_ms=10_001)
    assert api.posted.frames["c-1"] == [{"type": "closed", "code": 4408}]
    api.route("$default", "c-2", hello, open_for_ms=10_000)
    assert api.posted.to("c-2") == ["ready"]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_customer_has_eight_connections_and_who_is_gone_has_none(
    api: Api, is_known: bool
) -> None:
    if not is_known:
        api.town.come_in_as_nobody()
    for number in range(8):
        api.enter(f"c-{number}")
    api.enter("c-8")
    assert api.posted.frames["c-8"] == [{"type": "closed", "code": 4429}]
    api.posted.gone.add("c-3")
    api.enter("c-9")
    assert api.posted.to("c-9") == ["ready"]


def test_one_address_opens_sixty_connections_a_minute_and_no_more(api: Api) -> None:
    answers = [api.route("$connect", f"c-{number}")["statusCode"] for number in range(61)]
    assert answers == [200] * 60 + [429]


def test_our_subprotocol_is_named_when_it_is_asked_for(api: Api) -> None:
    context = {"routeKey": "$connect", "connectionId": "c-1"}
    asked = {"requestContext": context, "headers": {"Sec-WebSocket-Protocol": "other, teller.v1"}}
    assert api.gateway.handle(asked)["headers"] == {"Sec-WebSocket-Protocol": "teller.v1"}
    assert api.route("$connect", "c-1") == {"statusCode": 200}


@pytest.fixture(params=["memory", "table"])
def journal(request: pytest.FixtureRequest) -> Journal:
    if request.param == "memory":
        return MemoryJournal()
    return TableJournal(request.getfixturevalue("table"), TABLE)


def test_a_line_is_written_only_where_it_is_as_it_was_read(journal: Journal, clock: Clock) -> None:
    ends = clock.now + timedelta(hours=1)
    first = Line(number=1, said=("a",), turn="b", turn_ends=clock.now)
    assert journal.read("s-1") is None
    assert journal.write("s-1", None, first, [{"type": "news"}], ends)
    assert not journal.write("s-1", None, Line(number=9), [{"type": "news"}], ends)
    assert not journal.write("s-1", Line(), Line(number=9), [], ends)
    assert journal.read("s-1") == first
    both = [{"type": "reply"}, {"type": "news"}]
    assert journal.write("s-1", first, Line(number=3), both, ends)
    assert [one.frame for one in journal.after("s-1", 0)] == [
        {"type": "news", "number": 1},
        {"type": "reply", "number": 2},
        {"type": "news", "number": 3},
    ]
    assert [one.number for one in journal.after("s-1", 2)] == [3]
    assert journal.after("s-2", 0) == []


def test_a_grant_comes_back_from_the_table_as_it_was(table: Any, clock: Clock) -> None:
    connections = Connections(table, TABLE)
    ends: datetime = clock.now + timedelta(hours=1)
    for number, grant in enumerate(
        (Grant("amelia", "s-1", ends, clock.now, "Amelia"), Grant(None, "s-2", ends))
    ):
        one = Connection(f"c-{number}", grant, grant.customer_id)
        connections.add(one)
        assert connections.find(one.connection_id) == one
        assert connections.of_session(grant.session_id) == [one]
    connections.remove(one)
    assert connections.find("c-1") is None


def test_the_language_of_a_chat_is_known_to_all_functions_while_it_lasts(
    table: Any, clock: Clock
) -> None:
    one, other = (TableLanguages(table, TABLE, timedelta(hours=1), clock) for _ in range(2))
    assert one.last("s-1") is None
    one.note("s-1", "es_US")
    assert [other.last("s-1"), other.last("s-2")] == ["es_US", None]
    one.note("s-1", "en_GB")
    assert other.last("s-1") == "en_GB"
    kept = table.get_item(TableName=TABLE, Key={"PK": {"S": "S#s-1"}, "SK": {"S": "G"}})["Item"]
    assert int(kept["ttl"]["N"]) == int((clock.now + timedelta(minutes=65)).timestamp())


def test_requests_are_counted_by_the_minute_for_all_functions_together(table: Any) -> None:
    now = [120.0]
    rates = [TableRates(table, TABLE, lambda: now[0]) for _ in range(2)]
    rate = Rate(per_minute=3, burst=1)
    assert [rates[n % 2].wait("customer amelia", rate) for n in range(4)] == [0, 0, 0, 60]
    assert rates[0].wait("customer diego", rate) == 0
    now[0] = 180.0
    assert rates[0].wait("customer amelia", rate) == 0


@pytest.fixture
def clock() -> Clock:
    return Clock()
