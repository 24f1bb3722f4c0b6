"""The stand-in's page draws Block Kit as Slack does, and its buttons send what Slack's would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.support.ui import Select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.pages import ANALYST_PAGE, page_routes
from fulfillment.alerts.slack import blocks
from fulfillment.alerts.slack.client import Posted, WebApi
from fulfillment.alerts.slack.requests import click_of
from infra.local.slack.faults import Faults
from infra.local.slack.routes import slack_routes
from infra.local.slack.sending import Sender
from infra.local.slack.workspace import Person, Workspace
from tests.browser.analyst_page import AnalystPage
from tests.browser.serving import served

pytestmark = pytest.mark.browser
CHANNEL = "C0TELLERDESK"
PEOPLE = [Person("U0SAM", "Sam Okafor", "Analyst"), Person("U0LINA", "Lina Berg", "Analyst")]
EVERYTHING: list[dict[str, Any]] = [
    blocks.header("Payment *held*"),
    blocks.section("*bold* _leaning_ ~gone~ `code` <@U0LINA> <https://bank.example/a?b=1&amp;c|why>"),
    blocks.section(blocks.plain("<b>not markup</b> *nor bold* & so on")),
    blocks.fields([("Amount", "$1,500.00"), ("Deadline", blocks.time(1_795_700_000, "26 Nov"))]),
    blocks.section("Both") | blocks.fields([("Beside", "each other")]),
    blocks.divider(),
    blocks.actions(
        "acts",
        [
            blocks.button("Release", "case:release", "mira|C-1", style="primary",
                          confirm=("Release it?", "The money goes to *Marcus*.")),
            blocks.button("Decline", "case:decline", "mira|C-1", style="danger"),
            blocks.button("Ask", "case:ask_customer", "mira|C-1"),
        ],
    ),
    blocks.context("_Judged by the endpoint_", "Case C-1"),
]  # fmt: skip
DRAWN = """
  const draw = (node) => node.nodeType === Node.TEXT_NODE
    ? node.data
    : `<${node.localName}>` + [...node.childNodes].map(draw).join("") + `</${node.localName}>`;
  return [...document.querySelectorAll("article.message:first-of-type > div:last-child > *")]
    .slice(1, -1).map(draw);
"""


@pytest.fixture
def sent() -> list[str]:
    """The bodies of the interactions that the bank got."""
    return []


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(PEOPLE)


@pytest.fixture
def address(workspace: Workspace, sent: list[str]) -> Iterator[str]:
    async def take(request: Request) -> Response:
        sent.append((await request.body()).decode())
        return PlainTextResponse("")

    place: list[str] = []
    sender = Sender(lambda: place[0], lambda: "signs")
    routes = [
        *slack_routes(workspace, Faults(), sender, lambda: "token"),
        Route("/slack/interactions", take, methods=["POST"]),
        *page_routes(ANALYST_PAGE),
    ]
    with served(Starlette(routes=routes)) as found:
        place.append(found)
        yield found


def test_the_page_draws_every_block_and_sends_every_click(
    fresh: Chrome, workspace: Workspace, address: str, sent: list[str]
) -> None:
    slack = WebApi("token", f"{address}/slack/api/")
    posted = slack.post(CHANNEL, "Payment held", EVERYTHING)
    page = AnalystPage(fresh, address).open()
    page.case_saying("Payment *held*", "Case C-1")

    # A header is plain text, whatever is in it; what was escaped is text; dates are the reader's.
    title, rich, escaped, fields, both, rule, acts, context = fresh.execute_script(DRAWN)
    assert title == "<h2>Payment *held*</h2>"
    assert rich == (
        "<div><div><strong>bold</strong> <em>leaning</em> <s>gone</s> <code>code</code>"
        " <span>@Lina Berg</span> <a>why</a></div></div>"
    )
    assert escaped == "<div><div><b>not markup</b> ∗nor bold∗ & so on</div></div>"
    assert fields.startswith("<div><div><strong>Amount</strong>\n$1,500.00</div><div>")
    assert "<time>" in fields
    assert both.index("Both") < both.index("Beside")
    assert rule == "<hr></hr>"
    assert acts == (
        "<div><button>Release</button><button>Decline</button><button>Ask</button></div>"
    )
    assert context == "<div><span><em>Judged by the endpoint</em></span><span>Case C-1</span></div>"
    link = fresh.find_element("css selector", "article a")
    assert link.get_attribute("href") == "https://bank.example/a?b=1&c"
    styles = [
        one.get_attribute("class") for one in fresh.find_elements("css selector", ".actions button")
    ]
    assert styles == ["slack-button primary", "slack-button danger", "slack-button"]

    # Slack asks first where the button says so: a "not yet" sends nothing.
    fresh.find_element("css selector", "[data-action='case:release']").click()
    assert fresh.find_element("css selector", "#confirm-title").text == "Release it?"
    fresh.find_element("css selector", "#confirm-no").click()
    Select(fresh.find_element("css selector", "#me")).select_by_value("U0LINA")
    page.press("Release", "C-1")
    page.wait_until(lambda: len(sent) == 1)
    click = click_of(sent[0])
    assert click is not None
    assert (click.user, click.action, click.value) == ("U0LINA", "case:release", "mira|C-1")
    assert set(parse_qs(sent[0])) == {"payload"}

    # A message shows its present state in its place; a note is for one person alone.
    slack.update(posted, "Released", [blocks.header("Payment released")])
    slack.whisper(CHANNEL, "U0SAM", "You may not.")
    page.case_saying("Payment released")
    assert len(page.cases()) == 1
    Select(fresh.find_element("css selector", "#me")).select_by_value("U0SAM")
    page.case_saying("Only visible to you", "You may not.")
    slack.post(CHANNEL, "Sam *released* it.", (), thread=posted.ts)
    page.case_saying("Payment released", "Sam released it.")
    assert Posted(CHANNEL, workspace.messages[0].ts) == posted

    # What is being written stays, caret and all, while the thread grows above it.
    field = fresh.find_element("css selector", ".reply input")
    field.send_keys("Did he ask")
    slack.post(CHANNEL, "*Customer:* yes", (), thread=posted.ts)
    page.case_saying("Customer: yes")
    fresh.switch_to.active_element.send_keys(" you?")
    [field] = fresh.find_elements("css selector", ".reply input")
    assert field.get_attribute("value") == "Did he ask you?"
