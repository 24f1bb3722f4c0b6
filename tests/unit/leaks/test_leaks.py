"""The search finds what it is for, and leaves alone what looks like it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.leaks import leaks_in, logged

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("card 4242 4242 4242 4242 was refused", "card number"),
        ("card 4242424242424242", "card number"),
        ('{"to": "021000089-55120934"}', "account number"),
        ("paid to DE89 3704 0044 0532 0130 00", "account number"),
        ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbWVsaWEifQ.c2lnbmF0dXJl", "token"),
        ("mail to amelia@example.com", "e-mail"),
        ("texting +16175550142", "telephone"),
        ("Your code is 482913.", "code"),
        ('{"code": "482913"}', "code"),
    ],
)
def test_what_no_log_may_hold_is_found(text: str, kind: str) -> None:
    assert [leak.kind for leak in leaks_in(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "card ending 4242",
        "1234567890123",
        "receipt TR-BP2Q0ZT7, case 12004AB0C8A475C9",
        "2026-11-26 08:44:17,123456",
        "arn:aws:lambda:us-east-1:000000000000:function:teller-stream",
        '{"status_code": 200, "ms": 123456}',
        "request 8e0d3b3a-2f10-4b0e-9c6f-2c1d8f1f0a11",
        "1764144257.123456",
    ],
)
def test_what_is_no_secret_is_left_alone(text: str) -> None:
    assert list(leaks_in(text)) == []


@pytest.mark.parametrize("package", ["fulfillment", "bot"])
def test_nothing_of_ours_is_written_into_a_trace(package: str) -> None:
    """X-Ray's own segments hold names of functions and services, times and status; annotations and
    metadata would be ours, and there are none."""
    for path in (ROOT / package).rglob("*.py"):
        words = {one.casefold() for one in re.findall(r"\w+", path.read_text())}
        added = words & {
            "aws_xray_sdk",
            "tracer",
            "put_annotation",
            "put_metadata",
            "opentelemetry",
        }
        assert not added, path


def test_only_what_a_logger_wrote_counts_as_logged() -> None:
    report = 'a test prints x@example.com\n{"level": "INFO", "to": "y@example.com"}\n{"no": 1}\n{x}'
    assert "y@example.com" in logged(report)
    assert "x@example.com" not in logged(report)
