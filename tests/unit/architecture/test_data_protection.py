"""The page on personal data names all that is stored, and the times at which it goes."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import get_type_hints

import pytest

from bot.channels import table as chat_table
from bot.channels.settings import ChannelSettings
from fulfillment.fraud import remembering
from fulfillment.fraud.features.state import DAYS_KEPT
from fulfillment.store import (
    bank_messages,
    challenges,
    consents,
    digests,
    feed_receipts,
    keys,
    offer_wishes,
    payee_changes,
    payment_items,
    sessions,
    travel_notices,
)
from infra.aws.stages import STAGES

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "data-protection.md").read_text(encoding="utf-8")
CORE = json.loads((ROOT / "infra" / "templates" / "core.json").read_text(encoding="utf-8"))
STORES = {
    "AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic",
    "AWS::SecretsManager::Secret", "AWS::Cognito::UserPool",
}  # fmt: skip


def row(name: str) -> str:
    """The line of the page's tables whose first column names `name`."""
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")]
    [found] = [line for line in lines if name in line.split("|")[1]]
    return found


def _kinds() -> list[str]:
    functions = {
        name: one for name, one in vars(keys).items() if callable(one) and not name.startswith("_")
    }
    return sorted(
        name for name, one in functions.items()
        if getattr(one, "__module__", "") == keys.__name__
        and get_type_hints(one).get("return") == keys.Key
    )  # fmt: skip


def test_every_kind_of_item_has_its_row() -> None:
    assert len(_kinds()) > 35
    named = re.findall(r"^\| ((?:`\w+`(?:, )?)+)", PAGE, re.MULTILINE)
    rows = {kind for cell in named for kind in re.findall(r"`(\w+)`", cell)}
    assert sorted(set(_kinds()) - rows) == []


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("session", sessions._KEPT),
        ("challenge", challenges._KEPT),
        ("consent", consents._KEPT),
        ("payee_change", payee_changes._KEPT),
        ("quote", payment_items._QUOTE_KEPT),
        ("day_limit", payment_items.DAY_LIMIT_KEPT),
        ("bank_message", bank_messages._KEPT),
        ("digest_member", digests._KEPT),
        ("receipt_key", feed_receipts._KEPT),
        ("fraud_score", remembering._KEPT),
        ("travel_notices.py", travel_notices._KEPT),
        ("offer_wishes.py", offer_wishes._LOG_KEPT),
    ],
)
def test_what_goes_by_itself_goes_when_the_page_says(kind: str, kept: timedelta) -> None:
    assert re.search(rf"\b{kept.days} days?\b", row(f"`{kind}`"))


def test_what_the_fraud_model_counts_goes_when_the_page_says() -> None:
    assert f"days older than {DAYS_KEPT} go" in row("`fraud_customer`")


def test_every_module_that_lets_items_go_is_on_the_page() -> None:
    stores = [*(ROOT / "fulfillment").rglob("*.py")]
    letting = {file.stem for file in stores if '"ttl":' in file.read_text(encoding="utf-8")}
    assert letting == {
        "allowances", "bank_messages", "challenges", "consents", "digests", "feed_receipts",
        "hourly", "loading", "offer_wishes", "payee_changes", "payment_items", "remembering",
        "sessions", "travel_notices",
    }  # fmt: skip


@pytest.mark.parametrize(
    "name", sorted(name for name, one in CORE["Resources"].items() if one["Type"] in STORES)
)
def test_every_store_of_the_template_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_queues_and_statements_go_when_the_page_says() -> None:
    resources = CORE["Resources"]
    for name in ("DeskEvents", "DeskJobs", "DeskEventsDead", "DeskJobsDead", "StreamFailures"):
        seconds = resources[name]["Properties"]["MessageRetentionPeriod"]
        assert f"| {seconds // 86_400} days |" in row(f"`{name}`")
    bell = resources["ChatDoorbell"]["Properties"]["MessageRetentionPeriod"]
    assert f"| {bell} s |" in row("`ChatDoorbell`")
    [rule] = resources["Statements"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert f"| {rule['ExpirationInDays']} days;" in row("`Statements`")


def test_exports_logs_and_sessions_go_when_the_page_says() -> None:
    prod, staging, dev = (STAGES[name] for name in ("prod", "staging", "dev"))
    assert f"{prod.export_days:,} days in production, {dev.export_days} elsewhere" in PAGE
    logs = f"{prod.log_days} days in production, {staging.log_days} in staging, {dev.log_days} in"
    assert logs in PAGE
    bot = json.loads((ROOT / "lex_definitions/Teller/Bot.json").read_text(encoding="utf-8"))
    assert f"| {bot['idleSessionTTLInSeconds']} s of quiet |" in PAGE
    lasts = ChannelSettings(
        bot_id="x" * 10, bot_alias_id="x" * 10, token_secret="t"
    ).access_lifetime
    assert f"lasts {lasts.seconds // 60} minutes at most" in PAGE
    assert f"goes {chat_table._KEPT_AFTER.seconds // 60} minutes after its session" in PAGE
