"""All ways to a model: YAML and JSON files, BPMN of any tool, Python; and back to text.

Every name is loaded when it is first used: reading a YAML file needs no builder, writing a file no model.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ankunft_model.sources.bpmn import BpmnReading, read_bpmn, understand_bpmn
    from ankunft_model.sources.builder import Builder
    from ankunft_model.sources.file_reader import read, read_json, read_text, read_yaml
    from ankunft_model.sources.file_writer import to_json, to_yaml
    from ankunft_model.sources.file_writing import write_bytes_atomically, write_text_atomically
    from ankunft_model.sources.merge import Merge, merge_foreign, merge_own
    from ankunft_model.sources.yaml_merge import write_into_yaml

__all__ = [
    "BpmnReading",
    "Builder",
    "Merge",
    "merge_foreign",
    "merge_own",
    "read",
    "read_bpmn",
    "read_json",
    "read_text",
    "read_yaml",
    "to_json",
    "to_yaml",
    "understand_bpmn",
    "write_bytes_atomically",
    "write_into_yaml",
    "write_text_atomically",
]

_MODULE_OF = {
    "BpmnReading": "bpmn",
    "Builder": "builder",
    "Merge": "merge",
    "merge_foreign": "merge",
    "merge_own": "merge",
    "read": "file_reader",
    "read_bpmn": "bpmn",
    "read_json": "file_reader",
    "read_text": "file_reader",
    "read_yaml": "file_reader",
    "to_json": "file_writer",
    "to_yaml": "file_writer",
    "understand_bpmn": "bpmn",
    "write_bytes_atomically": "file_writing",
    "write_into_yaml": "yaml_merge",
    "write_text_atomically": "file_writing",
}


def __getattr__(name: str) -> Any:
    """Return a name whose module is loaded late."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
