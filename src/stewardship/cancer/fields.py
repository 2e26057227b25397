"""The kinds of field that forms about a pathway are made of: those of every form about a person."""

from stewardship.vault.fields import NOTHING, Day, choice, coded, day, line, parsed, whole, words

__all__ = ["NOTHING", "Day", "choice", "coded", "day", "line", "parsed", "whole", "words"]
