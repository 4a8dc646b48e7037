"""What two BPMN files say, compared without regard to form: prefixes, encoding, indentation, order of attributes.

Nothing of the library is used. As a program: `python -m tests.interchange.canonical_bpmn BEFORE AFTER`; the status is 1
if AFTER lacks something that BEFORE has. The pair `exporter`, `exporterVersion` at the root and everything in the name
space of ankunft-model are not compared: these say who wrote the file.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
STANDARD = ("{http://www.omg.org/spec/BPMN/20100524/", "{http://www.omg.org/spec/DD/20100524/")
OURS = "{https://ankunft-model.org/bpmn/"
EXPORTER = ("exporter", "exporterVersion")
DATA = ("dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput", "dataOutput", "property")
FLOW_NODES = ("task", "Task", "Event", "Gateway", "subProcess", "adHocSubProcess", "transaction", "callActivity")


def statements(data: bytes) -> list[str]:
    """Return everything that the file says, one statement per element, attribute and text, in its order.

    An element is named by its way from the root; children of one parent count as different by their order.
    """
    return [f"{category}: {text}" for category, text in _statements(data)]


def lost(before: bytes, after: bytes) -> Counter[str]:
    """Return how many statements of `before` are missing in `after`, by category."""
    missing = Counter(_statements(before))
    missing.subtract(Counter(_statements(after)))
    return Counter(category for (category, _), count in missing.items() for _ in range(max(count, 0)))


def totals(data: bytes) -> Counter[str]:
    """Return how many statements the file makes, by category."""
    return Counter(category for category, _ in _statements(data))


def _statements(data: bytes) -> Iterator[tuple[str, str]]:
    root: Any = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
    open_elements: list[tuple[Any, str]] = [(root, "")]
    while open_elements:
        element, way = open_elements.pop()
        here = f"{way}/{element.get('id') or ''}<{element.tag}>"
        is_foreign = not element.tag.startswith(STANDARD)
        yield _category(element), here
        for name in sorted(element.attrib):
            if name.startswith(OURS) or (element is root and name in EXPORTER):
                continue
            category = "foreign attributes" if name.startswith("{") else f"attributes of {_category(element)}"
            yield category, f"{here} {name}={element.get(name)!r}"
        text = element.text or ""
        if not len(element):
            if text:
                yield f"text of {_category(element)}", f"{here} {text!r}"
        elif text.strip() or (is_foreign and any((child.tail or "").strip() for child in element)):
            yield f"text of {_category(element)}", f"{here} {text!r}"
        children = [child for child in element if not child.tag.startswith(OURS)]
        if element.tag == f"{MODEL}extensionElements" and len(element) and not children:
            continue
        counts: Counter[str] = Counter()
        inner = []
        for child in children:
            counts[child.tag] += 1
            inner.append((child, f"{here}[{counts[child.tag]}]"))
        open_elements += reversed(inner)


def _category(element: Any) -> str:
    namespace, _, local = element.tag.rpartition("}")
    if not element.tag.startswith(STANDARD):
        return "extension elements"
    if f"{namespace}}}" != MODEL:
        return "diagram"
    if local.endswith("EventDefinition") or local.startswith("time"):
        return "event definitions"
    if local in DATA or local.startswith("data"):
        return "data elements"
    if local.endswith(FLOW_NODES):
        return "flow nodes"
    return {"sequenceFlow": "flows", "messageFlow": "flows", "lane": "lanes", "participant": "pools"}.get(
        local, "other elements"
    )


def main(before: str, after: str) -> int:
    """Print what is kept per category; return the exit status."""
    old, new = Path(before).read_bytes(), Path(after).read_bytes()
    missing, all_of_it = lost(old, new), totals(old)
    for category, count in sorted(all_of_it.items()):
        print(f"{category:40} {count - missing[category]:6} of {count:6}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
