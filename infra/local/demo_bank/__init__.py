"""Five invented customers and 18 months of their money, the same for the same seed and day."""

from infra.local.demo_bank.bank import MONTHS, demo_books, demo_customers

__all__ = ["MONTHS", "demo_books", "demo_customers"]
