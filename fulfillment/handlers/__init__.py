"""Lambda entry points: thin edges that build clients once and hand over."""

import os

from fulfillment.handlers.late import load_late

load_late(os.environ)
