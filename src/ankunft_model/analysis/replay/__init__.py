"""A documented case against the model: where it left it, what it ran into."""
