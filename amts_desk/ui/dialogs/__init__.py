"""Dialogs: rare, only before money, loss or leaving the machine."""
