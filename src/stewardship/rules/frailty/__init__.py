"""Rules of the frailty register and the advice line: who may belong on it, what is due, what came of a call.

Plain code without records, Django or a clock: the day that a rule judges on is an argument, `as_of`.
"""
