"""Room analysis/knowledge."""
