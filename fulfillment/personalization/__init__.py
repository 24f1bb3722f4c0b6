"""What the bank knows of a customer's money, and what it may offer: insights, propensity, rules."""
