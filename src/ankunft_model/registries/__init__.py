"""Room registries."""
