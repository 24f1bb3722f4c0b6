"""A salary day's burst on DynamoDB's documented limits, in a time that passes only here.

Who comes first is drawn from a seed, and no real clock is read: the same seed gives the same day.
"""
