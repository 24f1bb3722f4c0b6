"""The kill switch: which intents may be used now."""

from fulfillment.switches.switching import ALWAYS_ON, AllOn, Switches, switches_of

__all__ = ["ALWAYS_ON", "AllOn", "Switches", "switches_of"]
