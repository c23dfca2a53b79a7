"""AMTS Desk: human translations become parallel data, and their effect can be seen."""

__version__ = "0.1.0"
