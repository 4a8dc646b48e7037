"""Small BPMN files for the tests of drawings, and what the drawing of a file says."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(os.environ.get("BPMN_CORPUS") or Path(__file__).resolve().parents[3] / "shared" / "corpus")
"""Folders with BPMN files by others, beside the project or named by the environment; without them tests are skipped."""

NAMES = {
    "m": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "d": "http://www.omg.org/spec/BPMN/20100524/DI",
    "c": "http://www.omg.org/spec/DD/20100524/DC",
    "i": "http://www.omg.org/spec/DD/20100524/DI",
}

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file" targetNamespace="urn:x">\n'
)


def bpmn(content: str) -> bytes:
    """Return a file with this content; the prefix of BPMN is `bpmn`."""
    return f"{HEAD}{content}\n</bpmn:definitions>\n".encode()


def process(content: str, id_: str = "process") -> str:
    """Return a process."""
    return f'  <bpmn:process id="{id_}" isExecutable="false">{content}</bpmn:process>'


def node(kind: str, id_: str, *, name: str = "", inside: str = "", **attributes: str) -> str:
    """Return one element."""
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    named = f' name="{name}"' if name else ""
    return f'<bpmn:{kind} id="{id_}"{named}{more}>{inside}</bpmn:{kind}>'


def flow(source: str, target: str, kind: str = "sequenceFlow", name: str = "") -> str:
    """Return a connection; its id is made from its ends."""
    return node(kind, f"{source}-{target}", name=name, sourceRef=source, targetRef=target)


@dataclass
class Drawing:
    """What the diagrams of a file show, by element."""

    shapes: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    edges: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    labels: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    planes: list[str] = field(default_factory=list)
    plane_of: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)


def drawing_of(data: bytes) -> Drawing:
    """Return what the diagrams of a file show."""
    found = Drawing()
    for plane in ET.fromstring(data).iterfind("d:BPMNDiagram/d:BPMNPlane", NAMES):
        found.planes.append(plane.get("bpmnElement", ""))
        for item in plane:
            element = item.get("bpmnElement", "")
            assert element not in found.attributes, f"{element} is drawn twice"
            found.plane_of[element] = found.planes[-1]
            found.attributes[element] = dict(item.attrib)
            bounds = item.find("c:Bounds", NAMES)
            if bounds is not None:
                found.shapes[element] = _four(bounds)
            points = item.findall("i:waypoint", NAMES)
            if points:
                found.edges[element] = [(float(p.get("x", "")), float(p.get("y", ""))) for p in points]
            label = item.find("d:BPMNLabel/c:Bounds", NAMES)
            if label is not None:
                found.labels[element] = _four(label)
    return found


def without_diagrams(data: bytes) -> bytes:
    """Return a UTF-8 file without its diagrams and the blanks before them, by searching for their tags."""
    text = data.decode("utf-8")
    for prefix in ("bpmndi:", "di:", ""):
        begin = text.find(f"<{prefix}BPMNDiagram")
        while begin >= 0:
            end_tag = f"</{prefix}BPMNDiagram>"
            end = text.index(end_tag, begin) + len(end_tag)
            text = text[:begin].rstrip() + text[end:]
            begin = text.find(f"<{prefix}BPMNDiagram")
    return text.encode("utf-8")


def _four(bounds: ET.Element) -> tuple[float, float, float, float]:
    x, y, width, height = (float(bounds.get(key, "")) for key in ("x", "y", "width", "height"))
    return x, y, width, height
