"""The bank of the identity tests, for people who mean it harm."""

from tests.integration.identity.conftest import bank

__all__ = ["bank"]
