"""Arrival processes as graphs of actors, steps and handovers."""
