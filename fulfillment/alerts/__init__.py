"""How the bank reaches people outside of a conversation."""
