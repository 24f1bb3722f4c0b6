"""A code hook is found by what a developer types for it."""

from __future__ import annotations

import sys

import pytest

from bot.runtime.hook_targets import hook_for
from bot.runtime.lambda_hook import LambdaHook, UrlHook
from bot.runtime.process_hook import ProcessHook

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders"


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("tests.unit.runtime.hook_functions:echo", ProcessHook),
        ("http://127.0.0.1:9000/2015-03-31/functions/function/invocations", UrlHook),
        (ARN, LambdaHook),
    ],
)
def test_a_target_names_its_kind(target: str, kind: type) -> None:
    hook = hook_for(target)
    assert type(hook) is kind
    assert hook.target == target
    hook.close()


@pytest.mark.parametrize("target", ["handler", "http://127.0.0.1:9000/", ""])
def test_a_target_of_no_kind_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match=r"code hook"):
        hook_for(target)


@pytest.mark.parametrize(
    ("target", "python", "reason"),
    [
        (ARN, sys.executable, "only a code hook named module:function"),
        ("http://127.0.0.1:9000/", sys.executable, "only a code hook named module:function"),
        ("orders:handler", "/no/such/python", "/no/such/python cannot be run: No such file"),
    ],
)
def test_an_interpreter_that_cannot_run_the_hook_is_told_of(
    target: str, python: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        hook_for(target, python)


def test_a_python_hook_is_started_before_its_first_call() -> None:
    hook = hook_for("tests.unit.runtime.hook_functions:echo")
    assert hook.invoke({}, 20.0)["calls"] == 1
    hook.close()
