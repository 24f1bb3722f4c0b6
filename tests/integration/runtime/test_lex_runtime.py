"""Sessions, hooks and observers of the runtime, without HTTP and with hooks of our making."""

from __future__ import annotations

import asyncio
import itertools
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.definition import BotDefinition
from bot.runtime.code_hook import HookError, HookTimeoutError
from bot.runtime.errors import (
    ConflictError,
    DependencyFailedError,
    LexRuntimeError,
    ResourceNotFoundError,
    ThrottlingError,
    ValidationError,
)
from bot.runtime.hook_calls import HookCaller
from bot.runtime.hosted_bot import hosted
from bot.runtime.http_api import create_runtime_app
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.session_store import SessionKey, SessionStore
from bot.runtime.turn_log import TurnRecord
from tests.integration.runtime.coffee_hook import handler
from tests.integration.runtime.conftest import BOT_ID, SettableClock
from tests.integration.runtime.keyword_recogniser import KeywordRecogniser
from tests.integration.runtime.serving import served
from tests.integration.runtime.test_wire_format import path, send

KEY = SessionKey(BOT_ID, "TSTALIASID", "en_US", "session-1")
Json = dict[str, Any]


class FakeHook:
    """The coffee counter's hook in this process; `before` may delay it or make it fail."""

    target = "fake"

    def __init__(self) -> None:
        self.before: Callable[[], None] = lambda: None
        self.events: list[Mapping[str, Any]] = []
        self.closed = False

    def invoke(self, event: Mapping[str, Any], budget_s: float) -> Any:
        self.events.append(event)
        self.before()
        return handler(dict(event), None)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def hook() -> FakeHook:
    return FakeHook()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


def open_runtime(
    definition: BotDefinition, hook: FakeHook, clock: SettableClock, budget_s: float = 10.0
) -> LexRuntime:
    ids = (f"request-{number}" for number in itertools.count(1))
    ears = {name: KeywordRecogniser(locale) for name, locale in definition.locales.items()}
    return LexRuntime(
        [hosted(BOT_ID, definition, ears, hook, {"LIVEALIAS0": "live"})],
        clock=clock,
        rng=random.Random(7),
        new_id=lambda: next(ids),
        sessions=SessionStore(capacity=3),
        hooks=HookCaller(threads=2, budget_s=budget_s),
    )


@pytest.fixture
def runtime(
    definition: BotDefinition, hook: FakeHook, clock: SettableClock
) -> Iterator[LexRuntime]:
    made = open_runtime(definition, hook, clock)
    yield made
    made.close()


def say(runtime: LexRuntime, text: str, key: SessionKey = KEY, **more: Any) -> Json:
    request = {"text": text, **more}
    return asyncio.run(runtime.recognise_text(key, request, runtime.new_id()))


def put(runtime: LexRuntime, state: Json, **more: Any) -> Json:
    request = {"sessionState": state, **more}
    return asyncio.run(runtime.put_session(KEY, request, runtime.new_id()))


def texts(answer: Json) -> list[str]:
    return [message["content"] for message in answer["messages"] if "content" in message]


# --- sessions ---


def test_a_session_is_forgotten_after_the_bot_s_idle_time(
    runtime: LexRuntime, clock: SettableClock
) -> None:
    say(runtime, "a flat white please")
    clock.move(seconds=299)
    assert texts(say(runtime, "large")) == ["A large flat white. Is that right?"]
    clock.move(seconds=300)
    with pytest.raises(ResourceNotFoundError):
        runtime.get_session(KEY)
    assert texts(say(runtime, "yes")) == ["Sorry, I only know coffee."]


def test_reading_a_session_does_not_keep_it_alive(
    runtime: LexRuntime, clock: SettableClock
) -> None:
    say(runtime, "a flat white please")
    clock.move(seconds=200)
    runtime.get_session(KEY)
    clock.move(seconds=100)
    with pytest.raises(ResourceNotFoundError):
        runtime.get_session(KEY)


def test_get_session_tells_what_the_last_turn_left(runtime: LexRuntime) -> None:
    answer = say(runtime, "a flat white please")
    stored = runtime.get_session(KEY)
    for part in ("messages", "sessionState", "interpretations", "sessionId"):
        assert stored[part] == answer[part]


def test_an_alias_has_sessions_of_its_own(runtime: LexRuntime) -> None:
    say(runtime, "a flat white please")
    assert texts(say(runtime, "large", KEY._replace(alias_id="LIVEALIAS0"))) == [
        "Sorry, I only know coffee."
    ]


def test_no_more_sessions_are_begun_than_there_is_room_for(
    runtime: LexRuntime, hook: FakeHook
) -> None:
    for number in range(3):
        say(runtime, "when do you open", KEY._replace(session_id=f"guest-{number}"))
    with pytest.raises(ThrottlingError):
        say(runtime, "a flat white please")
    assert hook.events == []
    say(runtime, "when do you open", KEY._replace(session_id="guest-0"))


def test_a_thousand_sessions_are_kept_apart(definition: BotDefinition) -> None:
    ears = {name: KeywordRecogniser(locale) for name, locale in definition.locales.items()}
    runtime = LexRuntime(
        [hosted(BOT_ID, definition, ears, FakeHook())],
        clock=SettableClock(),
        rng=random.Random(7),
        new_id=lambda: "request",
    )

    async def everyone() -> list[Json]:
        drinks = itertools.cycle(["espresso", "flat white", "cappuccino"])
        keys = [KEY._replace(session_id=f"guest-{number}") for number in range(1000)]
        orders = {key: f"a {drink} please" for key, drink in zip(keys, drinks, strict=False)}
        for key, order in orders.items():
            await runtime.recognise_text(key, {"text": order}, "request")
        return [await runtime.recognise_text(key, {"text": "large"}, "request") for key in keys]

    asked = [texts(answer)[0] for answer in asyncio.run(everyone())]
    assert asked[:3] == [
        "A large espresso. Is that right?",
        "A large flat white. Is that right?",
        "A large cappuccino. Is that right?",
    ]
    assert asked == (asked[:3] * 334)[:1000]
    runtime.close()


# --- two turns at once ---


def test_two_turns_at_once_in_one_session_are_a_conflict(
    runtime: LexRuntime, hook: FakeHook
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        go_on.wait(5)

    hook.before = wait

    async def both() -> tuple[Json, list[LexRuntimeError]]:
        first = asyncio.create_task(runtime.recognise_text(KEY, {"text": "a flat white"}, "one"))
        await asyncio.to_thread(begun.wait, 5)
        refused: list[LexRuntimeError] = []
        for attempt in (
            runtime.recognise_text(KEY, {"text": "a flat white"}, "two"),
            runtime.put_session(KEY, {"sessionState": {}}, "three"),
        ):
            with pytest.raises(ConflictError) as conflict:
                await attempt
            refused.append(conflict.value)
        with pytest.raises(ConflictError):
            runtime.delete_session(KEY)
        go_on.set()
        return await first, refused

    runtime._hooks._budget_s = 5.0
    answer, refused = asyncio.run(both())
    assert texts(answer) == ["Which size?"]
    assert [error.status for error in refused] == [409, 409]
    assert len(hook.events) == 1


# --- code hooks that fail ---


def test_a_hook_that_fails_refuses_the_turn_and_leaves_the_session(
    runtime: LexRuntime, hook: FakeHook
) -> None:
    say(runtime, "a flat white please")
    before = runtime.get_session(KEY)

    def fail() -> None:
        raise HookError("the code hook raised KeyError: beans")

    hook.before = fail
    with pytest.raises(DependencyFailedError, match="KeyError: beans"):
        say(runtime, "large")
    assert runtime.get_session(KEY) == before
    hook.before = lambda: None
    assert texts(say(runtime, "large")) == ["A large flat white. Is that right?"]


def test_a_hook_that_is_too_slow_refuses_the_turn(
    definition: BotDefinition, hook: FakeHook, clock: SettableClock
) -> None:
    runtime = open_runtime(definition, hook, clock, budget_s=0.05)
    go_on = threading.Event()

    def wait() -> None:
        go_on.wait(10)

    hook.before = wait
    with pytest.raises(DependencyFailedError, match="timed out"):
        say(runtime, "a flat white please")
    go_on.set()
    with pytest.raises(ResourceNotFoundError):
        runtime.get_session(KEY)
    runtime.close()


def test_a_hook_that_says_itself_that_time_is_over_has_timed_out(
    runtime: LexRuntime, hook: FakeHook
) -> None:
    def over() -> None:
        raise HookTimeoutError(30)

    hook.before = over
    with pytest.raises(DependencyFailedError, match="timed out"):
        say(runtime, "a flat white please")


def test_an_answer_that_lex_does_not_accept_refuses_the_turn(runtime: LexRuntime) -> None:
    state = {"sessionAttributes": {"mood": "babbling"}}
    with pytest.raises(DependencyFailedError, match="Invalid Lambda Response"):
        say(runtime, "a flat white please", sessionState=state)
    with pytest.raises(ResourceNotFoundError):
        runtime.get_session(KEY)


def test_a_fault_of_the_hook_s_caller_lets_the_session_go(
    runtime: LexRuntime, hook: FakeHook
) -> None:
    def fault() -> None:
        raise ZeroDivisionError

    hook.before = fault
    with pytest.raises(ZeroDivisionError):
        say(runtime, "a flat white please")
    hook.before = lambda: None
    assert texts(say(runtime, "a flat white please")) == ["Which size?"]


def test_the_hook_is_told_which_bot_speaks_and_what_the_channel_sent(
    runtime: LexRuntime, hook: FakeHook
) -> None:
    sent = {"x-teller-identity": "a secret"}
    key = KEY._replace(alias_id="LIVEALIAS0")
    say(runtime, "a flat white please", key, requestAttributes=sent)
    [event] = hook.events
    assert event["requestAttributes"] == sent
    assert event["bot"] == {
        "id": BOT_ID,
        "name": "BeanBar",
        "aliasId": "LIVEALIAS0",
        "aliasName": "live",
        "localeId": "en_US",
        "version": "DRAFT",
    }


def test_over_http_a_fault_is_an_internal_error_that_quotes_nobody(
    runtime: LexRuntime, hook: FakeHook, caplog: pytest.LogCaptureFixture
) -> None:
    def fault() -> None:
        raise ZeroDivisionError(hook.events[-1]["inputTranscript"])

    hook.before = fault
    with served(create_runtime_app(runtime)) as url:
        said = {"text": "a flat white please, my card is 4821"}
        status, headers, body = send(url, "POST", path("fault", "/text"), said)
    assert (status, headers["x-amzn-errortype"]) == (500, "InternalServerException")
    assert b"4821" not in body
    assert "ZeroDivisionError" in caplog.text
    assert "4821" not in caplog.text


# --- the caller's state ---


def test_the_caller_s_attributes_replace_the_stored_ones(runtime: LexRuntime) -> None:
    say(runtime, "hi", sessionState={"sessionAttributes": {"a": "1", "b": "2"}})
    answer = say(runtime, "hi", sessionState={"sessionAttributes": {"b": "3"}})
    assert answer["sessionState"]["sessionAttributes"] == {"b": "3"}
    assert say(runtime, "hi")["sessionState"]["sessionAttributes"] == {"b": "3"}


def test_attributes_alone_leave_the_order_in_progress(runtime: LexRuntime) -> None:
    say(runtime, "a flat white please")
    answer = say(runtime, "large", sessionState={"sessionAttributes": {"table": "4"}})
    assert texts(answer) == ["A large flat white. Is that right?"]


def test_put_session_opens_an_intent_and_asks_for_its_slot(runtime: LexRuntime) -> None:
    intent = {"name": "OrderCoffee", "slots": {"drink": {"value": {"interpretedValue": "decaf"}}}}
    action = {"type": "ElicitSlot", "slotToElicit": "size"}
    answer = put(runtime, {"intent": intent, "dialogAction": action})
    assert texts(answer) == ["Which size?"]
    assert answer["sessionState"]["intent"]["slots"]["drink"]["value"]["originalValue"] == "decaf"
    assert texts(say(runtime, "large")) == ["We have no decaf. Something else?"]


def test_put_session_asks_for_the_confirmation(runtime: LexRuntime) -> None:
    slots = {
        "drink": {"value": {"interpretedValue": "espresso"}},
        "size": {"value": {"interpretedValue": "small"}},
    }
    intent = {"name": "OrderCoffee", "slots": slots}
    answer = put(runtime, {"intent": intent, "dialogAction": {"type": "ConfirmIntent"}})
    assert texts(answer) == ["A small espresso. Is that right?"]
    assert texts(say(runtime, "yes")) == ["That is $2.50. Enjoy!"]


def test_put_session_says_what_it_is_given(runtime: LexRuntime) -> None:
    messages = [{"contentType": "PlainText", "content": "Welcome back."}]
    assert texts(put(runtime, {"sessionAttributes": {"a": "1"}}, messages=messages)) == [
        "Welcome back."
    ]
    assert texts(runtime.get_session(KEY)) == ["Welcome back."]


def test_put_session_takes_the_next_step_when_it_delegates(
    runtime: LexRuntime, hook: FakeHook
) -> None:
    state = {"intent": {"name": "OrderCoffee"}, "dialogAction": {"type": "Delegate"}}
    answer = put(runtime, state)
    assert answer["sessionState"]["dialogAction"]["type"] == "ElicitSlot"
    assert texts(answer) != []
    assert [event["inputTranscript"] for event in hook.events] == [""] * len(hook.events)
    assert texts(runtime.get_session(KEY)) == texts(answer)


def test_put_session_delegates_and_says_what_it_is_given(runtime: LexRuntime) -> None:
    state = {"intent": {"name": "OrderCoffee"}, "dialogAction": {"type": "Delegate"}}
    messages = [{"contentType": "PlainText", "content": "Your usual?"}]
    assert texts(put(runtime, state, messages=messages)) == ["Your usual?"]


def test_a_step_that_the_hook_fails_leaves_the_session_as_it_was(
    runtime: LexRuntime, hook: FakeHook
) -> None:
    put(runtime, {"sessionAttributes": {"a": "1"}})

    def fail() -> None:
        raise HookError("the code hook raised KeyError: beans")

    hook.before = fail
    state = {
        "sessionAttributes": {"a": "2"},
        "intent": {"name": "OrderCoffee"},
        "dialogAction": {"type": "Delegate"},
    }
    with pytest.raises(DependencyFailedError):
        put(runtime, state)
    assert runtime.get_session(KEY)["sessionState"]["sessionAttributes"] == {"a": "1"}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"intent": {"name": "OrderTea"}}, "intent that the bot does not have"),
        ({"intent": {"name": "OrderCoffee", "slots": {"milk": None}}}, "slot that the intent"),
        ({"dialogAction": {"type": "ConfirmIntent"}}, "ConfirmIntent needs an intent"),
        (
            {"intent": {"name": "OrderCoffee"}, "dialogAction": {"type": "ElicitSlot"}},
            "needs slotToElicit",
        ),
        (
            {
                "intent": {"name": "OrderCoffee"},
                "dialogAction": {"type": "ElicitSlot", "slotToElicit": "milk"},
            },
            "names a slot that the intent does not have",
        ),
    ],
)
def test_a_state_that_the_bot_cannot_be_in_is_refused(
    runtime: LexRuntime, state: Json, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        put(runtime, state)
    with pytest.raises(ValidationError, match=words):
        say(runtime, "hi", sessionState=state)
    with pytest.raises(ResourceNotFoundError):
        runtime.get_session(KEY)


def test_a_context_given_by_the_caller_lives_for_its_seconds(
    runtime: LexRuntime, clock: SettableClock
) -> None:
    life = {"timeToLiveInSeconds": 60, "turnsToLive": 5}
    context = {"name": "menu_shown", "timeToLive": life, "contextAttributes": {"page": "2"}}
    put(runtime, {"activeContexts": [context]})
    clock.move(seconds=59)
    assert runtime.get_session(KEY)["sessionState"]["activeContexts"][0]["name"] == "menu_shown"
    clock.move(seconds=1)
    assert runtime.get_session(KEY)["sessionState"]["activeContexts"] == []


# --- who watches ---


def test_an_observer_sees_the_turn_with_its_hooks_and_without_its_secrets(
    runtime: LexRuntime,
) -> None:
    seen: list[TurnRecord] = []
    stop = runtime.log.observe(seen.append)
    sent = {"counter": "Ada", "x-teller-identity": "a secret"}
    answer = say(runtime, "a flat white please", requestAttributes=sent)
    stop()
    say(runtime, "large")
    [record] = seen
    assert (record.operation, record.text, record.session) == (
        "RecognizeText",
        "a flat white please",
        KEY,
    )
    assert record.response == answer
    assert record.error is None
    assert record.trace
    [call] = record.hooks
    assert call.response is not None
    assert (call.target, call.source, call.failure) == ("fake", "DialogCodeHook", None)
    assert call.event["requestAttributes"]["counter"] == "Ada"
    assert call.response["sessionState"]["dialogAction"] == {"type": "Delegate"}
    assert "a secret" not in repr(record)


def test_a_refused_turn_is_recorded_with_its_error(runtime: LexRuntime, hook: FakeHook) -> None:
    def fail() -> None:
        raise HookError("the code hook raised KeyError: beans")

    hook.before = fail
    with pytest.raises(DependencyFailedError):
        say(runtime, "a flat white please")
    [record] = runtime.log.recent("session-1")
    assert record.response is None
    assert record.error is not None
    assert record.error.startswith("DependencyFailedException: ")
    assert record.hooks[0].failure == "the code hook raised KeyError: beans"
    assert runtime.log.recent("another") == []


def test_an_observer_that_fails_does_not_fail_the_turn(
    runtime: LexRuntime, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_record: TurnRecord) -> None:
        raise RuntimeError("a flat white")

    runtime.log.observe(fail)
    assert texts(say(runtime, "a flat white please")) == ["Which size?"]
    assert "observer of turns failed: RuntimeError" in caplog.text
    assert "flat white" not in caplog.text


def test_closing_the_runtime_closes_its_hooks(runtime: LexRuntime, hook: FakeHook) -> None:
    runtime.close()
    assert hook.closed


class _SlowToMeet(dict[str, Any]):
    """Ears whose other language is learned when it is first spoken, which takes a while."""

    def __init__(self, known: Mapping[str, Any], asked: threading.Event, go_on: threading.Event):
        super().__init__(known)
        self._asked, self._go_on = asked, go_on

    def get(self, name: str, default: Any = None) -> Any:
        if name != "en_US":
            self._asked.set()
            assert self._go_on.wait(30), "nobody went on meanwhile"
        return super().get(name, default)


def test_while_a_language_is_learned_others_are_answered(definition: BotDefinition) -> None:
    asked, go_on = threading.Event(), threading.Event()
    other = replace(definition.locales["en_US"], locale_id="en_GB")
    two = replace(definition, locales={**definition.locales, "en_GB": other})
    ears = _SlowToMeet({n: KeywordRecogniser(one) for n, one in two.locales.items()}, asked, go_on)
    runtime = LexRuntime(
        [hosted(BOT_ID, two, ears, FakeHook())],
        clock=SettableClock(), rng=random.Random(7), new_id=lambda: "r",
    )  # fmt: skip

    async def both() -> tuple[Any, Any]:
        slow = SessionKey(BOT_ID, "TSTALIASID", "en_GB", "slow")
        quick = SessionKey(BOT_ID, "TSTALIASID", "en_US", "quick")
        first = asyncio.create_task(
            runtime.recognise_text(slow, {"text": "a flat white please"}, "1")
        )
        await asyncio.to_thread(asked.wait, 30)
        answered = await runtime.recognise_text(quick, {"text": "a flat white please"}, "2")
        go_on.set()
        return answered, await first

    answered, first = asyncio.run(both())
    runtime.close()
    assert texts(answered) == texts(first) != []
