"""What of a payment is remembered between turns: the id of the quote that was shown.

It is a session attribute, so any caller can write it. That is harmless: a quote lives in the books
under the verified customer and session, and pays only the very figures it was made for.
"""

QUOTE = "quoteId"
