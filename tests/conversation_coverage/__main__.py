"""`python -m tests.conversation_coverage`: see `document`."""

from tests.conversation_coverage.document import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
