"""The analysts' side of Slack: what a case looks like there, and what comes back from it."""
