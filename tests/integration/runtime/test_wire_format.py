"""The HTTP that clients see: paths, headers, error shapes, and answers that fit AWS's model."""

from __future__ import annotations

import base64
import gzip
import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from bot.runtime.validation import validate
from bot.runtime.wire_model import operation
from tests.integration.runtime.conftest import BOT_ID

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client

Answer = tuple[int, dict[str, str], bytes]


def address(session_id: str, **other: str) -> dict[str, Any]:
    parts = {"botId": BOT_ID, "botAliasId": "TSTALIASID", "localeId": "en_US"}
    return {**parts, "sessionId": session_id, **other}


def path(session_id: str, tail: str = "") -> str:
    return f"/bots/{BOT_ID}/botAliases/TSTALIASID/botLocales/en_US/sessions/{session_id}{tail}"


def send(endpoint: str, method: str, where: str, body: object = None, **headers: str) -> Answer:
    """One request without any SDK, and so without a signature."""
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=10)
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        connection.request(method, where, None if body is None else payload, headers)
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return response.status, fields, response.read()
    finally:
        connection.close()


def test_a_request_without_a_signature_is_answered(endpoint: str) -> None:
    status, headers, body = send(endpoint, "POST", path("bare", "/text"), {"text": "hi"})
    assert status == 200
    assert headers["content-type"] == "application/json"
    assert headers["x-amzn-requestid"]
    assert json.loads(body)["sessionId"] == "bare"


def test_answers_fit_the_shapes_of_the_model(endpoint: str) -> None:
    for text in ("a flat white please", "small", "yes", "nonsense"):
        _, _, body = send(endpoint, "POST", path("fits", "/text"), {"text": text})
        validate(json.loads(body), operation("RecognizeText").output)
    _, _, body = send(endpoint, "GET", path("fits"))
    validate(json.loads(body), operation("GetSession").output)
    _, _, body = send(endpoint, "DELETE", path("fits"))
    validate(json.loads(body), operation("DeleteSession").output)


def test_put_session_answers_in_headers(endpoint: str) -> None:
    state = {"intent": {"name": "OrderCoffee"}, "dialogAction": {"type": "ElicitSlot"}}
    state["dialogAction"]["slotToElicit"] = "drink"
    status, headers, body = send(endpoint, "POST", path("headers"), {"sessionState": state})
    assert (status, body) == (200, b"")
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert headers["x-amz-lex-session-id"] == "headers"
    assert "x-amz-lex-request-attributes" not in headers

    assert unpacked(headers["x-amz-lex-messages"]) == [
        {"contentType": "PlainText", "content": "What would you like to drink?"}
    ]
    assert unpacked(headers["x-amz-lex-session-state"])["dialogAction"] == state["dialogAction"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "1 validation error detected: Value at 'text' failed to satisfy constraint"),
        ({"text": ""}, "length greater than or equal to 1"),
        ({"text": "a" * 1025}, "length less than or equal to 1024"),
        ({"text": "hi", "requestAttributes": {"a": 1}}, "Member must be a string"),
        (b"{", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"\xff", "not JSON"),
        (b'{"text": ' + b"[" * 50_000, "not JSON"),
        (b'{"text": "' + b"a" * 300_000 + b'"}', "longer than 262144 bytes"),
        (
            b'{"text": "hi", "sessionState": {"intent": {"name": "OrderCoffee", "slots": '
            + b'{"size": {"subSlots": ' * 300
            + b"null"
            + b"}}" * 300
            + b"}}}",
            "nested too deeply",
        ),
    ],
    ids=["none", "empty", "long", "type", "cut", "list", "utf-8", "deep", "huge", "subslots"],
)
def test_a_wrong_request_is_a_validation_exception(endpoint: str, body: object, words: str) -> None:
    status, headers, answer = send(endpoint, "POST", path("wrong", "/text"), body)
    assert (status, headers["x-amzn-errortype"]) == (400, "ValidationException")
    assert headers["x-amzn-requestid"]
    assert words in json.loads(answer)["message"]


@pytest.mark.parametrize("tail", ["a", "a%20b", "%F0%9F%AB%96%F0%9F%AB%96", "x" * 101])
def test_a_session_id_has_aws_s_limits(endpoint: str, tail: str) -> None:
    status, headers, _ = send(endpoint, "POST", path(tail, "/text"), {"text": "hi"})
    assert (status, headers["x-amzn-errortype"]) == (400, "ValidationException")


def test_speech_is_refused_plainly(endpoint: str) -> None:
    status, headers, body = send(
        endpoint,
        "POST",
        path("speech"),
        {"sessionState": {}},
        ResponseContentType="audio/mpeg",
    )
    assert (status, headers["x-amzn-errortype"]) == (400, "ValidationException")
    assert "speech is not available" in json.loads(body)["message"]


@pytest.mark.parametrize(
    "other",
    [{"botId": "NOSUCHBOT0"}, {"botAliasId": "NOSUCHALIA"}, {"localeId": "fr_FR"}],
)
@pytest.mark.parametrize("call", ["recognize_text", "get_session", "put_session", "delete_session"])
def test_an_unknown_bot_alias_or_locale_is_not_found(
    client: LexRuntimeV2Client, other: dict[str, str], call: str
) -> None:
    arguments: dict[str, dict[str, Any]] = {
        "recognize_text": {"text": "hi"},
        "put_session": {"sessionState": {}},
    }
    with pytest.raises(client.exceptions.ResourceNotFoundException) as refused:
        getattr(client, call)(**address("lost", **other), **arguments.get(call, {}))
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_a_session_that_was_never_begun_is_not_found(client: LexRuntimeV2Client) -> None:
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_session(**address("never-begun"))


def test_boto3_reads_the_error_of_a_wrong_request(client: LexRuntimeV2Client) -> None:
    with pytest.raises(client.exceptions.ValidationException) as refused:
        client.recognize_text(**address("wrong"), text="a" * 1025)
    error = refused.value.response["Error"]
    assert error["Code"] == "ValidationException"
    assert "less than or equal to 1024" in error["Message"]


def test_deleting_a_session_is_safe_to_repeat(client: LexRuntimeV2Client) -> None:
    client.recognize_text(**address("done"), text="a flat white please")
    for _ in range(2):
        answer: dict[str, Any] = {**client.delete_session(**address("done"))}
        assert {key: answer[key] for key in address("done")} == address("done")
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_session(**address("done"))


def test_request_attributes_come_back_only_as_the_hook_returned_them(
    client: LexRuntimeV2Client,
) -> None:
    sent = {"counter": "Ada", "x-teller-identity": "a secret"}
    first = client.recognize_text(
        **address("attributes"), text="a small flat white please", requestAttributes=sent
    )
    assert "requestAttributes" not in first
    second = client.recognize_text(**address("attributes"), text="yes", requestAttributes=sent)
    assert second["requestAttributes"] == {"barista": "Ada"}
    assert "a secret" not in json.dumps(client.get_session(**address("attributes")), default=str)


def packed(value: object) -> str:
    return base64.b64encode(gzip.compress(json.dumps(value).encode())).decode()


def unpacked(header: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(header)))


def test_recognize_utterance_takes_text_and_answers_in_headers(
    client: LexRuntimeV2Client,
) -> None:
    answer = client.recognize_utterance(
        **address("typed"),
        requestContentType="text/plain; charset=utf-8",
        responseContentType="text/plain; charset=utf-8",
        sessionState=packed({"sessionAttributes": {"table": "4"}}),
        inputStream=b"a flat white please",
    )
    assert answer["contentType"] == "text/plain; charset=utf-8"
    assert answer["inputMode"] == "Text"
    assert answer["sessionId"] == "typed"
    assert unpacked(answer["inputTranscript"]) == "a flat white please"
    assert unpacked(answer["messages"])[0]["content"] == "Which size?"
    assert unpacked(answer["sessionState"])["sessionAttributes"] == {"table": "4"}
    assert unpacked(answer["interpretations"])[0]["intent"]["name"] == "OrderCoffee"
    assert answer["audioStream"].read() == b""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"requestContentType": "audio/l16; rate=16000; channels=1"}, "speech is not available"),
        ({"responseContentType": "audio/mpeg"}, "speech is not available"),
        ({"sessionState": "{}"}, "x-amz-lex-session-state is not base64"),
        ({"sessionState": packed({"intent": {}})}, "'sessionState.intent.name'"),
        ({"sessionState": "x" * 12289}, "at most 12288 are taken"),
        ({"inputStream": b"\xff"}, "not UTF-8"),
        ({"inputStream": b"a" * 1025}, "less than or equal to 1024"),
    ],
)
def test_an_utterance_that_is_no_text_is_refused(
    client: LexRuntimeV2Client, arguments: dict[str, Any], words: str
) -> None:
    request = {"requestContentType": "text/plain", "inputStream": b"hi", **arguments}
    with pytest.raises(client.exceptions.ValidationException) as refused:
        client.recognize_utterance(**address("voice"), **request)
    assert words in refused.value.response["Error"]["Message"]


def test_streaming_is_refused_plainly(endpoint: str) -> None:
    status, headers, body = send(endpoint, "POST", path("stream", "/conversation"), b"")
    assert (status, headers["x-amzn-errortype"]) == (400, "ValidationException")
    assert "use RecognizeText" in json.loads(body)["message"]


@pytest.mark.parametrize("session_id", ["user:1.2_3-4", "ab", "x" * 100])
def test_every_session_id_that_aws_takes_is_taken(
    client: LexRuntimeV2Client, session_id: str
) -> None:
    answer = client.recognize_text(**address(session_id), text="when do you open")
    assert answer["sessionId"] == session_id
    assert client.get_session(**address(session_id))["sessionId"] == session_id
