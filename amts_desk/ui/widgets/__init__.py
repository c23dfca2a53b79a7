"""Parts that several rooms use."""
