from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import ankunft_model
from ankunft_model import ArrivalModel, Builder, OutputError, doors


def school(*, bodies: int = 2, hands_over: bool = False) -> ArrivalModel:
    """Return the way to school, with one or two bodies that act."""
    b = Builder("school", title={"de": "Weg in die Schule", "en": "The way to school"})
    office = b.actor("office", name="Schulamt", kind="school_authority")
    place = b.actor("place", name="Schule", kind="school") if bodies > 1 else office
    history = b.data("history", name="Schulbiografie", category="education_work")
    with b.process("enrol", name="Einschulung", domain="education"):
        ask = b.step("ask", office, name="Beraten", collects=[history])
        enrol = b.step("enrol_child", place, name="Aufnehmen", needs=[history])
        _ = b.start() >> ask >> enrol >> b.end()
        if hands_over:
            b.handover(ask, enrol, channel="email", data=[history], agreement="none")
    return b.build()


@pytest.fixture
def model() -> ArrivalModel:
    """Return a model with one finding."""
    return school()


def refused_view(model: ArrivalModel, view: str) -> bool:
    try:
        model.to_bpmn(view="collaboration" if view == "collaboration" else "journey")
    except ankunft_model.ExportError:
        return True
    return False


@pytest.mark.parametrize("name", ["to_bpmn", "to_svg", "to_dot", "to_yaml", "to_json", "report"])
def test_with_a_path_the_same_is_written_that_is_returned(model: ArrivalModel, tmp_path: Path, name: str) -> None:
    door = getattr(model, name)
    path = tmp_path / "output"

    returned = door(path)

    assert returned == door()
    assert path.read_bytes() == (returned if isinstance(returned, bytes) else returned.encode())


@pytest.mark.parametrize("name", ["to_bpmn", "to_svg", "to_dot", "to_yaml", "to_json", "report"])
def test_a_path_may_be_text(model: ArrivalModel, tmp_path: Path, name: str) -> None:
    getattr(model, name)(str(tmp_path / "output"))

    assert (tmp_path / "output").stat().st_size > 0


def test_a_path_that_cannot_be_written_is_an_error_of_ours(model: ArrivalModel, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        model.to_bpmn(tmp_path / "absent" / "x.bpmn")


def test_check_asks_the_chosen_rules_only(model: ArrivalModel) -> None:
    assert {finding.rule for finding in model.check(select=["needed-but-unavailable"])} == {"needed-but-unavailable"}
    assert list(model.check(select=["needed-but-unavailable"], ignore=["needed-but-unavailable"])) == []


def test_check_can_name_the_file_in_every_finding(model: ArrivalModel) -> None:
    findings = doors.check(model, file="school.yaml")

    assert {finding.file for finding in findings} == {"school.yaml"}


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json", ".bpmn"])
def test_what_was_written_can_be_read(model: ArrivalModel, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"school{suffix}"
    write = {".bpmn": model.to_bpmn, ".json": model.to_json}.get(suffix, model.to_yaml)
    write(path)

    assert ankunft_model.read(path) == model


def test_pictures_mark_findings_on_request(model: ArrivalModel) -> None:
    findings = model.check()

    assert model.to_svg(findings=findings) != model.to_svg()
    assert findings[0].message.de.split("„")[0] in model.to_svg(findings=findings)


def test_pictures_speak_both_languages(model: ArrivalModel) -> None:
    assert "The way to school" in model.to_svg(language="en")
    assert "Weg in die Schule" in model.to_svg()


def test_the_report_shows_bodies_and_way(model: ArrivalModel) -> None:
    page = model.report()

    assert "Alle beteiligten Stellen" in page
    assert "Der Weg der Person" in page
    assert page.count('<figure class="picture"') == 2


def test_the_report_of_one_body_has_one_picture() -> None:
    page = school(bodies=1).report(language="en")

    assert "All bodies involved" not in page
    assert "The way of the person" in page


def test_the_report_compares_two_models(model: ArrivalModel) -> None:
    better = school(hands_over=True)

    page = model.report(to_be=better)

    assert page.count('<figure class="picture"') == 2 * model.report().count('<figure class="picture"') == 4


def test_a_model_that_no_diagram_can_show_still_has_a_report() -> None:
    b = Builder("odd", title="Ohne Anfang")
    office = b.actor("office", name="Schulamt", kind="school_authority")
    with b.process("p", name="P", domain="education"):
        _ = b.step("ask", office, name="Beraten") >> b.end()
    model = b.build()
    assert refused_view(model, "collaboration")
    assert refused_view(model, "journey")

    page = model.report()

    assert "Ohne Anfang" in page
    assert "Der Weg der Person" not in page


def test_a_notebook_shows_the_diagram_with_findings(model: ArrivalModel) -> None:
    bundle = model._repr_mimebundle_()

    assert bundle["image/svg+xml"] == model.to_svg(findings=model.check())
    assert bundle["text/plain"] == "<ArrivalModel school: processes enrol; 4 nodes>"
    assert ET.fromstring(bundle["image/svg+xml"]).tag.endswith("svg")


def test_a_notebook_shows_words_where_no_diagram_is_possible() -> None:
    b = Builder("odd", title="Ohne Anfang")
    office = b.actor("office", name="Schulamt", kind="school_authority")
    with b.process("p", name="P", domain="education"):
        _ = b.step("ask", office, name="Beraten") >> b.end()

    bundle = b.build()._repr_mimebundle_()

    assert list(bundle) == ["text/plain"]
    assert "odd" in bundle["text/plain"]


def test_only_process_and_networkx_are_reached(model: ArrivalModel) -> None:
    assert list(model.only_process("enrol").processes) == ["enrol"]
    assert set(model.to_networkx().nodes) == set(model.nodes)


def test_a_bpmn_file_is_drawn_as_svg_and_by_its_suffix_as_png(model: ArrivalModel, tmp_path: Path) -> None:
    svg, png = tmp_path / "school.svg", tmp_path / "school.PNG"

    drawn = ankunft_model.render_bpmn(model.to_bpmn(), svg)
    also_drawn = ankunft_model.render_bpmn(model.to_bpmn(tmp_path / "school.bpmn"), png, scale=1)

    assert svg.read_text(encoding="utf-8") == drawn == also_drawn
    assert "Schulamt" in drawn
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_bpmn_file_without_a_diagram_is_refused_with_a_way_out() -> None:
    undrawn = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"/></definitions>'

    with pytest.raises(ankunft_model.AnkunftError) as caught:
        ankunft_model.render_bpmn(undrawn)

    assert "layout" in caught.value.in_language("en")
