"""Where specs come from: API models and documentation pages, each written as the same YAML."""
