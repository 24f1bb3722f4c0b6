"""The template's user pool: a customer's id in it is the bank's to write, and nobody else's."""

from __future__ import annotations

import json

from infra.local.stack import TEMPLATE

RESOURCES = json.loads(TEMPLATE.read_text())["Resources"]


def test_customers_cannot_write_whose_customer_they_are() -> None:
    # Amazon Cognito refuses both; the emulator refuses neither, so the template is what is judged.
    schema = {one["Name"]: one for one in RESOURCES["Customers"]["Properties"]["Schema"]}
    assert schema["customer_id"]["Mutable"] is False
    writable = RESOURCES["ChannelClient"]["Properties"]["WriteAttributes"]
    assert writable == ["name"]


def test_nobody_signs_themselves_up_as_a_customer_of_the_bank() -> None:
    pool = RESOURCES["Customers"]["Properties"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
