"""Read and write BPMN beside what lxml needs to parse and serialise the same file, in one run.

Usage: python benchmarks/bpmn_interchange.py [STEPS]. 8,000 steps have 16,000 nodes and flows, all of them drawn.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from lxml import etree

import ankunft_model as am
from ankunft_model.bpmn_xml.document import document_bytes, parse_bpmn
from ankunft_model.interchange.understanding import understand

REPEATS = 5
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/'
    '20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'id="d" targetNamespace="urn:x">'
)


def chain(steps: int) -> bytes:
    """Return a file with one process of so many tasks in a row, all drawn."""
    nodes = ["s", *(f"T{number}" for number in range(steps)), "e"]
    tags = ["startEvent", *("task" for _ in range(steps)), "endEvent"]
    lines = [HEAD, '<process id="P">']
    for place, (node, tag) in enumerate(zip(nodes, tags, strict=True)):
        incoming = f"<incoming>F{place}</incoming>" if place else ""
        outgoing = f"<outgoing>F{place + 1}</outgoing>" if place < len(nodes) - 1 else ""
        lines.append(f'<{tag} id="{node}" name="Schritt {place}">{incoming}{outgoing}</{tag}>')
    ends = list(pairwise(nodes))
    lines += [
        f'<sequenceFlow id="F{place}" sourceRef="{source}" targetRef="{target}"/>'
        for place, (source, target) in enumerate(ends, start=1)
    ]
    lines.append('</process><bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="L" bpmnElement="P">')
    lines += [
        f'<bpmndi:BPMNShape id="{node}_di" bpmnElement="{node}"><dc:Bounds x="{150 * place}" y="0" width="100" '
        'height="80"/></bpmndi:BPMNShape>'
        for place, node in enumerate(nodes)
    ]
    lines += [
        f'<bpmndi:BPMNEdge id="F{place}_di" bpmnElement="F{place}"><di:waypoint x="{150 * place - 50}" y="40"/>'
        f'<di:waypoint x="{150 * place}" y="40"/></bpmndi:BPMNEdge>'
        for place in range(1, len(nodes))
    ]
    return "\n".join((*lines, "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>")).encode()


def fastest(function: Callable[[], Any]) -> float:
    """Return the least processor time of some runs, in seconds."""
    times: list[float] = []
    for _ in range(REPEATS):
        begin = time.process_time()
        function()
        times.append(time.process_time() - begin)
    return min(times)


def changed_step(model: am.ArrivalModel, **fields: str) -> am.ArrivalModel:
    """Return the model with other values for fields of one step."""
    process = model.processes["p"]
    nodes = {id_: node.changed(**fields) if id_ == "t5" else node for id_, node in process.nodes.items()}
    return model.changed(processes={"p": process.changed(nodes=nodes)})


def main(steps: int) -> None:
    """Print the times and their ratio to lxml's."""
    data = chain(steps)
    root = etree.fromstring(data)
    document, model = parse_bpmn(data), am.read_bpmn(data)
    lxml = fastest(lambda: etree.fromstring(data)) + fastest(lambda: etree.tostring(root, encoding="UTF-8"))
    rows = {
        "lxml: parse and serialise": lxml,
        "file: parse, check, understand, serialise": fastest(lambda: parse_bpmn(data))
        + fastest(lambda: understand(document))
        + fastest(lambda: document_bytes(document)),
        "model: read_bpmn": fastest(lambda: am.read_bpmn(data)),
        "model: to_bpmn": fastest(model.to_bpmn),
        "model: one step renamed": fastest(lambda: changed_step(model, name="Anders")),
        "model: to_bpmn with the new name": fastest(changed_step(model, name="Anders").to_bpmn),
        "model: to_bpmn with a new title": fastest(model.changed(title="Anders").to_bpmn),
        "model: to_bpmn with a duration": fastest(changed_step(model, duration="P1D").to_bpmn),
        "model: to_bpmn with another way": fastest(changed_step(model, next="t9").to_bpmn),
        "model: to_bpmn after YAML": fastest(am.read_text(model.to_yaml(), suffix=".yaml").to_bpmn),
    }
    print(f"{steps} steps, {len(data):,} bytes")
    for name, seconds in rows.items():
        print(f"{name:45} {seconds:7.3f} s {seconds / lxml:6.1f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8_000)
