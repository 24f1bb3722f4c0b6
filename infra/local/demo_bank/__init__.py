"""Five invented customers and 18 months of their money, the same for the same seed and hour.

`amelia` (family, the one to begin with), `ben` (student), `carla` (freelancer), `doris` (retiree)
and `elias` (small business); each has a module here with accounts, cards, payees and habits.
"""

from infra.local.demo_bank.bank import MONTHS, demo_books, demo_customers

__all__ = ["MONTHS", "demo_books", "demo_customers"]
