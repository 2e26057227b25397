"""Suspected cancer: pathways, what happens on them, and a backlog that rises and falls."""
