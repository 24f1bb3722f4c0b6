"""`teller lex serve`: an export becomes an endpoint, and what cannot be served is said plainly."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import boto3
import pytest
from starlette.routing import Route

from bot.definition import BotDefinition
from bot.runtime.serve import bot_id_of, cross_origin, main
from tests.integration.runtime.conftest import BOT, BOT_ID, HOOK
from tests.integration.runtime.serving import served
from tests.integration.runtime.test_wire_format import path, send

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client


def test_a_zipped_export_is_served_until_it_is_interrupted(tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "beanbar"), "zip", BOT)
    command = ["-m", "bot.runtime.serve", archive, "--port", "0", "--code-hook", HOOK]
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        announced = server.stdout.readline()
        console = server.stdout.readline()
        found = re.search(r"at (http://127\.0\.0\.1:\d+); try: boto3\.client", announced)
        assert found is not None, announced
        client: LexRuntimeV2Client = boto3.client(
            "lexv2-runtime",
            endpoint_url=found[1],
            region_name="us-east-1",
            aws_access_key_id="anything",
            aws_secret_access_key="goes",
        )
        said = [
            client.recognize_text(
                botId=BOT_ID,
                botAliasId="TSTALIASID",
                localeId="en_US",
                sessionId="me",
                text=text,
            )["messages"][0]["content"]
            for text in ("can I get a cappuccino", "small", "yes")
        ]
        client.close()
        pasted = eval(announced.partition("try: ")[2], {"boto3": boto3})  # noqa: S307
        assert pasted["sessionId"] == "me"
        with urlopen(console.removeprefix("Test console: ").strip()) as page:
            assert b"<title>Test console</title>" in page.read()
        server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0
    assert said == ["Which size?", "A small cappuccino. Is that right?", "That is $3.80. Enjoy!"]
    assert f"botId='{BOT_ID}'" in announced


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/no/such/export"], "neither a folder nor a zip"),
        ([str(BOT), "--port", "0", "--code-hook", "handler"], "module:function, not 'handler'"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("teller lex serve: ")
    assert sentence in captured.err


def test_a_port_in_use_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main([str(BOT), "--port", port]) == 2
    assert f"port {port} cannot be used: Address already in use" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--bot-id", "SHORT"], "a bot id is 10 letters and digits"),
        (["--bot-id", "TELLER-BOT"], "a bot id is 10 letters and digits"),
        (["--bot-id", "TELLERBOT00"], "a bot id is 10 letters and digits"),
        (["--port", "65536"], "a port is a number from 0 to 65535"),
        (["--port", "-1"], "a port is a number from 0 to 65535"),
        (["--port", "http"], "a port is a number from 0 to 65535"),
    ],
)
def test_an_id_or_port_that_is_none_is_refused(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(BOT), *arguments])
    assert sentence in capsys.readouterr().err


def test_the_id_in_the_export_is_used_where_it_is_one(definition: BotDefinition) -> None:
    assert bot_id_of(definition) == BOT_ID
    unnamed = BotDefinition("BeanBar", "", "DRAFT", 300, definition.locales)
    assert bot_id_of(unnamed) == "LOCALBOT00"


def test_a_page_of_an_allowed_origin_may_read_the_answer(endpoint: str) -> None:
    """The runtime's own routes name no origin; the command adds those it is told of."""
    asked = {"Origin": "http://localhost:3000"}
    _, headers, _ = send(endpoint, "GET", path("nobody"), None, **asked)
    assert "access-control-allow-origin" not in headers

    async def hello(_request: object) -> None:
        raise AssertionError("a preflight does not reach the endpoint")

    routes = [Route("/hello", hello, methods=["POST"])]
    asked |= {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-amz-date",
    }
    with served(routes, cross_origin(["http://localhost:3000"])) as url:
        status, headers, _ = send(url, "OPTIONS", "/hello", None, **asked)
        assert status == 200
        assert headers["access-control-allow-origin"] == "http://localhost:3000"
        other = {**asked, "Origin": "http://elsewhere"}
        status, headers, _ = send(url, "OPTIONS", "/hello", None, **other)
        assert status == 400
