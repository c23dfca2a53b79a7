"""Scoring: how close a run comes to the reference, how sure that is, and where in the text it shows."""
