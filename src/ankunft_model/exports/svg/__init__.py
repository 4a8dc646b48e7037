"""Room exports/svg."""
