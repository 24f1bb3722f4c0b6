"""The card and core-banking feed: what other systems tell of, judged and booked once."""
