"""What another ranking of offers would have earned, judged from the log of the one that ran.

impressions = read_log(lines)                   answers, what came first, how likely it was
estimates = judge(impressions, RANKINGS[...])   three estimators and their intervals
"""
