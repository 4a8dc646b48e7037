"""Room exports/dot."""
