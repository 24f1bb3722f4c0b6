"""What Teller says and does for each intent: thin dialog over the bank's decisions."""
