"""A month's bill: what stands, what turns ask for, and what each of it costs.

Nothing here asks AWS. A quantity comes from a template (`Standing`), from a count over the code that
runs (`infra.capacity`), or from `traffic.toml`, which says what is assumed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from infra.aws.cost.data import Prices, Traffic
from infra.aws.cost.standing import Standing
from infra.capacity.turns import Cost

SECONDS_A_MONTH, HOURS_A_MONTH = 730 * 3600, 730
PAYMENT = "payment, confirmed"
_GB = 1e9
_PER_INSTANCE = 3_000 / 60
"""Answers a second of one endpoint instance: the target of its scaling."""


@dataclass(frozen=True, slots=True)
class Line:
    """`usd` a month for `quantity` of the price `price`."""

    service: str
    price: str
    quantity: float
    usd: float


@dataclass(frozen=True, slots=True)
class Turn:
    """The mean turn: calls of DynamoDB and its units."""

    calls: float
    read_units: float
    write_units: float


def mean_turn(costs: Iterable[Cost], shares: Mapping[str, float]) -> Turn:
    """Weighs the measured kinds by what customers say. Raises `KeyError` for an unmeasured kind."""
    by_kind = {cost.kind: cost for cost in costs}
    weighed = [(by_kind[kind], share) for kind, share in shares.items()]
    return Turn(
        calls=sum(cost.calls * share for cost, share in weighed),
        read_units=sum(cost.read_units * share for cost, share in weighed),
        write_units=sum(cost.write_units * share for cost, share in weighed),
    )


@dataclass(frozen=True, slots=True)
class Month:
    """A month of `turns` turns on one stage."""

    turns: float
    turn: Turn
    standing: Standing
    traffic: Traffic
    prices: Prices

    @property
    def conversations(self) -> float:
        return self.turns / self.traffic.conversation["turns"]

    @property
    def customers(self) -> float:
        """Who talk in the month."""
        return self.conversations / self.traffic.conversation["a_customer_a_month"]

    @property
    def payments(self) -> float:
        return self.turns * self.traffic.turns[PAYMENT]

    @property
    def offers(self) -> float:
        """Questions to the propensities."""
        return self.turns * self.traffic.shares["offers"]

    @property
    def requests(self) -> float:
        """Of the API."""
        return self.turns + (
            self.conversations * self.traffic.conversation["api_requests_besides_turns"]
        )

    def lines(self) -> Sequence[Line]:
        """The whole bill."""
        return [
            *self._channel(), *self._functions(), *self._table(), *self._judging(),
            *self._messages(), *self._watching(), *self._security(),
        ]  # fmt: skip

    def _line(self, service: str, price: str, quantity: float) -> Line:
        return Line(service, price, quantity, self.prices.of(price, quantity))

    def _channel(self) -> Iterable[Line]:
        yield self._line("Lex", "lex_text_request", self.turns)
        yield self._line("API Gateway", "apigateway_request", self.requests)
        if self.standing.sockets:
            minutes = self.conversations * self.traffic.conversation["minutes"]
            yield self._line("API Gateway", "websocket_minute", minutes)
            yield self._line("API Gateway", "websocket_message", 2 * self.turns)
        yield self._line("WAF", "waf_acl_month", 1)
        yield self._line("WAF", "waf_rule_month", self.standing.firewall_rules)
        yield self._line("WAF", "waf_request", self.requests)
        yield self._line("Cognito", "cognito_plus_user", self.customers)

    def _functions(self) -> Iterable[Line]:
        time, memory = self.traffic.time, self.standing.memory
        hook_s = (time["own"] + self.turn.calls * time["call"]) / 1000
        judged_s = self.payments * time["scored"] / 1000
        edge_s = hook_s + time["lex"] / 1000
        work = (
            (self.turns * hook_s + judged_s) * memory["teller-fulfillment"]
            + (self.turns * edge_s + judged_s) * memory["teller-chat-edge"]
            + self.payments * time["stream"] / 1000 * memory["teller-stream"]
            + sum(gb * runs * time["idle"] / 1000 for gb, runs in self.standing.scheduled)
        )
        runs = self.requests + self.turns + self.payments
        runs += sum(one for _, one in self.standing.scheduled)
        yield self._line("Lambda", "lambda_request", runs)
        yield self._line("Lambda", "lambda_arm_gb_second", work)
        warm = self.standing.warm_gb * SECONDS_A_MONTH
        yield self._line("Lambda", "lambda_arm_warm_gb_second", warm)

    def _table(self) -> Iterable[Line]:
        lines = self.customers * self.traffic.conversation["lines_a_customer"]
        gb = lines * self.traffic.bytes["line"] / _GB
        yield self._line("DynamoDB", "dynamodb_write_unit", self.turns * self.turn.write_units)
        yield self._line("DynamoDB", "dynamodb_read_unit", self.turns * self.turn.read_units)
        yield self._line("DynamoDB", "dynamodb_gb_month", gb)
        yield self._line("DynamoDB", "dynamodb_pitr_gb_month", gb)
        yield self._line("Backup", "backup_gb_month", gb)
        yield self._line("Backup", "s3_gb_month", gb)

    def _judging(self) -> Iterable[Line]:
        asked = {"teller-fraud": self.payments, "teller-personalization": self.offers}
        hours = HOURS_A_MONTH * sum(
            max(least, math.ceil(self._a_second(asked.get(name, 0.0)) / _PER_INSTANCE))
            for name, least in self.standing.endpoints.items()
        )
        yield self._line("SageMaker", "sagemaker_hour_ml_c7g_large", hours)
        yield from self._training()

    def _training(self) -> Iterable[Line]:
        training = self.traffic.training
        times = self.standing.trained_anew * training["a_month"]
        trained = times * training["hours"]
        yield self._line("SageMaker", "sagemaker_training_hour_ml_m5_xlarge", trained)
        yield self._line("SageMaker", "state_transition", times * training["transitions"])

    def _a_second(self, times: float) -> float:
        """In the busiest hour, of what is asked so many times a month."""
        return times / SECONDS_A_MONTH * self.traffic.shares["busiest_hour"]

    def _messages(self) -> Iterable[Line]:
        codes = self.conversations * self.traffic.conversation["codes"]
        yield self._line("Text messages", "text_message", codes)
        yield self._line("SNS and SQS", "sns_publish", codes + self.payments)
        polls = self.standing.polled_queues * self.traffic.watching["polls_of_a_queue"]
        yield self._line("SNS and SQS", "sqs_request", polls + 3 * self.payments)

    def _watching(self) -> Iterable[Line]:
        gb = self.turns * self.traffic.bytes["logged_a_turn"] / _GB
        yield self._line("CloudWatch", "log_gb", gb)
        yield self._line("CloudWatch", "log_gb_month", gb * self.traffic.bytes["kept_log_months"])
        yield self._line("CloudWatch", "alarm_metric_month", self.standing.alarm_metrics)
        yield self._line("CloudWatch", "dashboard_month", self.standing.dashboards)
        own = self.traffic.watching["own_metrics"]
        yield self._line("CloudWatch", "custom_metric_month", own)
        looked_at = self.turns * self.turn.calls * 2
        yield self._line("CloudWatch", "dynamodb_insight_event", looked_at)
        yield self._line("X-Ray", "trace", self.turns * self.traffic.shares["traced"])

    def _security(self) -> Iterable[Line]:
        account = self.traffic.watching
        yield self._line("KMS and secrets", "kms_key_month", self.standing.keys)
        yield self._line("KMS and secrets", "secret_month", self.standing.secrets)
        keys = self.turns / 1000 * account["kms_a_thousand_turns"]
        yield self._line("KMS and secrets", "kms_request", keys)
        yield self._line("CloudTrail", "trail_data_event", self.turns * self.turn.calls)
        yield self._line("CloudTrail", "trail_insight_event", account["management_events"])
        yield self._line("Detectors", "config_item", account["config_items"])
        yield self._line("Detectors", "config_evaluation", account["config_evaluations"])
        yield self._line("Detectors", "guardduty_event", account["management_events"])
        yield self._line("Detectors", "guardduty_s3_event", account["s3_events"])
        yield self._line("Detectors", "hub_check", account["hub_checks"])
        yield self._line("Detectors", "macie_bucket_month", self.standing.buckets)
        yield self._line("Detectors", "macie_gb", account["looked_into_gb"])
        yield self._line("Detectors", "inspector_function_month", self.standing.functions)


def by_service(lines: Iterable[Line]) -> dict[str, float]:
    """Dollars a month, the largest first."""
    sums: dict[str, float] = {}
    for line in lines:
        sums[line.service] = sums.get(line.service, 0.0) + line.usd
    return dict(sorted(sums.items(), key=lambda one: -one[1]))
