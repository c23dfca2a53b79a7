"""What the program is about: plain data and the only ways it changes. Standard library only."""
