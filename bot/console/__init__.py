"""The test console: what happened inside each turn, for whoever develops the bot.

It shows everything that customers say, so only launchers that listen on loopback may mount it.
"""

from bot.console.routes import TestCustomer, TestCustomers, create_console

__all__ = ["TestCustomer", "TestCustomers", "create_console"]
