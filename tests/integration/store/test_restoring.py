"""The restore is rehearsed: an export of a bank becomes a table that holds all and balances."""

from __future__ import annotations

import gzip
import json
import threading
from typing import TYPE_CHECKING, Any

import botocore.session

from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from infra.capacity.command import create_table
from tests.integration.store.test_auditing import paid
from tests.unit.bank.values import between, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

BUCKET = "teller-exports"
RESTORED = "teller-restored"


def _s3() -> Any:
    return botocore.session.get_session().create_client("s3", region_name="us-east-1")


def exported(client: DynamoDBClient, table: str) -> None:
    """The whole table in a bucket, as the nightly export's full kind writes it."""
    s3 = _s3()
    s3.create_bucket(Bucket=BUCKET)
    client.update_continuous_backups(
        TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    arn = client.describe_table(TableName=table)["Table"]["TableArn"]
    asked = client.export_table_to_point_in_time(
        TableArn=arn, S3Bucket=BUCKET, S3Prefix="ledger", ExportFormat="DYNAMODB_JSON"
    )
    _ended()
    done = client.describe_export(ExportArn=asked["ExportDescription"]["ExportArn"])
    assert done["ExportDescription"]["ExportStatus"] == "COMPLETED"


def _ended() -> None:
    """An export is a thread of moto's: this waits for its end, not for a time."""
    for thread in threading.enumerate():
        if type(thread).__name__ == "TableExport":
            thread.join()


def imported(client: DynamoDBClient) -> None:
    """A new table from the export's files, read as DynamoDB's own import reads them.

    Moto has that import too, but cuts a text at its first apostrophe.
    """
    create_table(client, RESTORED)
    s3 = _s3()
    for file in s3.list_objects_v2(Bucket=BUCKET, Prefix="ledger")["Contents"]:
        body = s3.get_object(Bucket=BUCKET, Key=file["Key"])["Body"].read()
        for line in gzip.decompress(body).decode().splitlines():
            client.put_item(TableName=RESTORED, Item=json.loads(line)["Item"])


def items(client: DynamoDBClient, table: str) -> dict[tuple[str, str], Any]:
    found = client.scan(TableName=table)["Items"]
    return {(one["PK"]["S"], one["SK"]["S"]): one for one in found}


def test_a_table_restored_from_its_export_holds_every_item_and_balances(
    client: DynamoDBClient, loaded: str, books: Books
) -> None:
    paid(books, "q-1", to_anna("50.00", fee="0.25"))
    paid(books, "q-2", between("checking", "savings", "100.00"))
    before, kept = audit(client, loaded), items(client, loaded)
    exported(client, loaded)
    client.delete_table(TableName=loaded)
    imported(client)
    assert items(client, RESTORED) == kept
    after = audit(client, RESTORED)
    assert after.violations == []
    assert after.as_json() == before.as_json()
    assert after.postings >= 4


def test_the_audit_of_a_restored_table_names_what_the_export_lost(
    client: DynamoDBClient, loaded: str, books: Books
) -> None:
    paid(books, "q-1", to_anna("50.00", fee="0.25"))
    lost = next(key for key in items(client, loaded) if "#A#" in key[0] and key[1] != "A")
    client.delete_item(TableName=loaded, Key={"PK": {"S": lost[0]}, "SK": {"S": lost[1]}})
    exported(client, loaded)
    imported(client)
    assert audit(client, RESTORED).violations
