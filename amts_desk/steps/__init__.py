"""The rooms as pure functions over core types: read, segment, align, parallel data, interchange, score."""
