"""Signing in through the embedded Cognito's real user pool."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from infra.local.stack import outputs
from infra.local.user_pool import DemoUserPool
from tests.running_bank import RunningBank


def post(bank: RunningBank, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    request = Request(f"{bank.endpoint}{path}", json.dumps(body).encode(), headers)
    with urlopen(request, timeout=30) as answer:
        answered: dict[str, Any] = json.load(answer)
        return answered


def pool_of(bank: RunningBank, names: dict[str, str]) -> DemoUserPool:
    stack = outputs(bank.settings)
    client = bank.aws("cognito-idp")
    return DemoUserPool(client, stack["CustomersPoolId"], stack["ChannelClientId"], names)


def test_an_id_token_of_the_pool_signs_its_customer_in(bank: RunningBank) -> None:
    token = pool_of(bank, {"doris": "Doris Whitfield"}).id_token("doris")
    signed_in = post(bank, "/chat/sign-in", {"id_token": token})
    assert signed_in["customer"]["name"] == "Doris Whitfield"
    said = post(bank, "/chat/messages", {"text": "my balance"}, signed_in["access_token"])
    assert "Checking" in json.dumps(said)


def test_an_access_token_of_the_pool_is_no_id_token(bank: RunningBank) -> None:
    pool_of(bank, {"ben": "Ben Okafor"}).id_token("ben")
    stack = outputs(bank.settings)
    client = bank.aws("cognito-idp")
    password = "Correct horse 14 battery!"
    where = {"UserPoolId": stack["CustomersPoolId"], "Username": "ben"}
    client.admin_set_user_password(**where, Password=password, Permanent=True)
    access = client.admin_initiate_auth(
        UserPoolId=stack["CustomersPoolId"],
        ClientId=stack["ChannelClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ben", "PASSWORD": password},
    )["AuthenticationResult"]["AccessToken"]
    with pytest.raises(HTTPError) as refused:
        post(bank, "/chat/sign-in", {"id_token": access})
    assert refused.value.code == 401
    refused.value.close()
