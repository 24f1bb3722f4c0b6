"""Lambda entry points: thin edges that build clients once and hand over."""
