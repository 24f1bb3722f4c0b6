"""Customer keys, each with the services that may use it named once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import Aws, CfnOutput, Fn, RemovalPolicy, aws_iam, aws_kms

from infra.aws.stages import Stage
from infra.aws.template import export_name

_USE = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:Encrypt"]


def key_of(stack: Any, name: str, stage: Stage, description: str, **used: Sequence[str]) -> Any:
    """A key that turns every year. `via`: services through which whoever may use the service in
    this account uses the key; `by`: services that use it in their own name.
    """
    key = aws_kms.Key(
        stack,
        name,
        alias=f"teller/{name}",
        description=description,
        enable_key_rotation=True,
        removal_policy=RemovalPolicy.RETAIN if stage.kept else RemovalPolicy.DESTROY,
    )
    for service in used.get("via", ()):
        key.add_to_resource_policy(_through(service))
    for service in used.get("by", ()):
        key.add_to_resource_policy(_in_its_own_name(service))
    return key


def exported(stack: Any, name: str, attribute: str | None, value: str) -> None:
    """Tells other stacks a value, by the name that `infra.aws.template.imported` asks for."""
    output = f"{name}{attribute or 'Ref'}Out"
    CfnOutput(stack, output, value=value, export_name=export_name(name, attribute))


def imported_value(name: str, attribute: str | None = None) -> str:
    """What another stack told with `exported`."""
    return str(Fn.import_value(export_name(name, attribute)))


def _through(service: str) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        sid=f"Through{service.title()}",
        principals=[aws_iam.AnyPrincipal()],
        actions=[*_USE, "kms:CreateGrant"],
        resources=["*"],
        conditions={
            "StringEquals": {
                "kms:CallerAccount": Aws.ACCOUNT_ID,
                "kms:ViaService": f"{service}.{Aws.REGION}.amazonaws.com",
            }
        },
    )


def _in_its_own_name(service: str) -> aws_iam.PolicyStatement:
    if service == "logs":
        # CloudWatch Logs tells its log group, not the account that it acts for.
        principal = f"logs.{Aws.REGION}.amazonaws.com"
        group = f"arn:{Aws.PARTITION}:logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:log-group:*"
        conditions = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": group}}
    else:
        principal = f"{service}.amazonaws.com"
        conditions = {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
    return aws_iam.PolicyStatement(
        sid=f"For{service.title()}",
        principals=[aws_iam.ServicePrincipal(principal)],
        actions=_USE,
        resources=["*"],
        conditions=conditions,
    )
