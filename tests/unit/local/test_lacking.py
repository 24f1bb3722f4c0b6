"""What the embedded AWS lacks is told at start, and only while it is true."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from infra.aws.practices.evidence import RESOURCES
from infra.local.lacking import _LACKS, CHECKED_ON, lacking, only_on_aws, told
from infra.local.run import welcome
from infra.local.settings import read_settings
from infra.local.stack import TEMPLATE

CORE: dict[str, Any] = json.loads(TEMPLATE.read_text())


def test_the_facts_are_of_the_emulator_that_is_installed() -> None:
    assert version("ministack") == CHECKED_ON, "look each sentence up again, then move the pin"


def test_every_fact_is_about_something_that_the_template_asks_for() -> None:
    assert lacking(CORE) == [said for _, _, said in _LACKS]


def test_what_a_template_does_not_ask_for_is_not_lacking() -> None:
    plain = {"Resources": {"Files": {"Type": "AWS::S3::Bucket", "Properties": {}}}}
    assert lacking(plain) == []


def test_services_of_the_aws_stacks_that_are_not_here_are_named() -> None:
    stacks = {"security": {"AWS::Macie::Session": 1, "AWS::S3::Bucket": 2}}
    plain = {"Resources": {"Files": {"Type": "AWS::S3::Bucket"}}}
    assert only_on_aws(stacks, plain) == ["Macie"]


def test_the_banks_first_words_say_what_is_not_as_on_aws() -> None:
    words = welcome(read_settings({}, None), 8.7)
    for line in told(TEMPLATE.read_text(), RESOURCES.read_text()):
        assert line in words
    assert "GuardDuty" in words
