"""The Python target: names, types and texts, gathered in views that templates print."""
