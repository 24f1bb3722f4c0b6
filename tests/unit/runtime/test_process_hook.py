"""A hook in a child process: its answers, its failures, its death, and its budget."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.runtime.code_hook import HookError, HookTimeoutError
from bot.runtime.process_hook import ProcessHook

BUDGET_S = 20.0
MODULE = "tests.unit.runtime.hook_functions"

MakeHook = Callable[..., ProcessHook]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def hook_for(said: list[str]) -> Iterator[MakeHook]:
    made: list[ProcessHook] = []

    def make(function: str, **options: Any) -> ProcessHook:
        made.append(ProcessHook(f"{MODULE}:{function}", say=said.append, **options))
        return made[-1]

    yield make
    for hook in made:
        hook.close()


def test_the_function_gets_the_event_and_its_answer_comes_back(hook_for: MakeHook) -> None:
    event = {"inputTranscript": "größer\nbitte 🫖", "slots": {"size": None}}
    assert hook_for("echo").invoke(event, BUDGET_S)["event"] == event


def test_one_process_answers_call_after_call(hook_for: MakeHook) -> None:
    hook = hook_for("echo")
    first, second = hook.invoke({}, BUDGET_S), hook.invoke({}, BUDGET_S)
    assert (first["pid"], first["calls"]) == (second["pid"], 1)
    assert second["calls"] == 2


def test_calls_at_once_are_answered_by_processes_of_their_own(hook_for: MakeHook) -> None:
    hook = hook_for("echo", processes=2)
    events = [{"number": number} for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda event: hook.invoke(event, BUDGET_S), events))
    assert [answer["event"] for answer in answers] == events
    assert len({answer["pid"] for answer in answers}) <= 2


def test_what_the_function_prints_does_not_reach_the_answer(hook_for: MakeHook) -> None:
    assert hook_for("chatty").invoke({}, BUDGET_S) == "still readable"


def test_a_function_that_reads_its_input_finds_none(hook_for: MakeHook) -> None:
    hook = hook_for("reading")
    assert [hook.invoke({"number": number}, BUDGET_S) for number in range(2)] == ["", ""]


def test_a_function_may_have_an_interpreter_of_its_own(hook_for: MakeHook) -> None:
    base = Path(sys.base_prefix, "bin", "python3")
    seen = hook_for("interpreter", python=str(base)).invoke({}, BUDGET_S)
    assert seen["prefix"] == sys.base_prefix
    assert seen["path"][0] == str(Path.cwd()), "modules are found where the server was started"
    assert not [entry for entry in seen["path"] if entry.endswith("bot/runtime")]


def test_the_context_is_that_of_a_lambda(hook_for: MakeHook) -> None:
    context = hook_for("about_the_call").invoke({}, BUDGET_S)
    assert context["function_name"] == f"{MODULE}.about_the_call"
    assert context["has_time"] is True
    assert context["arn"].endswith(f":function:{MODULE}.about_the_call")
    assert context["request_id"]
    assert context["task_root"] == str(Path.cwd())
    assert context["name_in_environment"] == context["function_name"]


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("refuse", "raised LookupError: no such drink"),
        ("unwritable", "raised TypeError"),
        ("enormous", "Lex reads at most 25600"),
        ("missing", "raised AttributeError"),
        ("CALLS", "raised TypeError"),
    ],
)
def test_a_failure_says_why_and_the_process_goes_on(
    hook_for: MakeHook, said: list[str], function: str, reason: str
) -> None:
    hook = hook_for(function)
    for _ in range(2):
        with pytest.raises(HookError, match=reason):
            hook.invoke({}, BUDGET_S)
    assert said == []


def test_a_module_that_cannot_be_imported_is_named() -> None:
    hook = ProcessHook("no_such_module_here:handler")
    try:
        with pytest.raises(HookError, match=r"ModuleNotFoundError: .*no_such_module_here"):
            hook.invoke({}, BUDGET_S)
    finally:
        hook.close()


def test_a_process_that_dies_is_told_of_and_replaced(hook_for: MakeHook, said: list[str]) -> None:
    hook = hook_for("leave")
    first = hook.invoke({}, BUDGET_S)
    with pytest.raises(HookError, match="ended with status 3"):
        hook.invoke({"leave": True}, BUDGET_S)
    assert hook.invoke({}, BUDGET_S) != first
    assert len(said) == 1
    assert "ended with status 3; a new process starts" in said[0]


def test_a_call_over_its_budget_is_ended_and_the_next_is_answered(
    hook_for: MakeHook, said: list[str]
) -> None:
    hook = hook_for("never")
    first = hook.invoke({}, BUDGET_S)
    with pytest.raises(HookTimeoutError, match=r"within 0\.1 seconds"):
        hook.invoke({"hang": True}, 0.1)
    assert hook.invoke({}, BUDGET_S) != first
    assert len(said) == 1


def test_waiting_for_a_free_process_counts_against_the_budget(hook_for: MakeHook) -> None:
    hook = hook_for("echo", processes=0)
    with pytest.raises(HookTimeoutError):
        hook.invoke({}, 0.01)


def test_a_closed_hook_answers_no_more(hook_for: MakeHook, said: list[str]) -> None:
    hook = hook_for("echo")
    hook.invoke({}, BUDGET_S)
    hook.close()
    with pytest.raises(HookError, match="closed"):
        hook.invoke({}, BUDGET_S)
    assert said == []


@pytest.mark.parametrize("target", ["handler", "module:", ":function", ""])
def test_a_target_without_module_and_function_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match="module:function"):
        ProcessHook(target)
