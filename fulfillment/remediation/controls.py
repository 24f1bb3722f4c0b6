"""Which controls of Security Hub a repair answers; the bus brings no other, and none is noted.

A finding is only called resolved by what looked at the very thing that its control is about: a
bucket whose logging is off is not well because it is private.
"""

from __future__ import annotations

from typing import Final

ACCESS_ANALYZER: Final = "IAM Access Analyzer"
"""The product that finds policies by which strangers get in; its findings have no control's id."""

STORAGE: Final = ("S3.2", "S3.3", "S3.8", "S3.17")
"""Public reads, public writes, the public access block, and a key of the bank's."""
EXPOSURE: Final = ("EC2.13", "EC2.14", "EC2.18", "EC2.19", "EC2.53", "EC2.54", "Lambda.1")
"""Ports that are open to the world, and functions that anybody may run."""
TABLES: Final = ("DynamoDB.2", "DynamoDB.6")
"""Recovery to a point in time, and protection from being deleted."""
ENCRYPTION: Final = ("SNS.1", "SQS.1")
AUDIT: Final = ("SecretsManager.1", "SecretsManager.4")
"""Secrets that nothing turns, and that were not turned."""

ANSWERED: Final = frozenset({*STORAGE, *EXPOSURE, *TABLES, *ENCRYPTION, *AUDIT})
