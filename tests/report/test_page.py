"""The page: complete, safe, self-contained, accessible, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from ankunft_model.bpmn_xml import elements as bpmn
from ankunft_model.bpmn_xml.diagram import Bounds, BPMNDiagram, BPMNPlane, BPMNShape
from ankunft_model.bpmn_xml.namespaces import ANKUNFT
from ankunft_model.findings import ElementRef, Finding, OpenFact, Reason, Severity
from ankunft_model.model import ArrivalModel
from ankunft_model.report import GapFigure, ItemCollections, Subject, diagram_for_report, to_html
from ankunft_model.report.summary import Tile
from ankunft_model.wording import Language, Wording

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{7*7}}javascript:alert(1)'


def model(*, name: str = "Antrag aufnehmen", state: str = "as_is") -> ArrivalModel:
    return ArrivalModel.model_validate(
        {
            "id": "wechsel",
            "title": {"de": "Wechsel zum Jobcenter", "en": "Change to the jobcenter"},
            "state": state,
            "as_of": "2025-06-01",
            "municipality": {"name": "Kreis Düren"},
            "actors": {
                "person": {"name": "Person", "kind": "person"},
                "sozialamt": {"name": "Sozialamt", "kind": "social_welfare_office"},
                "jobcenter": {"name": "Jobcenter", "kind": "jobcenter"},
            },
            "data": {
                "konto": {"name": "Bankverbindung", "category": "financial"},
                "beruf": {"name": "Beruf", "category": "education_work"},
            },
            "legal_bases": {"sgbx": {"cite": "SGB X § 69", "kind": "statute"}},
            "benefits": {
                "alt": {"name": "AsylbLG", "regime": "asylblg", "payer": "sozialamt", "covers": "subsistence"},
                "neu": {"name": "Bürgergeld", "regime": "sgb2", "payer": "jobcenter", "covers": "subsistence"},
            },
            "cases": {"familie": {"name": "Familie A"}},
            "sources": {
                "law": {"name": "Gesetze", "url": "https://example.org/gesetze"},
                "bad": {"name": "Böse", "url": "javascript:alert(1)"},
            },
            "measures": {"koop": {"name": "Kooperation schließen"}},
            "processes": {
                "p": {
                    "name": "Wechsel",
                    "nodes": {
                        "start": {"type": "start", "name": "Anerkannt", "actor": "person", "next": "stop"},
                        "stop": {
                            "name": "Einstellen",
                            "actor": "sozialamt",
                            "collects": ["konto"],
                            "source": "LAW:AsylbLG § 1",
                            "confidence": "fact",
                            "next": "apply",
                        },
                        "apply": {"name": name, "actor": "jobcenter", "collects": ["konto"], "next": "done"},
                        "done": {"type": "end", "name": "Läuft"},
                    },
                    "handovers": [
                        {"id": "h1", "from": "stop", "to": "apply", "channel": "email", "data": ["konto"],
                         "agreement": "none", "legal_basis": "sgbx"},
                        {"id": "h2", "from": "apply", "to": "none", "channel": "none", "consent": "none"},
                    ],
                }
            },
        }
    )  # fmt: skip


def finding(
    rule: str = "benefit-gap",
    severity: Severity = "error",
    element: str = "apply",
    data: tuple[str, ...] = (),
    text: str = "30 Tage ohne Anspruch",
) -> Finding:
    return Finding(
        id=f"{rule}:{element}:{'+'.join(data)}",
        rule=rule,
        model="wechsel",
        severity=severity,
        certainty="possible",
        elements=(ElementRef("node", element), ElementRef("handover", "h1")),
        message=Wording(de=text, en=f"en: {text}"),
        recommendation=Wording(de="Früher handeln", en="Act earlier"),
        depends_on=(OpenFact("processes.p.handovers.h2.data", Wording(de="Was wird übergeben?", en="What passes?")),),
        data=data,
        witness=("start", "stop", "apply"),
        because=(Reason("legal_basis", "sgbx"), Reason("source", "LAW:SGB II § 37")),
        measures=("koop",),
    )


def subject(*findings: Finding, name: str = "Antrag aufnehmen", state: str = "as_is") -> Subject:
    return Subject(
        model(name=name, state=state),
        findings,
        collections={"konto": ItemCollections(1, 2, ("stop", "apply")), "beruf": ItemCollections(0, 0, ())},
        gaps=(GapFigure("entitlement", 0, 92, "familie", 30), GapFigure("payment", 3, 40)),
    )


def diagram(name: str = "bild", side: str = "as_is", found: tuple[Finding, ...] = ()) -> str:
    reference = bpmn.ExtensionElement(namespace=ANKUNFT, name="element", attributes=(("kind", "node"), ("id", "apply")))
    step = bpmn.Task(id="Task_1", name="Antrag", extension_elements=(reference,))
    shape = BPMNShape(bpmn_element="Task_1", bounds=Bounds(0, 0, 100, 80))
    definitions = bpmn.Definitions(
        target_namespace="urn:x",
        root_elements=(bpmn.Process(id="p", flow_elements=(step,)),),
        diagrams=(BPMNDiagram(plane=BPMNPlane(plane_elements=(shape,))),),
    )
    return diagram_for_report(definitions, found, name=name, side=side)  # type: ignore[arg-type]


def parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def words_in(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def section(page: str, id_: str) -> html.HtmlElement:
    return parsed(page).get_element_by_id(id_)


def rows(table: html.HtmlElement) -> Iterator[list[str]]:
    for row in table.iter("tr"):
        yield [words_in(cell) for cell in row]


def everything() -> str:
    """Return a page on which every part is filled, for both models."""
    found = tuple(finding("avoidable-collection", "warning", f"n{number}", ("konto",)) for number in range(9))
    before, after = (finding(), *found), (finding(), finding("payment-gap", element="stop"))
    as_is = replace(subject(*before), diagrams={"Bild A": diagram("a", found=before), "Bild B": diagram("b")})
    to_be = replace(subject(*after, state="to_be"), diagrams={"Bild C": diagram("a", "to_be", after)})
    return to_html(as_is, to_be=to_be)


def test_the_summary_has_the_figures_that_matter() -> None:
    page = to_html(subject(finding(), finding("media-break", "hint", "stop")))

    text = words_in(section(page, "zusammenfassung"))
    assert (
        "(Kreis Düren; 2 Schritte, 3 Beteiligte; Rechtsstand 1.6.2025) fand die Prüfung 2 Befunde: 1 kritisch" in text
    )
    assert "im Fall „Familie A“ 30 Tage ohne Anspruch und bis zu 40 Tage ohne Auszahlung" in text
    assert "„Bankverbindung“ erfragt: bis zu 2-mal innerhalb eines Ablaufs, an 2 Stellen" in text


def test_the_sentence_and_the_figures_beside_each_other_count_the_same() -> None:
    severities: tuple[Severity, ...] = ("hint", "info", "info")
    found = [finding("media-break", severity, f"n{number}") for number, severity in enumerate(severities)]
    page = to_html(subject(*found), language="en")

    text = words_in(section(page, "zusammenfassung"))
    assert "the check found 3 findings: 1 hint, 2 infos." in text
    assert "1 hint " in text
    assert "0 errors" in text


def test_without_figures_the_summary_leaves_them_out() -> None:
    page = to_html(Subject(model(), ()))

    text = words_in(section(page, "zusammenfassung"))
    assert "fand die Prüfung keine Befunde" in text
    assert "ohne Anspruch" not in text
    assert "Für diesen Bericht nicht berechnet" in words_in(section(page, "mehrfach"))


def test_no_gap_at_all_is_said() -> None:
    page = to_html(replace(subject(), gaps=()))

    assert "in keinem Ablauf ein Tag ohne Anspruch" in words_in(section(page, "zusammenfassung"))


def test_a_finding_shows_message_certainty_run_grounds_recommendation_measures_and_question() -> None:
    page = to_html(subject(finding()))

    (card,) = parsed(page).find_class("card")
    text = words_in(card)
    for words in (
        "kritisch: 30 Tage ohne Anspruch",
        "möglich",
        "Anerkannt Einstellen Antrag aufnehmen",
        "SGB X § 69; LAW:SGB II § 37",
        "Empfehlung: Früher handeln",
        "Maßnahmen: Kooperation schließen",
        "Offene Frage dazu: Was wird übergeben?",
    ):
        assert words in text


def test_many_findings_of_a_rule_are_grouped_by_datum_and_closed() -> None:
    found = [finding("avoidable-collection", "warning", f"n{n}", ("konto" if n % 2 else "beruf",)) for n in range(9)]

    page = to_html(subject(*found))

    groups = section(page, "befunde").find_class("item")
    assert [words_in(group[0]) for group in groups] == ["Beruf 5", "Bankverbindung 4"]
    assert all(group.get("open") is None for group in groups)


def test_critical_findings_are_open_and_come_first() -> None:
    page = to_html(subject(finding("media-break", "hint"), finding()))

    severities = [words_in(group[0]) for group in section(page, "befunde").find_class("severity")]
    assert severities == ["kritisch 1", "Hinweis 1"]
    assert [rule.get("open") is not None for rule in section(page, "befunde").find_class("rule")] == [True, False]


def test_handovers_tell_none_from_unknown() -> None:
    page = to_html(subject())

    _, first, second = rows(section(page, "uebergaben"))
    assert first == [
        "Sozialamt Einstellen", "Jobcenter Antrag aufnehmen", "E-Mail", "Bankverbindung", "keine", "SGB X § 69",
        "nicht angegeben",
    ]  # fmt: skip
    assert second == ["Jobcenter Antrag aufnehmen", "niemand", "nichts", "unbekannt", "unbekannt", "unbekannt", "keine"]


def test_the_once_only_table_has_what_is_asked_most_often_first() -> None:
    asked = {"beruf": ItemCollections(1, 1, ("apply",)), "konto": ItemCollections(0, None, ("stop", "apply"))}

    page = to_html(replace(subject(), collections=asked))

    tables = [list(rows(table)) for table in section(page, "mehrfach").iter("table")]
    assert tables[0][1][:2] == ["Bankverbindung Einkommen, Vermögen, Konto", "0–∞"]
    assert tables[1][1][:2] == ["Beruf Bildung, Beruf, Sprache", "1"]


def test_open_questions_count_the_findings_that_depend_on_them() -> None:
    page = to_html(subject(finding(), finding("media-break", "hint")))

    text = words_in(section(page, "fragen"))
    assert "Was wird übergeben? 2 processes.p.handovers.h2.data" in text
    assert "Übergaben: welche Angaben 1 Jobcenter → niemand" in text


def test_sources_are_counted_and_only_web_addresses_are_links() -> None:
    page = to_html(subject())

    text = words_in(section(page, "quellen"))
    assert "Gesetze LAW – 1" in text
    assert [link.get("href") for link in section(page, "quellen").iter("a")] == ["https://example.org/gesetze"]


def test_two_models_are_compared_by_what_the_findings_are_about() -> None:
    before = (finding(), finding("media-break", "hint"), finding("duplicate-collection", "warning", "stop", ("konto",)))
    longer = replace(before[2], id="other", elements=(*before[2].elements, ElementRef("node", "apply")))
    after = (longer, finding("payment-gap", element="stop"))

    page = to_html(subject(*before), to_be=subject(*after, state="to_be"))

    _, *table = rows(next(section(page, "vergleich").iter("table")))
    assert table == [
        ["Leistungslücke", "1", "1", "–", "–", "0"],
        ["Medienbruch", "1", "1", "–", "–", "0"],
        ["Doppelerhebung", "1", "–", "1", "–", "1"],
        ["Zahlungslücke", "0", "–", "–", "1", "1"],
    ]
    changes = [words_in(change) for change in section(page, "befunde-soll").find_class("change")]
    assert sorted(changes) == ["bleibt", "neu"]
    assert "Im Soll entfallen 2 Befunde, 1 bleiben, 1 kommen hinzu." in words_in(section(page, "zusammenfassung"))


def test_every_id_is_unique_and_every_link_inside_leads_somewhere() -> None:
    root = parsed(everything())

    ids = [element.get("id") for element in root.iter() if element.get("id")]
    targets = {link.get("href", "")[1:] for link in root.iter("a") if (link.get("href") or "").startswith("#")}

    assert len(ids) == len(set(ids))
    assert targets <= set(ids)


def test_marks_lead_to_the_findings_and_findings_to_the_shape() -> None:
    found = finding()
    page = to_html(replace(subject(found), diagrams={"Bild": diagram(found=(found,))}))

    root = parsed(page)
    (shape,) = [group for group in root.iter("g") if group.get("data-element") == "Task_1"]
    (link,) = shape.iter("a")
    assert "Leistungslücke" in words_in(root.get_element_by_id(link.get("href", "")[1:]))
    assert any(back.get("href") == f"#{shape.get('id')}" for back in root.find_class("card")[0].iter("a"))


def test_a_diagram_of_somebody_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no SVG from"):
        to_html(replace(subject(), diagrams={"Bild": "<svg><script>alert(1)</script></svg>"}))


def test_hostile_text_stays_text() -> None:
    plain = model(name=HOSTILE)
    found = finding(text=HOSTILE)
    page = to_html(Subject(plain.changed(title=HOSTILE), (found,), diagrams={HOSTILE: diagram(found=(found,))}))

    root = parsed(page)

    assert not list(root.iter("script", "img", "iframe", "object", "link", "base"))
    assert not [key for element in root.iter() for key in map(str, element.attrib) if key.lower().startswith("on")]
    assert not [link for link in root.iter("a") if (link.get("href") or "").lower().startswith("javascript")]
    assert "{{7*7}}" in page


def test_nothing_is_loaded() -> None:
    root = parsed(everything())

    policy = next(meta.get("content") or "" for meta in root.iter("meta") if meta.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert not [element for element in root.iter() if element.get("src") or element.get("srcset")]
    assert "@import" not in everything()
    assert not re.search(r"url\(", everything())


@pytest.mark.parametrize(("language", "heading"), [("de", "Zusammenfassung"), ("en", "Summary")])
def test_the_page_speaks_one_language(language: Language, heading: str) -> None:
    page = to_html(subject(finding()), to_be=subject(state="to_be"), language=language)

    root = parsed(page)
    assert root.get("lang") == language
    assert words_in(root.get_element_by_id("zusammenfassung")[0]) == heading
    assert ("Rechtsgrundlage" in page) == (language == "de")


def test_landmarks_headings_and_tables_help_those_who_cannot_see() -> None:
    root = parsed(everything())

    assert [len(list(root.iter(tag))) for tag in ("main", "nav", "footer", "h1")] == [1, 1, 1, 1]
    levels = [int(str(element.tag)[1]) for element in root.iter("h1", "h2", "h3", "h4", "h5")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(cell.get("scope") for cell in root.iter("th"))
    assert root.find_class("skip")[0].get("href") == "#inhalt"
    assert all(canvas.get("tabindex") == "0" and canvas.get("aria-label") for canvas in root.find_class("canvas"))


def test_is_the_same_every_time() -> None:
    assert everything() == everything()


def test_the_page_names_the_version_and_that_it_is_no_legal_review() -> None:
    (footer,) = parsed(to_html(subject())).iter("footer")

    assert "keine rechtliche Prüfung" in words_in(footer)
    assert "ankunft-model 0" in words_in(footer)


@pytest.mark.parametrize(
    ("value", "other", "trend"), [("39", "41", "worse"), ("10", "3", "better"), ("2", "2", "same")]
)
def test_a_figure_of_the_plan_is_good_only_where_it_is_smaller(value: str, other: str, trend: str) -> None:
    assert Tile(value, "Befunde", other).trend == trend
