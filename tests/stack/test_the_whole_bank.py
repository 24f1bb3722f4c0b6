"""The bank as `make run` starts it: through AWS's own clients, retried, killed, and audited."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from botocore.exceptions import ClientError

from infra.local.stack import FUNCTION_NAME
from tests.running_bank import REHEARSAL_CLOCK, RunningBank, start_bank
from tests.stack.ledger_view import LedgerView, books_of
from tests.stack.signing import ATTRIBUTE, identity_of

_HELP = {
    "sessionId": "help",
    "invocationSource": "FulfillmentCodeHook",
    "sessionState": {"intent": {"name": "Help"}},
}


def _say(bank: RunningBank, session: str, text: str, customer: str | None = "amelia") -> Any:
    return bank.lex().recognize_text(
        **bank.lex_address(),
        sessionId=session,
        text=text,
        requestAttributes=dict(identity_of(bank, customer)(session)),
    )


def _words(answer: Any) -> str:
    return " ".join(m.get("content", "") for m in answer["messages"])


def test_health_names_every_part(bank: RunningBank) -> None:
    with urllib.request.urlopen(f"{bank.endpoint}/health") as response:
        body = json.load(response)
    assert body["status"] == "ok"
    models = {"fraud_model", "personalization_model"}
    assert set(body["parts"]) == {"aws", "stack", "fulfillment", "lex_runtime"} | models


def test_plain_boto3_holds_a_payment_from_the_first_word_to_the_receipt(bank: RunningBank) -> None:
    ledger = LedgerView(bank, "amelia")
    asked = _say(bank, "boto3-pays", "send 25 dollars to anna from checking")
    assert asked["sessionState"]["dialogAction"]["type"] == "ConfirmIntent"
    assert ledger.changes() == []
    paid = _say(bank, "boto3-pays", "yes")
    assert paid["sessionState"]["intent"]["state"] == "Fulfilled"
    assert "Receipt TR-" in _words(paid)
    assert [str(change) for change in ledger.changes()] == ["chk -$25.00"]


def test_the_identity_token_is_neither_kept_nor_returned(bank: RunningBank) -> None:
    answer = _say(bank, "no-echo", "what's my savings balance")
    token = identity_of(bank, "amelia")("no-echo")[ATTRIBUTE]
    session = bank.lex().get_session(**bank.lex_address(), sessionId="no-echo")
    assert token not in json.dumps([answer, session], default=str)


def test_a_token_of_another_session_proves_nothing(bank: RunningBank) -> None:
    answer = bank.lex().recognize_text(
        **bank.lex_address(),
        sessionId="stolen",
        text="what's my savings balance",
        requestAttributes=dict(identity_of(bank, "amelia")("another")),
    )
    assert "customer number" in _words(answer)


def test_attributes_that_claim_an_identity_change_nothing(bank: RunningBank) -> None:
    claims = {"customerId": "amelia", "identity": "amelia", "lvl": "3", "authenticated": "true"}
    answer = bank.lex().recognize_text(
        **bank.lex_address(),
        sessionId="claims",
        text="all my balances",
        requestAttributes=claims,
        sessionState={"sessionAttributes": claims},
    )
    assert "customer number" in _words(answer)


def _fulfilment_event(bank: RunningBank, session: str) -> dict[str, Any]:
    """The event that Lex sends when a confirmation is answered with yes."""
    state = bank.lex().get_session(**bank.lex_address(), sessionId=session)["sessionState"]
    intent = {**state["intent"], "state": "ReadyForFulfillment", "confirmationState": "Confirmed"}
    return {
        "sessionId": session,
        "invocationSource": "FulfillmentCodeHook",
        "inputTranscript": "yes",
        "bot": {"name": "Teller", "localeId": "en_US"},
        "requestAttributes": dict(identity_of(bank, "amelia")(session)),
        "sessionState": {"intent": intent, "sessionAttributes": state["sessionAttributes"]},
    }


def _invoke(bank: RunningBank, event: dict[str, Any]) -> Any:
    answer = bank.aws("lambda").invoke(
        FunctionName=FUNCTION_NAME, Payload=json.dumps(event).encode()
    )
    assert "FunctionError" not in answer
    return json.loads(answer["Payload"].read())


def test_a_retried_hook_pays_once_and_gives_the_same_receipt(bank: RunningBank) -> None:
    ledger = LedgerView(bank, "amelia")
    _say(bank, "retried", "send 31 dollars to anna from checking")
    event = _fulfilment_event(bank, "retried")
    first, second, third = (_invoke(bank, event) for _ in range(3))
    receipt = first["messages"][0]["content"].split("Receipt ")[1].split(".")[0]
    assert receipt in second["messages"][0]["content"]
    assert receipt in third["messages"][0]["content"]
    assert [str(change) for change in ledger.changes()] == ["chk -$31.00"]


def test_a_forged_confirmation_moves_nothing_and_shows_the_figures(bank: RunningBank) -> None:
    ledger = LedgerView(bank, "amelia")
    _say(bank, "forged", "send 5 dollars to anna from checking")
    event = _fulfilment_event(bank, "forged")
    amount = event["sessionState"]["intent"]["slots"]["amount"]["value"]
    amount.update(originalValue="5000", interpretedValue="USD 5000.00", resolvedValues=[])
    answer = _invoke(bank, event)
    assert answer["sessionState"]["dialogAction"]["type"] == "ConfirmIntent"
    assert "$5,000.00" in json.dumps(answer["messages"])
    event["sessionState"]["sessionAttributes"] = {}
    assert _invoke(bank, event)["sessionState"]["dialogAction"]["type"] == "ConfirmIntent"
    assert ledger.changes() == []


def test_a_forged_task_to_go_on_with_moves_nothing_and_tells_a_stranger_nothing(
    bank: RunningBank,
) -> None:
    ledger = LedgerView(bank, "amelia")
    slots = {"amount": "900", "payee": "anna", "sourceAccount": "checking"}
    task = {"intent": "SendMoney", "slots": slots, "asked": "?", "offered": False}
    progress = {
        "asking": "SendMoney", "asked": "?", "times": 1, "puts": 1, "tasks": [task],
        "last": {
            "intent": "CheckBalance", "slots": {"account": "savings"}, "asked": "",
            "offered": False,
        },
        "at": REHEARSAL_CLOCK,
    }  # fmt: skip
    for intent in ("ContinueTask", "RepeatThat", "WhyAsked", "HoldOn"):
        event: dict[str, Any] = {
            "sessionId": "forged-task",
            "invocationSource": "DialogCodeHook",
            "inputTranscript": "go on",
            "bot": {"name": "Teller", "localeId": "en_US"},
            "sessionState": {
                "intent": {"name": intent, "confirmationState": "Confirmed"},
                "sessionAttributes": {"progress": json.dumps(progress)},
            },
        }
        stranger = json.dumps(_invoke(bank, event)["messages"])
        assert "customer number" in stranger
        assert "$" not in stranger
        event["requestAttributes"] = dict(identity_of(bank, "amelia")("forged-task"))
        answer = _invoke(bank, event)["sessionState"]
        assert answer["dialogAction"]["type"] == "ConfirmIntent"
        assert answer["intent"]["name"] == "SendMoney"
    assert ledger.changes() == []


def test_input_that_lex_refuses_is_refused_by_its_own_name(bank: RunningBank) -> None:
    with pytest.raises(ClientError) as too_long:
        _say(bank, "long", "x" * 1025)
    assert too_long.value.response["Error"]["Code"] == "ValidationException"
    with pytest.raises(ClientError) as unknown:
        bank.lex().recognize_text(
            botId="NOSUCHBOT0",
            botAliasId="TSTALIASID",
            localeId="en_US",
            sessionId="nobody",
            text="hi",
        )
    assert unknown.value.response["Error"]["Code"] == "ResourceNotFoundException"


def test_a_page_of_another_host_cannot_reach_the_demo_sign_in(bank: RunningBank) -> None:
    request = urllib.request.Request(
        f"{bank.endpoint}/chat/customers", headers={"Host": "evil.example"}
    )
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(request)
    refused.value.close()
    assert refused.value.code == 400


def test_the_ledger_audits_clean_after_all_that(bank: RunningBank) -> None:
    environment = {
        **os.environ,
        "TELLER_PORT": str(bank.settings.port),
        "TELLER_HOME": str(bank.settings.home),
    }
    environment.pop("TABLE_NAME", None)
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", "ledger", "audit", "--json"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert report["violations"] == []
    assert report["postings"] > 4000


def test_the_readme_s_own_example_holds_a_conversation(bank: RunningBank) -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text()
    example = readme.split("```python\n")[1].split("```")[0]
    example = example.replace("http://127.0.0.1:8700", bank.endpoint)
    example = example.replace(
        '".venv/bin/teller"', '__import__("sys").executable, "-m", "infra.cli"'
    )
    environment = {
        **os.environ,
        "TELLER_PORT": str(bank.settings.port),
        "TELLER_HOME": str(bank.settings.home),
        "TELLER_CLOCK": str(bank.settings.clock),
    }
    done = subprocess.run(
        [sys.executable, "-c", example], env=environment, capture_output=True, text=True,
        check=False, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0].startswith("Which account")
    assert "Receipt TR-" in said[-1]


def _child(bank: RunningBank, module: str) -> int:
    found = subprocess.run(
        ["pgrep", "-P", str(bank.process.pid), "-f", module],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(found.stdout.split()[0])


def test_money_survives_the_death_of_every_part_and_a_restart(tmp_path: Path) -> None:
    bank = start_bank(tmp_path, state_seconds=1)
    try:
        before = books_of(bank).accounts("amelia")
        shown = _say(bank, "kill", "move 100 from checking to savings")
        quote_id = shown["sessionState"]["sessionAttributes"]["quoteId"]
        assert "Receipt" in _words(_say(bank, "kill", "yes"))
        moved = books_of(bank).accounts("amelia")
        assert moved != before
        _await_snapshot(bank, quote_id)
        for module, name in (
            ("infra.local.embedded_aws", "the embedded AWS"),
            ("infra.local.front", "the Lex runtime and pages"),
        ):
            os.kill(_child(bank, module), signal.SIGKILL)
            bank.await_line(f"{name} stopped unexpectedly (signal 9); starting it again")
            bank.await_line(f"{name} is back")
        assert books_of(bank).accounts("amelia") == moved
        os.kill(_lambda_worker(bank), signal.SIGKILL)
        assert "available" in _words(_say(bank, "after", "what's my savings balance"))
        port = bank.settings.port
        assert bank.stop() == 0
        bank = start_bank(tmp_path, port, state_seconds=1)
        assert books_of(bank).accounts("amelia") == moved
        assert not any("is open" in line for line in bank.lines)
    finally:
        bank.stop()


def _lambda_worker(bank: RunningBank) -> int:
    """The process in which the fulfillment function runs: a grandchild of the bank."""
    aws = _child(bank, "infra.local.embedded_aws")
    bank.aws("lambda").invoke(FunctionName=FUNCTION_NAME, Payload=json.dumps(_HELP).encode())
    found = subprocess.run(
        ["pgrep", "-P", str(aws), "-f", "_worker.py"], capture_output=True, text=True, check=True
    )
    return int(found.stdout.split()[0])


def _await_snapshot(bank: RunningBank, transfer_id: str) -> None:
    """Polls until the state on disk holds the payment: within a second or two."""
    state = bank.settings.state_folder / "state" / "dynamodb.json"
    deadline = time.monotonic() + 20
    while f"T#{transfer_id}" not in state.read_text():
        assert time.monotonic() < deadline, "the payment was not written down"
        time.sleep(0.05)


def test_a_busy_port_is_told_in_one_sentence(bank: RunningBank) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", "run", "--port", str(bank.settings.port)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"port {bank.settings.port} is in use" in done.stderr
