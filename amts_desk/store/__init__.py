"""What is kept on disk: the project file (SQLite), the program's folders, files written in one piece."""
