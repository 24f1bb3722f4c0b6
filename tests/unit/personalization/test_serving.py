"""The propensities behind SageMaker's container contract."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fulfillment.personalization.model.artefact import read_propensities
from models.serve.offers import invite
from models.serve.payloads import PayloadError

SHIPPED = Path(__file__).resolve().parents[3] / "fulfillment/personalization/shipped_model"
MODEL = read_propensities((SHIPPED / "model.json").read_bytes())
LOAN: Mapping[str, Any] = {"Income": 120, "CCAvg": 3.5, "CreditCard": 1}


def asked(body: object, kind: str = "application/json", accept: str = "") -> tuple[bytes, str]:
    raw = body if isinstance(body, str) else json.dumps(body)
    return invite(MODEL, raw.encode(), kind, accept)


def test_a_row_is_of_the_product_whose_inputs_it_has() -> None:
    told = json.loads(asked({"instances": [LOAN]})[0])
    [one] = told["predictions"]
    assert one["product"] == "personal_loan_from_ledger"
    expected = MODEL.of["personal_loan_from_ledger"].probability(LOAN)
    assert one["score"] == pytest.approx(expected, abs=1e-12)
    assert told["model"]["version"] == MODEL.version


def test_csv_with_a_header_gives_the_same_scores_as_json() -> None:
    lines = "Income,CCAvg,CreditCard\n120,3.5,1\n20,0.3,1\n"
    body, kind = asked(lines, "text/csv", "text/csv")
    scores = [float(line.split(",")[1]) for line in body.decode().splitlines()]
    by_json = json.loads(asked([LOAN, {"Income": 20, "CCAvg": 0.3, "CreditCard": 1}])[0])
    assert kind.startswith("text/csv")
    assert scores == [one["score"] for one in by_json["predictions"]]
    assert scores[0] > scores[1]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("not json", "application/json", 400),
        ('{"instances": []}', "application/json", 400),
        ('{"instances": [[1, 2]]}', "application/json", 400),
        (
            '{"instances": [{"Income": "much", "CCAvg": 1}]}',
            "application/json",
            400,
        ),
        (
            '{"instances": [{"Income": 1, "CCAvg": 1e999, "CreditCard": 1}]}',
            "application/json",
            400,
        ),
        ('{"product": "lottery", "features": {"Income": 1}}', "application/json", 400),
        ('{"schema_version": 9, "instances": [{}]}', "application/json", 400),
        ("x", "image/png", 415),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(body: str, kind: str, status: int) -> None:
    with pytest.raises(PayloadError) as refused:
        asked(body, kind)
    assert refused.value.status == status


def test_a_row_that_two_products_read_is_of_the_one_that_reads_more_and_of_none_reported() -> None:
    row = {**LOAN, "Personal Loan": 0}
    [one] = json.loads(asked({"instances": [row]})[0])["predictions"]
    assert one["product"] == "certificate_from_ledger"
    with pytest.raises(PayloadError, match="no propensity"):
        asked({"instances": [{"Income": 120, "CCAvg": 3.5}]})


def test_a_propensity_that_is_only_reported_is_not_served() -> None:
    with pytest.raises(PayloadError, match="no product"):
        asked({"product": "securities_from_spending", "features": dict(LOAN)})


def test_an_answer_in_a_type_that_is_not_written_here_is_refused() -> None:
    with pytest.raises(PayloadError) as refused:
        asked(dict(LOAN), accept="application/xml")
    assert refused.value.status == 406
