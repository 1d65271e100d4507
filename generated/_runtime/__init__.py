"""The code that every generated service shares; it is copied here as it stands."""
