"""What the console tells of a turn."""

from __future__ import annotations

import json
from typing import Any

from tests.unit.console.conftest import SECRET, Bench


def state(view: Any) -> Any:
    return view["response"]["sessionState"]


def test_every_hosted_bot_alias_locale_and_customer_can_be_chosen(bench: Bench) -> None:
    told = bench.get("/bots")
    (bot,) = told["bots"]
    assert [alias["aliasId"] for alias in bot["aliases"]] == ["TSTALIASID"]
    assert [(each["localeId"], each["threshold"]) for each in bot["locales"]] == [("en_US", 0.4)]
    assert [person["id"] for person in told["customers"]] == ["ana", "bo"]


def test_without_customers_nobody_can_be_spoken_as(bare: Bench) -> None:
    assert bare.get("/bots")["customers"] == []
    refused = bare.turn("hello there", customer="ana")
    assert (refused.status, refused.json) == (400, {"message": "There is no such test customer."})


def test_a_turn_tells_what_was_understood_and_what_the_hook_was_asked(bench: Bench) -> None:
    view = bench.say("can I get a cappuccino")
    assert state(view)["intent"]["name"] == "OrderCoffee"
    assert state(view)["intent"]["slots"]["drink"]["value"]["interpretedValue"] == "cappuccino"
    (call,) = view["hooks"]
    assert call["source"] == "DialogCodeHook"
    assert call["event"]["inputTranscript"] == "can I get a cappuccino"
    assert call["response"]["sessionState"]["dialogAction"]["type"] == "Delegate"
    heard = view["trace"][0]
    assert {each["intent"] for each in heard["candidates"]} == {"OrderCoffee", "OpeningHours"}


def test_a_turn_tells_how_long_its_parts_took(bench: Bench) -> None:
    view = bench.say("can I get a cappuccino")
    assert view["nluMs"] > 0
    assert view["durationMs"] >= view["nluMs"] + view["hooks"][0]["durationMs"]


def test_attributes_set_by_the_tester_reach_the_hook(bench: Bench) -> None:
    bench.say(
        "can I get a cappuccino",
        sessionAttributes={"tier": "gold"},
        requestAttributes={"counter": "3"},
    )
    event = bench.hook.events[-1]
    assert event["sessionState"]["sessionAttributes"] == {"tier": "gold"}
    assert event["requestAttributes"] == {"counter": "3"}


def test_a_hook_that_fails_is_told_with_awss_name_of_the_error(bench: Bench) -> None:
    view = bench.say("can I get a cappuccino", sessionAttributes={"mood": "babbling"})
    assert view["error"].startswith("DependencyFailedException: ")
    assert view["response"] is None
    assert view["hooks"][0]["response"] == {"hello": "world"}


def test_a_turn_that_failed_tells_how_far_it_had_come(bench: Bench) -> None:
    view = bench.say("can I get a cappuccino", sessionAttributes={"mood": "babbling"})
    steps = [step.get("at") or step["step"] for step in view["trace"]]
    assert steps[0] == "heard"
    assert steps[-1] == "Consult"


def test_a_text_that_the_api_refuses_is_a_turn_with_a_validation_exception(bench: Bench) -> None:
    view = bench.say("")
    assert view["error"].startswith("ValidationException: ")
    assert bench.get(f"/turns/{view['requestId']}")["error"] == view["error"]
    assert bench.hook.events == []


def test_a_bot_that_is_not_hosted_is_resource_not_found(bench: Bench) -> None:
    view = bench.say("hello there", botId="NOSUCHBOT0")
    assert view["error"].startswith("ResourceNotFoundException: ")


def test_a_customers_secret_reaches_the_hook_and_never_the_page(bench: Bench) -> None:
    answered = bench.turn("can I get a cappuccino", customer="ana")
    sent = bench.hook.events[-1]["requestAttributes"]["x-teller-identity"]
    assert sent == f"{SECRET} ana tester"
    turn = answered.json["requestId"]
    shown = [answered.json, bench.get(f"/turns/{turn}"), bench.get("/turns"), bench.exported()]
    assert SECRET not in json.dumps(shown)


def test_the_channels_own_attributes_cannot_be_set_by_a_tester(bench: Bench) -> None:
    refused = bench.turn("hello there", requestAttributes={"X-Teller-Identity": "me"})
    assert refused.status == 400
    assert bench.hook.events == []


def test_the_evidence_names_the_closest_sample_and_weighs_each_word(bench: Bench) -> None:
    view = bench.say("when do you open today")
    found = bench.get(f"/turns/{view['requestId']}/evidence")["evidence"]
    best = found[0]
    assert best["intent"] == "OpeningHours"
    assert best["sample"] == "when do you open"
    assert [each["word"] for each in best["words"]] == ["when", "do", "you", "open", "today"]
    assert max(best["words"], key=lambda each: each["weight"])["weight"] > 0


def test_a_turn_that_is_not_held_is_404(bench: Bench) -> None:
    for path in ("/turns/nothing", "/turns/nothing/evidence", "/conversation?sessionId=x"):
        assert bench.client.get(f"/console/api{path}").status == 404


def test_turns_of_other_sessions_arrive_in_the_feed(bench: Bench) -> None:
    bench.say("when do you open")
    seen = bench.get("/turns")
    bench.elsewhere("get me a coffee")
    news = bench.get(f"/turns?after={seen['last']}")
    (turn,) = news["turns"]
    assert (turn["session"]["sessionId"], turn["text"]) == ("customer", "get me a coffee")
    assert bench.get(f"/turns?after={news['last']}")["turns"] == []


def test_a_page_of_an_earlier_process_hears_everything_again(bench: Bench) -> None:
    bench.elsewhere("get me a coffee")
    assert len(bench.get("/turns?after=900")["turns"]) == 1
    assert bench.client.get("/console/api/turns?after=soon").status == 400
