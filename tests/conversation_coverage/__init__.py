"""What the conversation files show, read from what they expect of the bank and not from titles."""
