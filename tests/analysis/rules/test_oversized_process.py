"""What the rule `oversized-process` reports, and what it must not report."""

from __future__ import annotations

from .cases import HEAD, found, model_of


def chain(count: int, *, indent: int = 6, prefix: str = "s", last: str = "ende") -> str:
    return "".join(
        f"{' ' * indent}{prefix}{n}: {{name: Unterlage {n} prüfen, actor: sozialamt, "
        f"next: {f'{prefix}{n + 1}' if n < count else last}}}\n"
        for n in range(1, count + 1)
    )


def process(nodes: str, first: str) -> str:
    return (
        f"{HEAD}processes:\n  p:\n    name: Ablauf\n    nodes:\n"
        f"      beginn: {{type: start, name: Beginn, actor: person, next: {first}}}\n{nodes}"
        "      ende: {type: end, name: Ende}\n    handovers: none\n"
    )


def test_counts_the_nodes_of_a_level() -> None:
    (finding,) = found("oversized-process", model_of(process(chain(49), "s1")))

    assert "51 Knoten" in finding.message.de
    assert finding.severity == "info"


def test_is_silent_up_to_the_limit() -> None:
    assert not found("oversized-process", model_of(process(chain(48), "s1")))


def test_is_silent_about_a_large_model_in_parts() -> None:
    parts = "".join(
        f"      sub{n}:\n        type: subprocess\n        name: Teil {n}\n        actor: sozialamt\n"
        f"        next: {f'sub{n + 1}' if n < 3 else 'ende'}\n        nodes:\n"
        + chain(40, indent=10, prefix=f"t{n}x", last=f"e{n}")
        + f"          e{n}: {{type: end, name: Fertig}}\n"
        for n in range(1, 4)
    )

    assert not found("oversized-process", model_of(process(parts, "sub1")))


def test_a_sub_process_can_be_too_large_itself() -> None:
    part = (
        "      sub:\n        type: subprocess\n        name: Teil\n        actor: sozialamt\n        next: ende\n"
        "        nodes:\n" + chain(60, indent=10, last="e") + "          e: {type: end, name: Fertig}\n"
    )

    assert [f.elements[0].id for f in found("oversized-process", model_of(process(part, "sub")))] == ["sub"]


def test_names_the_process_before_its_parts_and_where_each_begins() -> None:
    part = (
        "      sub:\n        type: subprocess\n        name: Teil\n        actor: sozialamt\n        next: s1\n"
        "        nodes:\n" + chain(60, indent=10, prefix="t", last="e") + "          e: {type: end, name: Fertig}\n"
    )

    findings = tuple(found("oversized-process", model_of(process(part + chain(49), "sub"))))

    assert [(f.elements[0].kind, f.elements[0].id, f.witness) for f in findings] == [
        ("process", "p", ("beginn",)),
        ("node", "sub", ("t1",)),
    ]
    assert "52 Knoten" in findings[0].message.de
    assert "61 Knoten" in findings[1].message.de
