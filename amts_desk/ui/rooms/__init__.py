"""The rooms of the side bar."""
