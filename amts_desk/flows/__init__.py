"""Steps, Amazon and the project put in order: import, align, push, run, score; resumable, without Qt."""
