"""How long things take, and when a need is covered by no benefit."""
