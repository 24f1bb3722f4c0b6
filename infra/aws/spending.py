"""What stops by itself when a stage has spent its month: its conversations, where no customer is.

Lex's turns are most of what a stage costs (docs/cost.md). At the whole budget a policy that denies
them is put on the two functions that may speak with Lex: by itself in dev and staging; in prod,
where it would close the bank, by a person, who has a button for it and the cause before their eyes.
Budgets takes the policy off again when the action is reversed.
"""

from __future__ import annotations

from typing import Any

from infra.aws.functions import assumed_by
from infra.aws.stages import Stage
from infra.aws.template import Resources, imported

STOPPED = ("ChatEdgeRole", "ChatStreamRole")
_ARN = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}"


def spending_stop(stage: Stage, email: Any) -> Resources:
    """The action on the budget `teller-month`, its role, and the policy that it puts on."""
    roles = [{"Fn::Sub": [_ARN, {"Role": imported(name)}]} for name in STOPPED]
    trust = assumed_by("budgets.amazonaws.com")
    trust["Statement"][0]["Condition"] = {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }
    return {
        "NoMoreTurns": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {
                "Description": "Nobody speaks with Lex until the month is over, or it is taken off.",
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "NoMoreTurns",
                            "Effect": "Deny",
                            "Action": "lex:RecognizeText",
                            "Resource": imported("BotAlias", "Arn"),
                        }
                    ],
                },
            },
        },
        "SpendingStopsRole": {
            "Type": "AWS::IAM::Role",
            "Properties": {"AssumeRolePolicyDocument": trust},
        },
        "SpendingStopsRolePolicy": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {
                "Description": "All that SpendingStopsRole may do.",
                "Roles": [{"Ref": "SpendingStopsRole"}],
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "ThatOnePolicyAlone",
                            "Effect": "Allow",
                            "Action": ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
                            "Resource": roles,
                            "Condition": {"ArnEquals": {"iam:PolicyARN": {"Ref": "NoMoreTurns"}}},
                        }
                    ],
                },
            },
        },
        "SpendingStops": {
            "Type": "AWS::Budgets::BudgetsAction",
            "DependsOn": ["SpendingStopsRolePolicy"],
            "Properties": {
                "BudgetName": "teller-month",
                "ActionType": "APPLY_IAM_POLICY",
                "ActionThreshold": {"Type": "PERCENTAGE", "Value": 100},
                "NotificationType": "ACTUAL",
                "ApprovalModel": "MANUAL" if stage.kept else "AUTOMATIC",
                "ExecutionRoleArn": {"Fn::GetAtt": ["SpendingStopsRole", "Arn"]},
                "Definition": {
                    "IamActionDefinition": {
                        "PolicyArn": {"Ref": "NoMoreTurns"},
                        "Roles": [imported(name) for name in STOPPED],
                    }
                },
                "Subscribers": [{"Type": "EMAIL", "Address": email}],
            },
        },
    }


def reversal(client: Any, account: str) -> int:
    """Takes the policy off again wherever it was put on; how often. Before a teardown: a role that
    has a policy of another is not deleted.
    """
    try:
        asked = client.describe_budget_actions_for_budget(
            AccountId=account, BudgetName="teller-month"
        )
    except client.exceptions.NotFoundException:
        return 0
    done = [one for one in asked["Actions"] if one["Status"].startswith("EXECUTION_SUCCESS")]
    for one in done:
        client.execute_budget_action(
            AccountId=account, BudgetName="teller-month", ActionId=one["ActionId"],
            ExecutionType="REVERSE_BUDGET_ACTION",
        )  # fmt: skip
    return len(done)
