"""What matters most of the stacks, said resource by resource."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from infra.aws.bare import bare_resources
from infra.aws.endpoints import SERVED
from infra.aws.stages import STAGES
from infra.aws.template import Json, of_type

PROD = STAGES["prod"]


def each(resources: dict[str, Json], kind: str) -> Iterator[Json]:
    for _, one in of_type(resources, kind):
        yield one["Properties"]


def only(resources: dict[str, Json], kind: str) -> Json:
    [one] = each(resources, kind)
    return one


def test_the_firewall_stands_before_the_api_limits_addresses_and_bodies_and_hides_tokens(
    synthesised: dict[str, Json],
) -> None:
    rules = {one["Name"]: one for one in only(synthesised, "AWS::WAFv2::WebACL")["Rules"]}
    assert {"AWSManagedRulesCommonRuleSet", "one-address", "body-size"} <= set(rules)
    assert rules["one-address"]["Statement"]["RateBasedStatement"]["Limit"] <= 1_000
    redacted = only(synthesised, "AWS::WAFv2::LoggingConfiguration")["RedactedFields"]
    assert "authorization" in json.dumps(redacted)
    assert only(synthesised, "AWS::WAFv2::WebACLAssociation")


def test_the_trail_covers_all_regions_is_validated_encrypted_and_cannot_be_deleted(
    synthesised: dict[str, Json],
) -> None:
    trail = only(synthesised, "AWS::CloudTrail::Trail")
    assert trail["IsMultiRegionTrail"] is True
    assert trail["EnableLogFileValidation"] is True
    assert trail["KMSKeyId"]
    locked = [one for one in each(synthesised, "AWS::S3::Bucket") if one.get("ObjectLockEnabled")]
    assert len(locked) >= 3


def test_nothing_runs_on_a_machine_that_the_bank_would_have_to_scale(
    synthesised: dict[str, Json],
) -> None:
    """What runs is a function, or an endpoint, whose instances have their scaling."""
    machines = ("AWS::EC2::", "AWS::AutoScaling::", "AWS::ECS::", "AWS::EKS::", "AWS::RDS::")
    assert [one["Type"] for one in synthesised.values() if one["Type"].startswith(machines)] == []
    endpoints = list(each(synthesised, "AWS::SageMaker::Endpoint"))
    scaled = [
        one["ResourceId"]
        for one in each(synthesised, "AWS::ApplicationAutoScaling::ScalableTarget")
    ]
    assert endpoints
    assert all(any(one["EndpointName"] in str(at) for at in scaled) for one in endpoints)


def denied(policy: Json, asked: dict[str, str]) -> bool:
    """Whether a put with these headers is denied: a negation holds for what is not there, too, and
    `Null` asks whether it is there.
    """

    def holds(operator: str, key: str, value: Any) -> bool:
        if operator == "Null":
            return bool((key not in asked) == (value == "true"))
        assert operator == "StringNotEquals", operator
        return bool(asked.get(key) != (value if isinstance(value, str) else "the bucket's own"))

    return any(
        all(holds(operator, *one) for operator, keys in statement["Condition"].items()
            for one in keys.items())
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny" and statement["Action"] == "s3:PutObject"
    )  # fmt: skip


def test_a_bucket_takes_what_names_no_key_and_refuses_another_key_or_cipher(
    synthesised: dict[str, Json],
) -> None:
    cipher = "s3:x-amz-server-side-encryption"
    key = f"{cipher}-aws-kms-key-id"
    guarded = [
        one for one in each(synthesised, "AWS::S3::BucketPolicy") if "NoOtherKey" in str(one)
    ]
    assert len(guarded) >= 3
    for policy in guarded:
        assert not denied(policy, {}), "our own uploads name no key"
        assert not denied(policy, {cipher: "aws:kms", key: "the bucket's own"})
        assert denied(policy, {cipher: "aws:kms", key: "another"})
        assert denied(policy, {cipher: "AES256"})


def test_every_key_turns_and_lets_each_service_in_once(synthesised: dict[str, Json]) -> None:
    for key in each(synthesised, "AWS::KMS::Key"):
        assert key["EnableKeyRotation"] is True
        principals = [
            str(one["Principal"].get("Service"))
            for one in key["KeyPolicy"]["Statement"]
            if "Service" in one["Principal"]
        ]
        assert len(principals) == len(set(principals))


def test_no_bucket_queue_or_topic_answers_without_tls(synthesised: dict[str, Json]) -> None:
    kinds = {"AWS::S3::Bucket": "AWS::S3::BucketPolicy", "AWS::SQS::Queue": "AWS::SQS::QueuePolicy",
             "AWS::SNS::Topic": "AWS::SNS::TopicPolicy"}  # fmt: skip
    for kind, policy in kinds.items():
        policies = list(each(synthesised, policy))
        assert len(policies) >= len(list(each(synthesised, kind))), kind
        for one in policies:
            denied = [s for s in one["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
            assert "aws:SecureTransport" in json.dumps(denied)


def test_exports_are_tiered_by_use_and_every_bucket_forgets(synthesised: dict[str, Json]) -> None:
    buckets = list(each(synthesised, "AWS::S3::Bucket"))
    assert sum("IntelligentTieringConfigurations" in one for one in buckets) >= 1
    for bucket in buckets:
        assert bucket["LifecycleConfiguration"]["Rules"]
        assert all(bucket["PublicAccessBlockConfiguration"].values())


def test_a_month_that_costs_too_much_is_told_before_it_is_over(
    synthesised: dict[str, Json],
) -> None:
    budget = only(synthesised, "AWS::Budgets::Budget")
    kinds = {
        one["Notification"]["NotificationType"] for one in budget["NotificationsWithSubscribers"]
    }
    assert kinds == {"ACTUAL", "FORECASTED"}
    assert only(synthesised, "AWS::CE::AnomalySubscription")["Frequency"] == "DAILY"


def test_endpoints_and_warm_instances_scale_by_what_is_asked(synthesised: dict[str, Json]) -> None:
    targets = {
        one["ResourceId"] if one["ServiceNamespace"] == "sagemaker" else "lambda": one
        for one in each(synthesised, "AWS::ApplicationAutoScaling::ScalableTarget")
    }
    assert targets["endpoint/teller-fraud/variant/champion"]["MinCapacity"] >= 2
    assert targets["endpoint/teller-personalization/variant/champion"]["MinCapacity"] == 1
    assert targets["lambda"]["MaxCapacity"] == PROD.salary_warm
    assert len(list(each(synthesised, "AWS::ApplicationAutoScaling::ScalingPolicy"))) == 3


def test_each_endpoint_is_encrypted_isolated_and_may_read_its_own_model_alone(
    synthesised: dict[str, Json],
) -> None:
    assert all(one["KmsKeyId"] for one in each(synthesised, "AWS::SageMaker::EndpointConfig"))
    models = list(each(synthesised, "AWS::SageMaker::Model"))
    assert len(models) == len(SERVED) == 2
    assert all(one["EnableNetworkIsolation"] is True for one in models)
    assert models[0]["ExecutionRoleArn"] != models[1]["ExecutionRoleArn"]
    for served in SERVED:
        [policy] = [
            one
            for one in each(synthesised, "AWS::IAM::ManagedPolicy")
            if one.get("Description") == f"All that {served.role} may do."
        ]
        may = {one["Sid"]: one for one in policy["PolicyDocument"]["Statement"]}
        assert may["ItsModel"]["Action"] == "s3:GetObject"
        assert f"/models/{served.endpoint}/*model.tar.gz" in json.dumps(may["ItsModel"])
        assert "repository/teller-models" in json.dumps(may["ItsImage"])
        assert may["WhatItWasAsked"]["Action"] == "s3:PutObject"
        assert f"/models/{served.endpoint}/captured/*" in json.dumps(may["WhatItWasAsked"])
        assert f"Endpoints/{served.endpoint}*" in json.dumps(may["ItsLog"])


def test_what_endpoints_and_trainings_write_lies_where_the_banks_key_is_taken(
    synthesised: dict[str, Json],
) -> None:
    """A bucket refuses what names another key than its own: the two must be of one key."""
    [name] = [one for one in synthesised if one.startswith("data/Models") and "Policy" not in one]
    [encryption] = synthesised[name]["Properties"]["BucketEncryption"][
        "ServerSideEncryptionConfiguration"
    ]
    own = encryption["ServerSideEncryptionByDefault"]["KMSMasterKeyID"]["Fn::GetAtt"][0]
    assert own.startswith("OperationsKey")
    key = {"Fn::ImportValue": "teller:OperationsKey:Arn"}
    for config in each(synthesised, "AWS::SageMaker::EndpointConfig"):
        captured = config["DataCaptureConfig"]
        assert captured["KmsKeyId"] == key
        assert "teller:Models:Ref" in json.dumps(captured["DestinationS3Uri"])
    machine = only(synthesised, "AWS::StepFunctions::StateMachine")["DefinitionSubstitutions"]
    assert machine["Key"] == key
    assert machine["Bucket"] == {"Fn::ImportValue": "teller:Models:Ref"}


def test_the_training_is_there_once_its_images_are_and_logs_traces_and_encrypts(
    synthesised: dict[str, Json],
) -> None:
    [machine] = [
        one for one in synthesised.values() if one["Type"] == "AWS::StepFunctions::StateMachine"
    ]
    assert machine["Condition"] == "FraudCanBeTrained"
    properties = machine["Properties"]
    assert properties["LoggingConfiguration"]["Level"] == "ALL"
    assert properties["TracingConfiguration"] == {"Enabled": True}
    assert properties["EncryptionConfiguration"]["Type"] == "CUSTOMER_MANAGED_KMS_KEY"
    asked = set(re.findall(r"\$\{(\w+)\}", properties["DefinitionString"]))
    assert asked == set(properties["DefinitionSubstitutions"])


def test_nothing_that_trains_may_approve_a_model_or_touch_an_endpoint(
    synthesised: dict[str, Json],
) -> None:
    policies = [
        one["PolicyDocument"]
        for one in each(synthesised, "AWS::IAM::ManagedPolicy")
        if one.get("Description", "").startswith("All that FraudTraining")
    ]
    assert len(policies) == 2
    actions = {
        action
        for policy in policies
        for statement in policy["Statement"]
        for action in (
            [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
        )
    }
    assert {one for one in actions if "Endpoint" in one or "Update" in one} == {
        "logs:UpdateLogDelivery"
    }
    assert not any(one.endswith("*") for one in actions)
    passing = [
        statement for policy in policies for statement in policy["Statement"]
        if statement["Action"] == "iam:PassRole"
    ]  # fmt: skip
    assert [one["Condition"] for one in passing] == [
        {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    ]


def test_each_endpoint_has_an_alarm_for_failing_and_one_for_answering_late() -> None:
    watched = {
        (one["Properties"]["MetricName"], dimension["Value"])
        for _, one in of_type(bare_resources(PROD), "AWS::CloudWatch::Alarm")
        for dimension in one["Properties"].get("Dimensions", ())
        if dimension["Name"] == "EndpointName"
    }
    assert watched == {
        (metric, served.endpoint)
        for metric in ("Invocation5XXErrors", "ModelLatency")
        for served in SERVED
    }


def test_a_new_model_gets_a_part_first_and_what_it_is_asked_is_sampled_under_the_banks_key(
    synthesised: dict[str, Json],
) -> None:
    endpoints = list(each(synthesised, "AWS::SageMaker::Endpoint"))
    alarms = {one.get("AlarmName") for one in each(synthesised, "AWS::CloudWatch::Alarm")}
    assert endpoints
    for one in endpoints:
        shift = one["DeploymentConfig"]
        routing = shift["BlueGreenUpdatePolicy"]["TrafficRoutingConfiguration"]
        assert routing["Type"] == "CANARY"
        assert routing["CanarySize"]["Value"] <= 50  # the most that SageMaker takes
        assert {a["AlarmName"] for a in shift["AutoRollbackConfiguration"]["Alarms"]} <= alarms
    for config in each(synthesised, "AWS::SageMaker::EndpointConfig"):
        captured = config["DataCaptureConfig"]
        assert captured["EnableCapture"] is True
        assert captured["KmsKeyId"]
        assert 0 < captured["InitialSamplingPercentage"] < 100


def test_instances_are_warm_before_salaries_come_and_follow_use() -> None:
    target = bare_resources(PROD)["WarmInstances"]["Properties"]
    opens, closes = target["ScheduledActions"]
    assert opens["ScalableTargetAction"]["MinCapacity"] == PROD.salary_warm
    assert closes["ScalableTargetAction"]["MinCapacity"] == PROD.warm


def test_the_ledger_can_go_back_forgets_on_time_and_has_a_fuse() -> None:
    table: dict[str, Any] = bare_resources(PROD)["BankTable"]["Properties"]
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"]["Enabled"] is True
    assert table["DeletionProtectionEnabled"] is True
    assert table["OnDemandThroughput"]["MaxWriteRequestUnits"] > 0
    assert table["SSESpecification"]["SSEType"] == "KMS"


def test_the_api_is_throttled_and_keeps_no_answer_and_no_body() -> None:
    [settings] = bare_resources(PROD)["ChatStage"]["Properties"]["MethodSettings"]
    assert settings["ThrottlingRateLimit"] == PROD.rate
    assert settings["CachingEnabled"] is False
    assert settings["DataTraceEnabled"] is False


def test_every_queue_has_somewhere_for_what_nobody_could_take() -> None:
    resources = bare_resources(PROD)
    targets = {
        one["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        for _, one in of_type(resources, "AWS::SQS::Queue")
        if "RedrivePolicy" in one["Properties"]
    }
    for name, one in of_type(resources, "AWS::SQS::Queue"):
        last = name in targets or "Dead" in name or "Fail" in name
        assert last or "RedrivePolicy" in one["Properties"], name


def test_everything_that_runs_or_fails_has_its_alarm_and_tells_somebody() -> None:
    resources = bare_resources(PROD)
    alarms = dict(of_type(resources, "AWS::CloudWatch::Alarm"))
    for name, _ in of_type(resources, "AWS::Lambda::Function"):
        assert f"{name}Fails" in alarms
        assert f"{name}Throttled" in alarms
    for name, _ in of_type(resources, "AWS::StepFunctions::StateMachine"):
        assert f"{name}Fails" in alarms
    for name, one in alarms.items():
        assert one["Properties"]["AlarmActions"], name


def test_who_signs_in_on_aws_has_something_besides_a_password() -> None:
    pool = bare_resources(PROD)["Customers"]["Properties"]
    assert pool["MfaConfiguration"] == "ON"
    assert pool["UserPoolTier"] == "PLUS"
    flows = bare_resources(PROD)["ChannelClient"]["Properties"]["ExplicitAuthFlows"]
    assert "ALLOW_ADMIN_USER_PASSWORD_AUTH" not in flows


def test_the_local_bank_and_aws_are_made_from_the_same_description() -> None:
    from infra.aws.template import CORE, read_template
    from infra.local.stack import TEMPLATE

    assert TEMPLATE == CORE
    made = bare_resources(PROD)
    for name, one in read_template()["Resources"].items():
        assert made[name]["Type"] == one["Type"], name
