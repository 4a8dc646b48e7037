"""Figures of a process per case: contacts, questions, documents, handovers, once-only factors, burden."""
