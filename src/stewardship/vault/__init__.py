"""The identity vault: who the people are, sealed in a database of its own and reached through one door."""
