"""Texts made to break a reader end in our error, fast and small. Each is read in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="limits are measured with the module resource, which this system lacks")

MAX_SECONDS = 2
MAX_MEGABYTES = 300
CHILD = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from ankunft_model.errors import SourceError
from ankunft_model.sources.file_bytes import decode, read_bytes
from ankunft_model.sources.json_text import parse_json
from ankunft_model.sources.yaml_text import parse_yaml
def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
start = used()
parse = parse_json if sys.argv[1].endswith(".json") else parse_yaml
try:
    parse(decode(read_bytes(sys.argv[1]), file="x"), file="x")
    codes = []
except SourceError as error:
    codes = [problem.code for problem in error.problems]
    assert len(error.in_language("de")) < 100_000
seconds = used() - start
def peak_megabytes():
    try:  # what Linux counts as the greatest size of a process includes that of its parent; this does not
        status = open("/proc/self/status").read()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3
peak = peak_megabytes()
print(json.dumps([codes[-1] if codes else "", seconds, peak]))
"""

MILLION = 1_000_000
ALIAS_BOMB = b"a0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (i, i, i - 1, i - 1) for i in range(1, 40))
REALISTIC = b"".join(
    b'step_%d: {name: "Schritt %d", actor: abh, needs: [status, address], wait: {min: P1D, likely: P14D}}\n' % (i, i)
    for i in range(90_000)
)


@pytest.mark.parametrize(
    ("suffix", "data", "code"),
    [
        pytest.param("yaml", b"[" * 100_000, "nested-too-deep", id="deep-brackets"),
        pytest.param("yaml", b"{a: " * 100_000, "nested-too-deep", id="deep-braces"),
        pytest.param("yaml", b"- " * 100_000, "nested-too-deep", id="deep-dashes"),
        pytest.param("yaml", b"? " * 100_000, "nested-too-deep", id="deep-keys"),
        pytest.param("yaml", b"[\n" * 4 * MILLION, "nested-too-deep", id="deep-lines"),
        pytest.param("yaml", ALIAS_BOMB, "yaml-alias", id="alias-bomb"),
        pytest.param("yaml", b"- &a x\n" * MILLION, "too-many-problems", id="anchors"),
        pytest.param("yaml", b"a: 1\n" * MILLION, "too-many-problems", id="double-keys"),
        pytest.param("yaml", b"- !!python/object/apply:os.system ['true']\n", "yaml-tag", id="python-object"),
        pytest.param("yaml", b"!" * 4 * MILLION, "yaml-tag", id="exclamation-marks"),
        pytest.param("yaml", b"a: " + b"x" * 9 * MILLION, "", id="one-long-word"),
        pytest.param("yaml", b'a: "' + b"\\u0041" * MILLION + b'"', "", id="escapes"),
        pytest.param("yaml", b'a: "' + b"x\n" * 4 * MILLION, "yaml-syntax", id="open-quote"),
        pytest.param("yaml", b"\n" * 9 * MILLION + b"a: 1", "", id="empty-lines"),
        pytest.param("yaml", b"#\n" * 4 * MILLION + b"a: 1", "", id="comments"),
        pytest.param("yaml", b"[" + b"1," * 4 * MILLION, "too-many-values", id="many-items"),
        pytest.param("yaml", REALISTIC, "too-many-values", id="ten-megabytes"),
        pytest.param("yaml", b"x" * (10 * MILLION + 1), "file-too-large", id="too-large"),
        pytest.param("yaml", b"\x1f\x8b\x08" + bytes(100), "not-a-text-file", id="gzip"),
        pytest.param("yaml", bytes(9 * MILLION), "control-character", id="zeros"),
        pytest.param("yaml", b"a: 1\n" * MILLION + b"\xff", "not-utf-8", id="bad-byte-at-the-end"),
        pytest.param("yaml", b"a: " + "\u0344".encode() * 3 * MILLION, "", id="accents-that-grow"),
        pytest.param("json", b"[" * 200_000, "nested-too-deep", id="json-deep-lists"),
        pytest.param("json", b'{"a":' * 200_000, "nested-too-deep", id="json-deep-objects"),
        pytest.param("json", b"1" * MILLION, "number-too-long", id="json-long-number"),
        pytest.param("json", b'["' + b'\\"' * 4 * MILLION, "json-syntax", id="json-open-string"),
        pytest.param("json", b'{"a":1' + b',"a":1' * MILLION + b"}", "too-many-problems", id="json-double-keys"),
        pytest.param("json", b"[" + b"NaN," * MILLION, "too-many-problems", id="json-nan"),
        pytest.param("json", b"[" + b" " * 9 * MILLION, "json-syntax", id="json-space"),
        pytest.param("json", b"<bpmn/>", "json-syntax", id="json-that-is-xml"),
    ],
)  # fmt: skip
def test_a_hostile_file_ends_in_our_error_within_the_limits(
    tmp_path: Path, suffix: str, data: bytes, code: str
) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(data)

    ended = subprocess.run([sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr[-2_000:]
    found, seconds, megabytes = json.loads(ended.stdout)
    assert found == code
    assert seconds <= MAX_SECONDS
    assert megabytes <= MAX_MEGABYTES
