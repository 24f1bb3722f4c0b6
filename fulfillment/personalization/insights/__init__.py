"""What a customer's own lines show: what recurs, is odd, comes in, will be left. Pure.

Everything here is a function of `Entry` values and a day; nothing reads a table or a clock.
"""
