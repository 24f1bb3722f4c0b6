"""What of a payment is remembered between turns: the quote that was shown or is in doubt, and the
last receiver.

They are session attributes, so any caller can write them. That is harmless: a quote lives in the
books under the verified customer and session, and pays only the very figures it was made for; the
last receiver is looked up among the customer's own payees, and shown before anything moves.
"""

QUOTE = "quoteId"
CHECKING = "checkingId"
LAST_PAYEE = "lastPayeeId"
LAST_MOVE = "lastMove"
"""The two accounts of the last transfer, by their ids."""
UNKNOWN_PAYEE = "unknownPayee"
LAST_AMOUNT = "lastAmount"
ELSEWHERE = "amountElsewhere"
"""A sum in a currency that the named account does not have, while another account is offered."""
