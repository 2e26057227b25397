"""Figures of cancer pathways: waits, backlog, steps, what was found, and case finding, from records."""
