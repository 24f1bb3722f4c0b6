"""What a channel must be told before it can carry a conversation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.channels.idp import IdentityProvider
from bot.channels.rates import Rate


class ChannelSettings(BaseModel):
    """Which bot to talk to, how to sign, and who may sign in for a demonstration.

    An endpoint of None is AWS's own, or what boto3 finds in the environment. `token_secret` names
    the Secrets Manager secret that fulfillment reads too. Without `demo_customers_file` nobody can
    sign in by picking a name. `demo_phone` is the path of a demonstration's phone.
    `locale_id` is spoken until a message asks for another.
    `identity_provider` is whose ID tokens customers sign in with. `customer_rate` is how many
    messages a customer may send, and `address_rate` how many requests may come from one IP address:
    many customers may share one. `own_files` are where the bank's own files lie, each the beginning
    of a link with the whole host in it: no other link is shown as one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bot_id: str = Field(min_length=10, max_length=10)
    bot_alias_id: str = Field(min_length=10, max_length=10)
    locale_id: str = "en_US"
    region: str = "us-east-1"
    lex_endpoint_url: str | None = None
    aws_endpoint_url: str | None = None
    token_secret: str = Field(min_length=1)
    demo_customers_file: Path | None = None
    demo_phone: str | None = None
    identity_provider: IdentityProvider | None = None
    own_files: tuple[Annotated[str, Field(pattern=r"\Ahttps?://[^/@\s]+/")], ...] = ()
    access_lifetime: timedelta = timedelta(minutes=60)
    identity_lifetime: timedelta = timedelta(minutes=5)
    turns_at_once: int = Field(default=32, ge=1, le=512)
    customer_rate: Rate = Rate(per_minute=120, burst=120)
    address_rate: Rate = Rate(per_minute=1200, burst=600)
