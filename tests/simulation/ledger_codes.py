"""One-time codes: which one is open, and what a right one marks."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from fulfillment.store.challenges import Challenge
from tests.simulation.plain import PlainQuote, Verdict
from tests.simulation.shelves import Shelves


class Codes(Shelves):
    """A code that is sent voids the one before; a right guess at it counts once."""

    def send_code(self, challenge: Challenge) -> Verdict:
        return Verdict("sent", partial(self.codes.__setitem__, challenge.session, challenge))

    def step_up(self, challenge: Challenge, now: datetime) -> Verdict:
        """What a right guess at `challenge` leads to."""
        known = self.codes.get(challenge.session)
        quote = self.quotes.get((challenge.customer_id, challenge.quote_id or ""))
        if known is None or known.sealed != challenge.sealed or now >= known.expires_at:
            return Verdict("past")
        if quote is None or quote.state != "quoted" or now >= quote.expires_at:
            return Verdict("past")
        if quote.digest != challenge.subject:
            return Verdict("of other figures")
        return Verdict("marked", partial(self._mark, challenge, quote))

    def _mark(self, challenge: Challenge, quote: PlainQuote) -> None:
        del self.codes[challenge.session]
        quote.code_for = challenge.subject
