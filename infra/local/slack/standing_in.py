"""Puts the stand-in into the local bank: who is in the workspace, and where the bank's API is."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

from starlette.routing import BaseRoute

from fulfillment.alerts.desk_policy import shipped_desk_policy
from infra.local.settings import LocalSettings
from infra.local.slack.faults import Faults
from infra.local.slack.routes import slack_routes
from infra.local.slack.sending import Sender
from infra.local.slack.workspace import Person, Workspace
from infra.local.stack import aws_client, outputs

SECRET = "teller/slack"  # noqa: S105 - a name, not the secret


def local_slack(settings: LocalSettings) -> list[BaseRoute]:
    """The routes of the stand-in on the running embedded AWS."""
    people = [
        Person(one.slack_user, one.name, one.role.capitalize())
        for one in shipped_desk_policy().analysts
    ]
    workspace = Workspace(people, settings.home / "slack.json")
    secret = _secret_reader(settings)
    sender = Sender(_address_finder(settings), lambda: secret()["signing_secret"])
    return slack_routes(workspace, Faults(), sender, lambda: secret()["bot_token"])


def _secret_reader(settings: LocalSettings) -> Callable[[], dict[str, str]]:
    client = aws_client("secretsmanager", settings)

    @cache
    def read() -> dict[str, str]:
        found: dict[str, str] = json.loads(client.get_secret_value(SecretId=SECRET)["SecretString"])
        return found

    return read


def _address_finder(settings: LocalSettings) -> Callable[[], str]:
    @cache
    def find() -> str:
        api = outputs(settings)["SlackApiId"]
        return f"{settings.aws_endpoint}/_aws/execute-api/{api}/$default"

    return find
