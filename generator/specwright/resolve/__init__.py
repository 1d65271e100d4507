"""Documents to the model: targets, inherited facts, and whether a spec makes sense as a whole."""

from specwright.resolve.load import load_service, load_services

__all__ = ["load_service", "load_services"]
