"""Room bpmn_xml."""
