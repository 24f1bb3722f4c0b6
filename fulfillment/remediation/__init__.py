"""What is found amiss in the bank's own account, and put right without being asked.

A finding becomes repairs, and each repair looks, acts only if it must, looks again, and leaves
evidence. It reports and does nothing else where `DRY_RUN` says so, which it does until told
otherwise.
"""
