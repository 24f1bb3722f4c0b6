"""An intent is off when its flag says so, and never by accident."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fulfillment.switches import ALWAYS_ON, AllOn, switches_of

WEB = {"channel": "web", "locale": "en_US"}
OFF = {"default": False}


def write(path: Path, flags: object) -> None:
    path.write_text(json.dumps(flags))


def test_without_a_source_all_is_on() -> None:
    assert isinstance(switches_of(None), AllOn)
    assert switches_of("").is_on("SendMoney", WEB)


def test_a_file_that_is_not_there_switches_nothing_off(tmp_path: Path) -> None:
    assert switches_of(f"file:{tmp_path / 'flags.json'}").is_on("SendMoney", WEB)


def test_an_intent_is_off_while_its_flag_says_so(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    switches = switches_of(f"file:{path}")
    write(path, {"SendMoney": OFF})
    assert not switches.is_on("SendMoney", WEB)
    assert switches.is_on("TransferMoney", WEB)
    write(path, {"SendMoney": {"default": True}})
    assert switches.is_on("SendMoney", WEB)


def test_an_intent_may_be_off_on_one_channel_alone(tmp_path: Path) -> None:
    path = tmp_path / "flags.json"
    condition = {"action": "EQUALS", "key": "channel", "value": "voice"}
    by_voice = {"by voice": {"when_match": False, "conditions": [condition]}}
    write(path, {"SendMoney": {"default": True, "rules": by_voice}})
    switches = switches_of(f"file:{path}")
    assert switches.is_on("SendMoney", WEB)
    assert not switches.is_on("SendMoney", {**WEB, "channel": "voice"})


@pytest.mark.parametrize("broken", ["{", "[]", '{"SendMoney": {"default": "no"}}'])
def test_flags_that_cannot_be_read_leave_the_last_answer(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "flags.json"
    switches = switches_of(f"file:{path}")
    write(path, {"SendMoney": OFF})
    assert not switches.is_on("SendMoney", WEB)
    path.write_text(broken)
    assert not switches.is_on("SendMoney", WEB)
    assert switches.is_on("CheckBalance", WEB)


@pytest.mark.parametrize("way_out", sorted(ALWAYS_ON))
def test_a_way_out_of_the_conversation_cannot_be_switched_off(tmp_path: Path, way_out: str) -> None:
    path = tmp_path / "flags.json"
    write(path, {way_out: OFF})
    assert switches_of(f"file:{path}").is_on(way_out, WEB)


@pytest.mark.parametrize("source", ["file:", "redis:there", "appconfig:teller/prod", "flags.json"])
def test_a_source_of_another_form_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="FEATURE_FLAGS"):
        switches_of(source)
