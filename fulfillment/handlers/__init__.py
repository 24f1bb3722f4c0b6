"""Lambda entry points: thin edges that build clients once and hand over."""

import gc
import os

from fulfillment.handlers.late import load_late

# What a start makes is there to stay, and a turn leaves little in circles: looking for rubbish
# after each seven hundred new objects, as Python does by itself, finds next to none.
gc.set_threshold(50_000, 20, 100)
# Looking through every installed package for plugins of pydantic's is a twentieth of a start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
load_late(os.environ)
