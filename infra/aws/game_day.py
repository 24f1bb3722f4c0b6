"""Each week GuardDuty makes up a finding, so that the way from finding to people is walked.

A sample names a user that is not the bank's: the function that repairs users looks at it, lets it
be, and people are told. That function's silence for a week has an alarm.
"""

from __future__ import annotations

import json

from infra.aws.template import Json, Resources

SAMPLE = "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS"
"""The type of finding that is made up: one that `PATTERNS["IdentityFound"]` takes."""
_DETECTOR = (
    "arn:${AWS::Partition}:guardduty:${AWS::Region}:${AWS::AccountId}:detector/${DetectorId}"
)


def game_day_resources() -> Resources:
    """The schedule and its role; `DetectorId` is a parameter: the stack's GuardDuty detector."""
    return {
        "GameDay": {
            "Type": "AWS::Scheduler::Schedule",
            "DependsOn": ["GameDayRolePolicy"],
            "Properties": {
                "Name": "teller-game-day",
                "Description": "A made-up finding goes the way of a real one.",
                "ScheduleExpression": "cron(0 10 ? * TUE *)",
                "FlexibleTimeWindow": {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 60},
                "Target": {
                    "Arn": {
                        "Fn::Sub": "arn:${AWS::Partition}:scheduler:::aws-sdk:guardduty:createSampleFindings"
                    },
                    "RoleArn": {"Fn::GetAtt": ["GameDayRole", "Arn"]},
                    "Input": {
                        "Fn::Sub": json.dumps(
                            {"DetectorId": "${DetectorId}", "FindingTypes": [SAMPLE]}
                        )
                    },
                    "RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 3600},
                },
            },
        },
        "GameDayRole": {
            "Type": "AWS::IAM::Role",
            "Properties": {"AssumeRolePolicyDocument": _BY_SCHEDULER},
        },
        "GameDayRolePolicy": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {
                "Description": "All that GameDayRole may do.",
                "Roles": [{"Ref": "GameDayRole"}],
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "MakeOneUp",
                            "Effect": "Allow",
                            "Action": "guardduty:CreateSampleFindings",
                            "Resource": {"Fn::Sub": _DETECTOR},
                        }
                    ],
                },
            },
        },
    }


_BY_SCHEDULER: Json = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "scheduler.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
        }
    ],
}
