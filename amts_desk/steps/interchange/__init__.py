"""Interchange: pairs and job texts in the formats of other programs and of Amazon Translate."""
