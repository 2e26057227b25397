"""The tracking list: everybody on a suspected-cancer pathway, what happened, what is next, and who owes it."""
