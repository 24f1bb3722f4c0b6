"""A stand-in for Slack: its Web API as far as the desk uses it, and its way of sending clicks.

It exists in the local bank and in tests alone. What runs on AWS does not know it: the functions
call it as they call Slack, by the address in `SLACK_API_URL`, and it signs as Slack signs.
"""
