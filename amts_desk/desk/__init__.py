"""The open project while it is open: session, track editors, task runner, job watcher. QtCore only."""
