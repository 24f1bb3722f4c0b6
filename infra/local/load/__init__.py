"""Load on a bank of its own, on loopback alone: a burst of customers, and a salary day."""
