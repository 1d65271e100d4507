"""specwright: YAML operation specs in, small typed validated Python clients out."""

__version__ = "0.1.0"
