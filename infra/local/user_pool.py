"""Demo customers in the embedded Cognito: they sign in there, and get a real ID token, unasked.

On AWS a customer types a password, or proves who they are by whatever the pool asks for, on the
bank's own page. A demonstration does it for whoever was picked from the list: with a password that
is drawn for this one sign-in and kept by nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from bot.channels.idp import IdentityProvider
from infra.local.settings import REGION, LocalSettings

_EVERY_KIND = "aA1!"
"""The pool's policy wants a letter of each size, a figure and a sign in each password."""


class DemoUserPool:
    """`names` are the demo customers' names by id; a user is made at the first sign-in."""

    def __init__(self, client: Any, pool_id: str, client_id: str, names: Mapping[str, str]) -> None:
        self._client = client
        self._pool = pool_id
        self._app = client_id
        self._names = names

    def id_token(self, customer_id: str) -> str:
        """The ID token of a fresh sign-in. May raise botocore's own errors."""
        password = secrets.token_urlsafe(24) + _EVERY_KIND
        try:
            self._set_password(customer_id, password)
        except ClientError as error:
            if error.response["Error"]["Code"] != "UserNotFoundException":
                raise
            self._create(customer_id, password)
            self._set_password(customer_id, password)
        answer = self._client.admin_initiate_auth(
            UserPoolId=self._pool,
            ClientId=self._app,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": customer_id, "PASSWORD": password},
        )
        token: str = answer["AuthenticationResult"]["IdToken"]
        return token

    def _create(self, customer_id: str, password: str) -> None:
        self._client.admin_create_user(
            UserPoolId=self._pool,
            Username=customer_id,
            TemporaryPassword=password,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "name", "Value": self._names[customer_id]},
                {"Name": "custom:customer_id", "Value": customer_id},
            ],
        )

    def _set_password(self, customer_id: str, password: str) -> None:
        self._client.admin_set_user_password(
            UserPoolId=self._pool, Username=customer_id, Password=password, Permanent=True
        )


def embedded_provider(settings: LocalSettings, pool_id: str, client_id: str) -> IdentityProvider:
    """The embedded Cognito's pool: it names AWS as the issuer, and has its keys on loopback."""
    provider = IdentityProvider.cognito(REGION, pool_id, client_id)
    keys = f"{settings.aws_endpoint}/{pool_id}/.well-known/jwks.json"
    return provider.model_copy(update={"keys_url": keys})
