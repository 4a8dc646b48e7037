"""The command line: reads arguments, calls rooms, prints; no logic of its own."""
