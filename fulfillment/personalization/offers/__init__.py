"""Which of the bank's products could serve a customer, by rules that are data, and why.

profile = profile_of(entries, accounts, ...)      what the customer's own lines say
verdicts = judge(rules, profile, applicant, ...)  who may be offered what, and what it is worth
ranking = rank(verdicts, chances, rules, draw)    by expected value, with bounded exploration
"""
