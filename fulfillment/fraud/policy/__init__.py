"""The fraud policy: a reviewed file, and the decision that it makes of a score and a payment."""
