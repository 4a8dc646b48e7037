"""Room exports."""
