"""Sentence alignment: which sentences of a chapter say the same as which sentences of its translation."""
