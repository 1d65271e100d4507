"""How well the readers of documentation pages read: run by ``make ingest-accuracy``."""
