"""What is fast, what is small, and beside what: small measurements, each with its own baseline."""
