"""Hostile and broken input: each one clear problem, soon, in little memory."""

from __future__ import annotations

import bz2
import gzip
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ankunft_model.bpmn_xml import reader
from ankunft_model.bpmn_xml.document import document_bytes, parse_bpmn
from ankunft_model.bpmn_xml.elements import Definitions
from ankunft_model.bpmn_xml.grammar import MAX_DEPTH
from ankunft_model.bpmn_xml.namespaces import MODEL
from ankunft_model.bpmn_xml.parsing import MAX_ATTRIBUTES, MAX_BYTES
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.errors import SourceError

MOST_SECONDS = 2
MOST_KIBIBYTES = 300 * 1024
READ_ALL = """
import pathlib, resource, sys
def peak():
    try:  # what Linux counts as the greatest size of a process includes that of its parent; this does not
        return int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
from ankunft_model.bpmn_xml.reader import read_definitions
from ankunft_model.errors import SourceError
for name in sys.argv[1:]:
    try:
        read_definitions(pathlib.Path(name).read_bytes())
    except SourceError:
        continue
    sys.exit(f"{name} was read")
print(peak())
"""


def wrapped(content: str, doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<definitions xmlns="{MODEL}" targetNamespace="urn:t">'
        f'<process id="p">{content}</process></definitions>'
    ).encode()


def nested(levels: int) -> str:
    opened = "".join(f'<subProcess id="s{level}">' for level in range(levels))
    return opened + "</subProcess>" * levels


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.bpmn", wrapped(""))
    return buffer.getvalue()


MANY_ATTRIBUTES = " ".join(f'a{n}=""' for n in range(100_000))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "billion laughs": (
        "document-type-declaration",
        lambda: wrapped('<task id="t" name="&l9;"/>', f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>'),
    ),
    "quadratic blow-up": (
        "document-type-declaration",
        lambda: wrapped("&a;" * 20_000, f'<!DOCTYPE d [<!ENTITY a "{"x" * 20_000}">]>'),
    ),
    "entity from a file": (
        "document-type-declaration",
        lambda: wrapped(
            "<documentation>A&x;B</documentation>", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        ),
    ),
    "entity from the network": (
        "document-type-declaration",
        lambda: wrapped(
            "<documentation>&x;</documentation>", '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'
        ),
    ),
    "parameter entity": (
        "document-type-declaration",
        lambda: wrapped("", '<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'),
    ),
    "doctype that declares an element": (
        "document-type-declaration",
        lambda: wrapped("", "<!DOCTYPE definitions [<!ELEMENT a ANY>]>"),
    ),
    "empty declarations": ("document-type-declaration", lambda: wrapped("", "<!DOCTYPE definitions []>")),
    "entity in UTF-16": (
        "document-type-declaration",
        lambda: wrapped("", '<!DOCTYPE d [<!ENTITY a "b">]>').decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    ),
    "entity of a DTD that is not read": (
        "document-type-declaration",
        lambda: wrapped("<documentation>&nbsp;</documentation>", '<!DOCTYPE d SYSTEM "d.dtd">'),
    ),
    "entity of such a DTD in an attribute": (
        "document-type-declaration",
        lambda: wrapped('<task id="t" name="&nbsp;"/>', '<!DOCTYPE d SYSTEM "d.dtd">'),
    ),
    "truncated with doctype": (
        "not-well-formed",
        lambda: wrapped("<task id='t'/>", "<!DOCTYPE definitions>")[:-20],
    ),
    "300 levels": ("nested-too-deep", lambda: wrapped(nested(300))),
    "100,000 levels": ("nested-too-deep", lambda: wrapped("<task>" * 100_000)),
    "levels that the parser allows": ("nested-too-deep", lambda: wrapped(nested(MAX_DEPTH))),
    "levels of an extension": (
        "nested-too-deep",
        lambda: wrapped(f"<extensionElements>{'<x>' * MAX_DEPTH}{'</x>' * MAX_DEPTH}</extensionElements>"),
    ),
    "100,000 attributes": (
        "too-many-attributes",
        lambda: wrapped(f"<task {MANY_ATTRIBUTES}/>"),
    ),
    "100,000 attributes in an extension": (
        "too-many-attributes",
        lambda: wrapped(f"<extensionElements><x {MANY_ATTRIBUTES}/></extensionElements>"),
    ),
    "a million elements": ("too-many-elements", lambda: wrapped("<a/>" * 1_000_000)),
    "too large": ("file-too-large", lambda: b" " * (MAX_BYTES + 1)),
    "gzip": ("not-a-bpmn-file", lambda: gzip.compress(wrapped(""))),
    "bzip2": ("not-a-bpmn-file", lambda: bz2.compress(wrapped(""))),
    "zip": ("not-a-bpmn-file", zipped),
    "html": ("not-a-bpmn-file", lambda: b"<!DOCTYPE html>\n<html><body>Anmeldung</body></html>"),
    "json": ("not-a-bpmn-file", lambda: b' {"format": "ankunft/1"}'),
    "yaml": ("not-well-formed", lambda: b"format: ankunft/1\nid: x\n"),
    "NUL": ("not-well-formed", lambda: wrapped("\x00")),
    "bad UTF-8": ("not-well-formed", lambda: wrapped("<documentation>x</documentation>").replace(b">x<", b">\xff<")),
    "UTF-16 without mark": (
        "unknown-encoding",
        lambda: wrapped("").decode().replace("UTF-8", "UTF-16").encode("utf-16-le"),
    ),
    "truncated": ("not-well-formed", lambda: wrapped("<task id='t'/>")[:-20]),
    "two roots": ("not-well-formed", lambda: wrapped("") + b"<a/>"),
    "empty": ("empty-file", lambda: b""),
    "white space": ("empty-file", lambda: b"\xef\xbb\xbf \n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_one_clear_problem_and_soon(name: str) -> None:
    code, make = HOSTILE[name]
    data = make()

    start = time.perf_counter()
    with pytest.raises(SourceError) as caught:
        read_definitions(data, file="x.bpmn")
    seconds = time.perf_counter() - start

    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.in_language("de").startswith("x.bpmn")
    assert "root:" not in str(caught.value)
    assert seconds < MOST_SECONDS


def test_hostile_input_takes_little_memory(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    files = [tmp_path / f"{number}.bpmn" for number in range(len(HOSTILE))]
    for file, (_, make) in zip(files, HOSTILE.values(), strict=True):
        file.write_bytes(make())

    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, *map(str, files)], capture_output=True, text=True, check=True
    )

    assert int(done.stdout) < MOST_KIBIBYTES


def test_every_truncation_of_a_file_is_a_clear_problem() -> None:
    data = wrapped('<task id="t" name="ü"/><startEvent id="s"/>')

    for length in range(len(data)):
        with pytest.raises(SourceError):
            read_definitions(data[:length])


def test_a_position_is_named_where_the_parser_stopped() -> None:
    with pytest.raises(SourceError) as caught:
        read_definitions(b"<a>\n<b>\n</a>", file="x.bpmn")

    assert str(caught.value).startswith("x.bpmn:3:")


def test_limits_can_be_lowered() -> None:
    data = wrapped('<task id="a"/><task id="b"/>')

    assert len(read_definitions(data, max_bytes=len(data), max_elements=4).processes[0].flow_elements) == 2
    with pytest.raises(SourceError):
        read_definitions(data, max_bytes=len(data) - 1)
    with pytest.raises(SourceError):
        read_definitions(data, max_elements=3)


def test_angle_brackets_in_text_are_not_counted_as_elements() -> None:
    data = wrapped(f"<documentation><![CDATA[{'<' * 100}]]></documentation>")

    assert read_definitions(data, max_elements=3).processes[0].documentation[0].text == "<" * 100


def test_as_many_attributes_as_allowed_are_read() -> None:
    attributes = " ".join(f'a{number}=""' for number in range(MAX_ATTRIBUTES - 1))

    definitions = read_definitions(wrapped(f'<task id="t" {attributes}/>'))

    assert len(definitions.unread) == MAX_ATTRIBUTES - 1


def test_the_reader_takes_bytes_and_never_opens_a_file(tmp_path: Path, every_element: Definitions) -> None:
    path = tmp_path / "a.bpmn"
    path.write_bytes(wrapped(""))

    with pytest.raises(SourceError):
        read_definitions(str(path).encode())
    assert not hasattr(reader, "open")


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1", "windows-1252"])
@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE definitions>",
        '<!-- <!DOCTYPE a [ -->\n<!DOCTYPE bpmn:definitions PUBLIC "-//A//B"\n  "http://127.0.0.1:9/x>.dtd" >\n',
    ],
)
def test_a_doctype_that_declares_nothing_is_left_out_and_nothing_is_fetched(doctype: str, encoding: str) -> None:
    data = wrapped('<task id="t" name="Größe"/>\n<task id="t"/>', doctype)
    data = data.decode().replace("UTF-8", encoding).encode(encoding)

    with pytest.raises(SourceError) as found:
        read_definitions(data)  # a second element with the same id: the message has the line

    problem = found.value.problems[0]
    assert (problem.code, problem.location.line) == ("duplicate-id", 2 + doctype.count("\n"))
    document = parse_bpmn(data)
    assert [node.get("name") for node in document.root.iter(f"{{{MODEL}}}task")] == ["Größe", None]
    assert b"DOCTYPE" not in document_bytes(document).replace(b"<!-- <!DOCTYPE a [ -->", b"")


@pytest.mark.parametrize("text", ["format: ankunft/1\nid: m\n", "# von Hand\n\nformat: 'ankunft/1'\n"])
def test_a_model_is_called_one_and_told_how_it_becomes_a_bpmn_file(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_bpmn(text.encode())

    (problem,) = caught.value.problems
    assert "ankunft export" in problem.wording.de


def test_a_bpmn_file_that_carries_a_model_is_read() -> None:
    definitions = wrapped("<!-- \nformat: ankunft/1\n-->")

    assert parse_bpmn(definitions) is not None
