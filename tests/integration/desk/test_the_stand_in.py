"""The bank's own Slack client on the stand-in, over HTTP: every method, and every fault by name."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from fulfillment.alerts.slack import blocks
from fulfillment.alerts.slack.client import (
    MessageGoneError,
    Posted,
    SlackAwayError,
    SlackBusyError,
    SlackLockedError,
    SlackRefusedError,
    WebApi,
)
from fulfillment.alerts.slack.requests import (
    NotFromSlackError,
    click_of,
    require_signature,
    said_of,
)
from infra.local.slack import faults as slack_faults
from infra.local.slack.block_rules import wrong_with
from infra.local.slack.faults import Faults
from infra.local.slack.routes import slack_routes
from infra.local.slack.sending import Sender
from infra.local.slack.workspace import Person, Workspace
from tests.integration.desk.conftest import Town
from tests.integration.runtime.serving import served

CHANNEL = "C0TELLERDESK"
TOKEN, SIGNING = "xoxb-good", "signing-secret"
SAID = [blocks.section("A case")]


@dataclass
class Bank:
    """Where the stand-in sends what people do; answers with `statuses` in turn, then 200."""

    got: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        body = (await request.body()).decode()
        self.got.append((request.url.path, dict(request.headers), body))
        return PlainTextResponse("", self.statuses.pop(0) if self.statuses else 200)


@dataclass
class StandIn:
    address: str
    workspace: Workspace
    faults: Faults
    bank: Bank

    def desk(self, token: str = TOKEN, timeout_s: int = 10) -> WebApi:
        return WebApi(token, f"{self.address}/slack/api/", timeout_s)

    def shown(self) -> list[str]:
        return [one.text for one in self.workspace.messages if not one.deleted]

    def do(self, what: str, **body: Any) -> dict[str, Any]:
        """Something that a person does on the page."""
        request = urllib.request.Request(
            f"{self.address}/analyst/api/{what}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return dict(json.load(answer))


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A workspace of one analyst, that is slow for a little longer than a second when it is."""
    monkeypatch.setattr(slack_faults, "TIMEOUT_S", 1.2)
    bank, wrong = Bank(), Faults()
    workspace = Workspace([Person("U0SAM", "Sam Okafor", "Analyst")])
    place: list[str] = []
    sender = Sender(lambda: place[0], lambda: SIGNING)
    taking = Route("/slack/{what}", bank.take, methods=["POST"])
    with served([*slack_routes(workspace, wrong, sender, lambda: TOKEN), taking]) as address:
        place.append(address)
        yield StandIn(address, workspace, wrong, bank)


def test_a_case_is_posted_found_changed_and_answered_in_its_thread(slack: StandIn) -> None:
    desk = slack.desk()
    posted = desk.post(CHANNEL, "Open", SAID, case_id="C-1")
    assert desk.find(CHANNEL, "C-1") == posted
    assert desk.find(CHANNEL, "C-2") is None
    desk.update(posted, "Released", SAID)
    desk.post(CHANNEL, "Sam released it.", (), thread=posted.ts)
    desk.whisper(CHANNEL, "U0SAM", "You may not.")
    assert slack.shown() == ["Released", "Sam released it.", "You may not."]
    changed, line, note = slack.workspace.messages
    assert (changed.edited, line.thread_ts, note.only_for) == (True, posted.ts, "U0SAM")


def test_429_says_for_how_long_to_wait(slack: StandIn) -> None:
    slack.do("faults", mode="rate_limited", retry_after=7)
    with pytest.raises(SlackBusyError) as fault:
        slack.desk().post(CHANNEL, "Open", SAID)
    assert fault.value.retry_after == 7
    assert slack.shown() == []


@pytest.mark.parametrize("mode", ["error", "timeout"])
def test_a_fault_of_slack_s_own_has_done_nothing(slack: StandIn, mode: str) -> None:
    slack.do("faults", mode=mode)
    with pytest.raises(SlackAwayError):
        slack.desk(timeout_s=1).post(CHANNEL, "Open", SAID)
    assert (slack.shown(), slack.faults.hit) == ([], 1)
    slack.do("faults", mode="none")
    slack.desk().post(CHANNEL, "Open", SAID)
    assert slack.shown() == ["Open"]


def test_a_post_whose_answer_is_lost_was_made_and_can_be_found(slack: StandIn) -> None:
    slack.do("faults", mode="answer_lost")
    with pytest.raises(SlackAwayError):
        slack.desk(timeout_s=1).post(CHANNEL, "Open", SAID, case_id="C-1")
    slack.do("faults", mode="none")
    assert slack.desk().find(CHANNEL, "C-1") is not None
    assert slack.shown() == ["Open"]


def test_a_revoked_or_wrong_token_needs_a_person(slack: StandIn) -> None:
    with pytest.raises(SlackLockedError, match="invalid_auth"):
        slack.desk("xoxb-old").post(CHANNEL, "Open", SAID)
    slack.do("faults", mode="token_revoked")
    with pytest.raises(SlackLockedError, match="token_revoked"):
        slack.desk().post(CHANNEL, "Open", SAID)
    assert slack.shown() == []


def test_a_deleted_message_is_gone_for_whoever_changes_it_or_answers_it(slack: StandIn) -> None:
    posted = slack.desk().post(CHANNEL, "Open", SAID)
    slack.do("remove", channel=CHANNEL, ts=posted.ts)
    with pytest.raises(MessageGoneError):
        slack.desk().update(posted, "Released", SAID)
    with pytest.raises(MessageGoneError):
        slack.desk().post(CHANNEL, "Sam released it.", (), thread=posted.ts)
    assert slack.shown() == []


@pytest.mark.parametrize(
    "wrong",
    [
        [blocks.header("") | {"text": {"type": "mrkdwn", "text": "bold"}}],
        [blocks.section("x" * 3000) | {"text": {"type": "mrkdwn", "text": "x" * 3001}}],
        [
            blocks.actions(
                "a", [blocks.button("Yes", "same", "1"), blocks.button("No", "same", "2")]
            )
        ],
        [blocks.divider()] * 51,
        [{"type": "carousel"}],
    ],
    ids=["header in markup", "long section", "action twice", "too many", "unknown"],
)
def test_what_slack_would_refuse_is_refused(slack: StandIn, wrong: list[dict[str, Any]]) -> None:
    with pytest.raises(SlackRefusedError, match="invalid_blocks"):
        slack.desk().post(CHANNEL, "Open", wrong)


def test_the_desk_s_messages_keep_to_slack_s_rules(town: Town) -> None:
    most = town.desk.policy.burst.most
    for number in range(most + 3):
        town.work.event(town.event("20.00", f"p-{number}"))
    [(job, _)] = town.jobs
    town.work.job(job)
    assert len(town.slack.messages) == most + 1
    assert [wrong_with(one["blocks"]) for one in town.slack.messages.values()] == [None] * (
        most + 1
    )


def test_a_click_arrives_as_slack_sends_it_signed(slack: StandIn) -> None:
    press = blocks.button("Release", "case:release", "mira|C-1")
    posted = slack.desk().post(CHANNEL, "Open", [blocks.actions("acts", [press])])
    action = {"action_id": "case:release", "block_id": "acts", "value": "mira|C-1"}
    assert slack.do("press", user="U0SAM", channel=CHANNEL, ts=posted.ts, action=action) == {
        "status": 200
    }
    [(path, headers, body)] = slack.bank.got
    assert path == "/slack/interactions"
    stamp = float(headers["x-slack-request-timestamp"])
    require_signature(body, headers, SIGNING, lambda: stamp)
    for secret, later in (("another", 0), (SIGNING, 301)):
        with pytest.raises(NotFromSlackError):
            require_signature(body, headers, secret, lambda later=later: stamp + later)  # type: ignore[misc]
    click = click_of(body)
    assert click is not None
    assert (click.user, click.channel, click.action, click.value) == (
        "U0SAM", CHANNEL, "case:release", "mira|C-1",
    )  # fmt: skip


def test_words_that_are_not_taken_are_sent_again_as_the_same_words(slack: StandIn) -> None:
    posted = slack.desk().post(CHANNEL, "Open", SAID)
    slack.bank.statuses = [500, 503]
    said = slack.do("say", user="U0SAM", channel=CHANNEL, thread=posted.ts, text="Hello")
    assert said["status"] == 200
    assert [one[1].get("x-slack-retry-num") for one in slack.bank.got] == [None, "1", "2"]
    ids = {found.wish_id for one in slack.bank.got if (found := said_of(one[2])) is not None}
    assert len(ids) == 1


def test_whoever_waits_for_news_hears_of_a_message_at_once() -> None:
    async def play() -> bool:
        workspace = Workspace([])
        waiting = asyncio.create_task(workspace.after(workspace.version, 20))
        await asyncio.sleep(0)
        await workspace.touch()
        await asyncio.wait_for(waiting, 5)
        return workspace.version == 1

    assert asyncio.run(play())


def test_a_message_that_never_was_cannot_be_changed(slack: StandIn) -> None:
    with pytest.raises(MessageGoneError):
        slack.desk().update(Posted(CHANNEL, "1.0"), "Released", SAID)
