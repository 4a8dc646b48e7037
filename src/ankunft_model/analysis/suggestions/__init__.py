"""Repairs: which added handovers, retrievals, consents and agreements close gaps and spare questions."""
