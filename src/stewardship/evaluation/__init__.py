"""Did a change work: designs of evaluation, one a file, and the one type that all of them answer with.

Tables in, results out: no design opens a file, knows an engine, or reads the clock. A design says in words what it
found, what speaks against it, and refuses where numbers are too few or the groups are not alike.
"""
