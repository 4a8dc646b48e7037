"""Who knows which datum when: collections, gaps and avoidable collections over all runs."""
