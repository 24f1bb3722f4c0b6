"""How people reach Teller: the channel API under /chat, in front of Lex."""

from bot.channels.demo import DemoCustomer, DemoCustomersError, load_demo_customers
from bot.channels.keys import SigningKey, SigningKeys
from bot.channels.lex import LexClient
from bot.channels.routes import create_channel, open_channel
from bot.channels.settings import ChannelSettings

__all__ = [
    "ChannelSettings",
    "DemoCustomer",
    "DemoCustomersError",
    "LexClient",
    "SigningKey",
    "SigningKeys",
    "create_channel",
    "load_demo_customers",
    "open_channel",
]
