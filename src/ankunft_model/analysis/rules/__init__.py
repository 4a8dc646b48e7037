"""Room analysis/rules."""
