"""The container contract: what `/invocations` reads, writes and refuses."""

from __future__ import annotations

import json

import pytest

from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.artefact import Model, read_model, write_model
from models.serve.app import MOST_BYTES, create_app
from tests.unit.channels.asgi import Client, Exchange
from tests.unit.fraud.test_model import model_parts

ROW = [float(place) for place in range(len(FEATURES))]


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model(write_model(model_parts()))


@pytest.fixture(scope="module")
def client(model: Model) -> Client:
    return Client(create_app(model))


def invoke(client: Client, body: bytes | str, kind: str = "", accept: str = "") -> Exchange:
    raw = body if isinstance(body, bytes) else body.encode()
    headers = {"content-type": kind, "accept": accept}
    return client.send("POST", "/invocations", [raw], headers)


def test_ping_says_that_the_model_is_there(client: Client) -> None:
    answer = client.get("/ping")
    assert answer.status == 200
    assert answer.json["model"]["version"] == "1"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps({"instances": [ROW, ROW]}), "application/json"),
        (json.dumps([ROW, ROW]), "application/json; charset=utf-8"),
        (json.dumps({"instances": [{"features": ROW}] * 2}), "application/json"),
        (json.dumps({"instances": [dict(zip(FEATURES, ROW, strict=True))] * 2}), ""),
        ("\n".join([json.dumps(ROW), json.dumps({"features": ROW})]), "application/jsonlines"),
        ("\r\n".join([",".join(map(str, ROW))] * 2), "text/csv"),
        (",".join(map(str, ROW)) + "\n\n" + ",".join(map(str, ROW)) + "\n", "text/csv"),
    ],
)
def test_two_rows_are_scored_in_every_type(
    client: Client, model: Model, body: str, kind: str
) -> None:
    answer = invoke(client, body, kind)
    assert answer.status == 200
    scores = [one["score"] for one in answer.json["predictions"]]
    assert scores == [model.probability(ROW)] * 2


@pytest.mark.parametrize(
    ("accept", "kind", "body"),
    [
        ("text/csv", "text/csv; charset=utf-8", "{score}\n"),
        ("application/jsonlines", "application/jsonlines", '{{"score": {score}}}\n'),
    ],
)
def test_the_answer_comes_in_the_type_that_was_asked_for(
    client: Client, model: Model, accept: str, kind: str, body: str
) -> None:
    answer = invoke(client, json.dumps(ROW), accept=accept)
    assert answer.headers["content-type"] == kind
    assert answer.body.decode() == body.format(score=repr(model.probability(ROW)))


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        ("{", "application/json", 400, "not JSON"),
        ("[" * 100_000, "application/json", 400, "not JSON"),
        ("[]", "application/json", 400, "no rows"),
        ("", "text/csv", 400, "no rows"),
        ('{"instances": 3}', "application/json", 400, "list of rows"),
        ('{"instances": [[1, 2]]}', "application/json", 400, "row 1 has 2 values"),
        (json.dumps([["x", *ROW[1:]]]), "application/json", 400, "not a number"),
        (json.dumps([[[], *ROW[1:]]]), "application/json", 400, "not a number"),
        ("NaN," + ",".join(map(str, ROW[1:])), "text/csv", 400, "finite"),
        (json.dumps([[1e308 * 10, *ROW[1:]]]), "application/json", 400, "finite"),
        (json.dumps({"instances": [{"amount": 1}]}), "application/json", 400, "lacks hour"),
        (
            json.dumps({"instances": [dict(zip(FEATURES, ROW, strict=True)) | {"dob": 1}]}),
            "application/json",
            400,
            "no feature",
        ),
        (json.dumps({"schema_version": 99, "instances": [ROW]}), "", 400, "version 99"),
        ("<row/>", "application/xml", 415, "is not read here"),
        ("x" * (MOST_BYTES + 1), "text/csv", 413, "larger"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_change(
    client: Client, body: str, kind: str, status: int, words: str
) -> None:
    answer = invoke(client, body, kind)
    assert answer.status == status
    assert words in answer.json["error"]


def test_bytes_that_are_no_text_and_types_that_are_not_written_are_refused(
    client: Client,
) -> None:
    assert invoke(client, b"\xff\xfe\x00", "text/csv").status == 400
    assert invoke(client, json.dumps(ROW), accept="image/png").status == 406
