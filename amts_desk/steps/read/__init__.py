"""Read a chapter file: bytes in, a Document with exact spans out."""
