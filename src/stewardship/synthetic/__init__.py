"""A synthetic integrated care system: residents who do not exist, and what its partners would send about them.

What was planted in it is told beside it, with what it really changed, so that every estimate can be held to the truth.
"""
