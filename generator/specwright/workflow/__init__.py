"""What the commands do: the only place that composes the stages."""
