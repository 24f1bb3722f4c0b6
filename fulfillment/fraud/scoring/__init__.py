"""A score for a payment, whatever is up or down, and who gave it."""
