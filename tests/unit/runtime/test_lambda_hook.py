"""A hook behind the Lambda Invoke API: the call as Lex makes it, and every way it can fail."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.runtime.code_hook import HookError, HookTimeoutError
from bot.runtime.lambda_hook import Credentials, LambdaHook, UrlHook, region_of
from tests.unit.runtime.lambda_endpoint import LambdaEndpoint, serving

BUDGET_S = 10.0
KEYS = Credentials("AKIDEXAMPLE", "a-secret")


@pytest.fixture
def endpoint() -> Iterator[LambdaEndpoint]:
    with serving() as running:
        yield running


@pytest.fixture
def hook(endpoint: LambdaEndpoint) -> Iterator[LambdaHook]:
    made = LambdaHook(
        "orders", endpoint_url=endpoint.url, region="eu-west-1", credentials=KEYS, connections=4
    )
    yield made
    made.close()


def test_the_event_is_the_payload_and_the_payload_is_the_answer(
    hook: LambdaHook, endpoint: LambdaEndpoint
) -> None:
    endpoint.body = b'{"sessionState": {"dialogAction": {"type": "Delegate"}}}'
    answer = hook.invoke({"inputTranscript": "größer"}, BUDGET_S)
    assert answer == {"sessionState": {"dialogAction": {"type": "Delegate"}}}
    [(path, headers, body)] = endpoint.asked
    assert path == "/2015-03-31/functions/orders/invocations"
    assert json.loads(body) == {"inputTranscript": "größer"}
    assert headers["X-Amz-Invocation-Type"] == "RequestResponse"
    assert "AKIDEXAMPLE" in headers["Authorization"]
    assert "/eu-west-1/lambda/" in headers["Authorization"]


def test_a_function_that_raises_is_a_failure_with_its_reason(
    hook: LambdaHook, endpoint: LambdaEndpoint
) -> None:
    endpoint.headers = {"X-Amz-Function-Error": "Unhandled"}
    endpoint.body = b'{"errorType": "KeyError", "errorMessage": "size", "stackTrace": []}'
    with pytest.raises(HookError, match="raised KeyError: size"):
        hook.invoke({}, BUDGET_S)


@pytest.mark.parametrize("body", [b"null", b"oops"])
def test_a_failure_without_a_reason_is_still_a_failure(
    hook: LambdaHook, endpoint: LambdaEndpoint, body: bytes
) -> None:
    endpoint.headers = {"X-Amz-Function-Error": "Unhandled"}
    endpoint.body = body
    with pytest.raises(HookError, match="did not say why"):
        hook.invoke({}, BUDGET_S)


def test_a_function_past_its_own_time_limit_timed_out(
    hook: LambdaHook, endpoint: LambdaEndpoint
) -> None:
    endpoint.headers = {"X-Amz-Function-Error": "Unhandled"}
    endpoint.body = b'{"errorMessage": "2026-03-02T12:00:00Z 7d1f Task timed out after 3.00 s"}'
    with pytest.raises(HookTimeoutError):
        hook.invoke({}, BUDGET_S)


def test_a_refusal_by_lambda_is_told_and_not_tried_again(
    hook: LambdaHook, endpoint: LambdaEndpoint
) -> None:
    endpoint.status = 500
    endpoint.headers = {"X-Amzn-ErrorType": "ServiceException"}
    endpoint.body = b'{"Message": "an internal error"}'
    with pytest.raises(HookError, match="ServiceException: an internal error"):
        hook.invoke({}, BUDGET_S)
    assert len(endpoint.asked) == 1


def test_an_answer_that_is_not_json_is_a_failure(
    hook: LambdaHook, endpoint: LambdaEndpoint
) -> None:
    endpoint.body = b"<html>"
    with pytest.raises(HookError, match="not JSON"):
        hook.invoke({}, BUDGET_S)


def test_a_call_over_its_budget_timed_out_and_is_not_made_again(endpoint: LambdaEndpoint) -> None:
    endpoint.hangs = True
    hook = LambdaHook("orders", endpoint_url=endpoint.url, credentials=KEYS, budget_s=0.1)
    with pytest.raises(HookTimeoutError):
        hook.invoke({}, 0.1)
    hook.close()
    assert len(endpoint.asked) == 1


def test_an_endpoint_that_is_not_there_is_named() -> None:
    hook = LambdaHook("orders", endpoint_url="http://127.0.0.1:9", credentials=KEYS)
    with pytest.raises(HookError, match=r"127\.0\.0\.1:9 could not be reached"):
        hook.invoke({}, BUDGET_S)
    hook.close()


def test_a_url_hook_calls_the_function_in_its_url(
    endpoint: LambdaEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    url = f"{endpoint.url}/stage/2015-03-31/functions/my%3Aorders/invocations?Qualifier=live"
    hook = UrlHook(url)
    assert hook.target == url
    hook.invoke({}, BUDGET_S)
    hook.close()
    [(path, headers, _)] = endpoint.asked
    assert path == "/stage/2015-03-31/functions/my%3Aorders/invocations?Qualifier=live"
    assert "Credential=local/" in headers["Authorization"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8701/",
        "ftp://127.0.0.1/2015-03-31/functions/orders/invocations",
        "/2015-03-31/functions/orders/invocations",
        "http://127.0.0.1/2015-03-31/functions//invocations",
    ],
)
def test_any_other_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="2015-03-31/functions/NAME/invocations"):
        UrlHook(url)


def test_an_arn_names_its_region() -> None:
    assert region_of("arn:aws:lambda:eu-central-1:123456789012:function:orders") == "eu-central-1"
    assert region_of("orders") is None


def test_keys_do_not_show_in_a_printed_value() -> None:
    assert "a-secret" not in repr(KEYS)
