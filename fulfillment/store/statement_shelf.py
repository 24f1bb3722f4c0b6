"""Where statement files lie for a few days, and the links by which a customer fetches them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

LINK_LIVES = timedelta(minutes=10)
"""A link is a bearer's: whoever has it can read the file for as long as it lives."""


@dataclass(frozen=True, slots=True)
class StatementShelf:
    """A private bucket. `client` makes S3's client at the first statement, not at a cold start."""

    client: Callable[[], Any]
    bucket: str

    def put(self, content: str, file_name: str, file_id: str, at: datetime) -> str:
        """Keep `content` and return a link that saves it as `file_name`.

        The key is a day and `file_id`, which nobody can foresee: neither it nor the link tells
        whose statement it is. Raises botocore's own errors.
        """
        client = self.client()
        key = f"{at:%Y-%m-%d}/{file_id}.csv"
        client.put_object(
            Bucket=self.bucket,
            Key=key,
            Body=content.encode("utf-8-sig"),
            ContentType="text/csv; charset=utf-8",
            ContentDisposition=f'attachment; filename="{file_name}"',
            CacheControl="private, no-store",
        )
        link: str = client.generate_presigned_url(
            "get_object",
            Params={"Bucket": self.bucket, "Key": key},
            ExpiresIn=int(LINK_LIVES.total_seconds()),
        )
        return link
