"""Room analysis/timing."""
