"""A client of the streams' API that gives its answers as they were sent.

botocore gives each attribute of each record the type that the service's model has for it, half of a
poller's work, and a poller would undo it: Lambda hands a function the JSON that the stream has.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.model import Shape
from botocore.parsers import JSONParser, ResponseParser, ResponseParserFactory
from botocore.session import get_session

from infra.local.settings import REGION, LocalSettings


class _AsSent(JSONParser):
    def _handle_json_body(self, raw_body: bytes, _shape: Shape | None) -> Any:
        return json.loads(raw_body or b"{}")


class _Parsers(ResponseParserFactory):
    def create_parser(self, _protocol_name: str) -> ResponseParser:
        return _AsSent()


def streams_client(settings: LocalSettings) -> Any:
    """A client of `dynamodbstreams` on the embedded AWS. Instants are seconds, bytes are base64."""
    session = get_session()
    session.register_component("response_parser_factory", _Parsers())
    return session.create_client(
        "dynamodbstreams",
        endpoint_url=settings.aws_endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the embedded AWS's own, not a secret
    )
