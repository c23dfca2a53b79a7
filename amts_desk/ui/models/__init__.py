"""Table models: they follow the core and never change it."""
