"""Widgets: the window, its rooms, models, delegates and dialogs."""
