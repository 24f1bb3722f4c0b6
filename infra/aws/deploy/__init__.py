"""How a stage gets to its account, and how nothing of it is left there."""
