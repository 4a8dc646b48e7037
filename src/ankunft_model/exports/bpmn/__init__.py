"""Room exports/bpmn."""
