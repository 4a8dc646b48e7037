"""Random valid models: every field of every word, none and absent everywhere, sub-processes, groups, translations.

Values follow the types of the model, so that a new field is covered without a line here; what holds between fields
(flows stay inside, hierarchies have no circles, …) is drawn by hand.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from ankunft_model.model import ArrivalModel, Handover, Process
from ankunft_model.model.identifiers import Reference, check_id
from ankunft_model.model.nodes import Event, Gateway, Step, SubProcess
from ankunft_model.model.part import Element, PartialConfidence, Registry
from ankunft_model.model.quantities import Duration, DurationRange
from ankunft_model.model.texts import Translations
from ankunft_model.model.vocabulary import OPEN_VOCABULARIES

Ids = dict[str, list[str]]

LETTERS = "abcXYZäöüÄÖÜß€éسカ 0189-_:#,.{}[]'\"!?&*%@|>~§–„“\\/=\n"
texts = (
    st.one_of(
        st.sampled_from(
            ["ja", "no", "NO", "null", "~", "08", "1.5", "2025-06-01", "- x", "a: b", "x #y", "AsylG §§ 19, 22"]
        ),
        st.text(LETTERS, min_size=1, max_size=12),
    )
    .map(str.strip)
    .filter(lambda text: text not in ("", "none", "unknown"))
)
translated = st.one_of(
    texts, st.dictionaries(st.sampled_from(["de", "en", "ar", "uk", "pt-BR"]), texts, min_size=1, max_size=2)
)
durations = st.sampled_from(["PT0S", "PT30M", "P1D", "P2W", "P14D", "P1M", "P1Y6M", "P1DT2H3M", "PT1.5S"])
dates = st.dates(date(1990, 1, 1), date(2050, 1, 1)).map(date.isoformat)
short_ids = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True).filter(
    lambda id_: id_ not in ("none", "unknown", "any")
)
FORMS = {
    "fim_id": st.sampled_from(["F60000227", "G12345678901"]),
    "land": st.just("NW"),
    "ags": st.sampled_from(["05", "05358", "05358008"]),
    "currency": st.just("EUR"),
}
BY_HAND = {
    "origin",
    "id",
    "format",
    "nodes",
    "next",
    "type",
    "attached_to",
    "part_of",
    "canonical",
    "contains",
    "stores",
}
NEVER = st.nothing()


REGISTRY_CLASSES: dict[str, type[Element]] = {
    name: get_args(field.annotation)[0]
    for name, field in ArrivalModel.model_fields.items()
    if get_origin(field.annotation) is Registry and name != "processes"
}

NODES = ["p0_start", "p0_n0", "p0_end"]
"""Nodes that every model has."""

WORLDS: dict[str, Ids] = {
    "bare": {
        "world": ["bare"],
        **{name: [] for name in REGISTRY_CLASSES},
        "actors": ["person", "office"],
        "members": [],
        "nodes": NODES,
        "handovers": [],
        "processes": ["p0"],
        "actor_kinds": ["jobcenter"],
    },
    "full": {
        "world": ["full"],
        **{name: [f"{name}_0", f"{name}_1"] for name in REGISTRY_CLASSES},
        "actors": ["person", "office", "unit"],
        "members": ["cohorts_0_child"],
        "nodes": NODES,
        "handovers": ["p0_h0", "p0_h1"],
        "processes": ["p0"],
        "actor_kinds": ["jobcenter"],
    },
}
"""Which ids a model has, by kind: many of each, or next to none."""


@st.composite
def ranges(draw: st.DrawFn) -> Any:
    """Draw one duration, or bounds of which some may be missing."""
    if draw(st.booleans()):
        return draw(durations)
    days = sorted(draw(st.lists(st.integers(0, 60), min_size=3, max_size=3)))
    named = {name: f"P{count}D" for name, count in zip(("min", "likely", "max"), days, strict=True)}
    kept = draw(st.sets(st.sampled_from(sorted(named)), min_size=1))
    return {name: span for name, span in named.items() if name in kept}


def values(annotation: Any, ids: Ids, key: str = "") -> st.SearchStrategy[Any]:
    """Return the values in the shape of the file that a type of the model allows."""
    if key in FORMS:
        return FORMS[key]
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        reference = next((mark for mark in marks if isinstance(mark, Reference)), None)
        if reference is not None:
            return references_to(reference, ids)
        if any(getattr(mark, "func", None) is check_id for mark in marks):
            return short_ids
        least = max((getattr(mark, "min_length", None) or 0 for mark in marks), default=0)
        greatest = next((mark.metadata[1].le for mark in marks if len(getattr(mark, "metadata", ())) > 1), None)
        if inner is float and greatest is not None:
            return st.sampled_from([0, 0.25, 0.5, 1])
        if least and get_origin(inner) is Annotated:
            return lists(inner, ids, least)
        if get_origin(inner) is tuple:
            return lists(inner, ids, least)
        return values(inner, ids, key)
    if origin in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not type(None)]
        return st.one_of([values(option, ids, key) for option in options])
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if origin is tuple:
        return lists(annotation, ids, 0)
    if origin is dict:
        key_type, value_type = get_args(annotation)
        keys, inner = values(key_type, ids), values(value_type, ids)
        none = st.sampled_from([{}, "none"])
        return none if keys.is_empty or inner.is_empty else st.one_of(st.dictionaries(keys, inner, max_size=2), none)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: texts,
        bool: st.booleans(),
        int: st.integers(0, 1000),
        float: st.one_of(st.integers(0, 9), st.sampled_from([0.5, 12.75])),
        date: dates,
        Duration: durations,
        DurationRange: ranges(),
        Translations: st.dictionaries(st.sampled_from(["de", "en", "ar"]), texts, min_size=1, max_size=2),
        PartialConfidence: st.dictionaries(
            st.sampled_from(["default", "name", "wait", "records_in", "repeats.max"]),
            st.sampled_from(["fact", "source_needed", "assumption"]),
            min_size=1,
            max_size=2,
        ),
    }
    if annotation in simple:
        return simple[annotation]
    assert isinstance(annotation, type), annotation
    if issubclass(annotation, BaseModel):
        required = [full_type(field) for field in annotation.model_fields.values() if field.is_required()]
        return (
            NEVER
            if any(values(inner, ids).is_empty for inner in required)
            else parts(annotation, ids["world"][0], most=2)
        )
    raise AssertionError(annotation)


def main_value(item: Any) -> Any:
    """Return what makes an item of a list the same as another one."""
    if not isinstance(item, dict):
        return item
    if "any_of" in item:
        return repr(item["any_of"]).strip("[]")
    keys = ("item", "system", "benefit", "actor", "to")
    return next((item[key] for key in keys if key in item), repr(item))


def full_type(field: FieldInfo) -> Any:
    """Return the type of a field with what it is annotated with."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def references_to(reference: Reference, ids: Ids) -> st.SearchStrategy[str]:
    """Return the ids that may stand where `reference` marks a field."""
    kinds = [*REGISTRY_CLASSES, "nodes", "handovers"] if reference.kinds == ("anything",) else reference.kinds
    known = [id_ for kind in kinds for id_ in ids.get(kind, [])]
    return st.sampled_from(known) if known else NEVER


def lists(annotation: Any, ids: Ids, least: int) -> st.SearchStrategy[Any]:
    """Return lists without duplicates, `none`, and single values for lists of one."""
    while get_origin(annotation) is not tuple:
        annotation = next(argument for argument in get_args(annotation) if "tuple" in repr(argument))
    items = values(get_args(annotation)[0], ids)
    if items.is_empty:
        return NEVER if least else st.just("none")
    as_read = TypeAdapter[Any](get_args(annotation)[0])

    def read_value(item: Any) -> str:
        """Return what the model makes of an item: two notations of one value are the same."""
        return repr(as_read.validate_python(item))

    several = st.lists(items, min_size=max(least, 1), max_size=3, unique_by=(main_value, read_value))
    if least > 1:
        return several
    return st.one_of(several, items.filter(lambda item: item != {}), *([] if least else [st.just("none"), st.just([])]))


@cache
def strategy_by_key(part: type[BaseModel], world: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return how to draw the required and the other keys of a part; keys that hold between fields are left out."""
    required: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for name, field in part.model_fields.items():
        if (issubclass(part, Element) and name in BY_HAND) or "Registry" in repr(field.annotation):
            continue
        is_text = name in ("name", "title", "description")
        strategy = translated if is_text else values(full_type(field), WORLDS[world], name)
        if not strategy.is_empty:
            (required if field.is_required() else optional)[field.alias or name] = strategy
    return required, optional


@st.composite
def parts(draw: st.DrawFn, part: type[BaseModel], world: str, *without: str, most: int = 4) -> dict[str, Any]:
    """Draw a part: all that is required, some of the rest."""
    required, optional = strategy_by_key(part, world)
    keys = sorted(optional.keys() - set(without))
    chosen = draw(st.lists(st.sampled_from(keys), max_size=most, unique=True)) if keys else []
    plain = {key: draw(strategy) for key, strategy in required.items() if key not in without}
    plain.update({key: draw(optional[key]) for key in chosen})
    if part.__name__ == "Deadline":
        plain.pop("after" if "before" in plain else "", None)
        plain["days"] = "calendar"
    if part.__name__ == "PopulationRange":
        plain = {"min": 1, "max": 2}
    return plain


@st.composite
def scopes(draw: st.DrawFn, prefix: str, world: str, *, depth: int) -> dict[str, Any]:
    """Draw the nodes of a process or sub-process: every flow leads forward, every way ends."""
    count = draw(st.integers(1, 4))
    names = [f"{prefix}n{number}" for number in range(count)]
    kinds = [
        draw(
            st.sampled_from(
                ["task", "task", "user", "exclusive", "parallel", "catch", *(["subprocess"] if depth else [])]
            )
        )
        for _ in names
    ]
    nodes: dict[str, Any] = {f"{prefix}start": {"type": "start", "next": names[0]}}
    for position, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        later = [*names[position + 1 :], f"{prefix}end"]
        node_class = {"exclusive": Gateway, "parallel": Gateway, "catch": Event, "subprocess": SubProcess}.get(
            kind, Step
        )
        fields = draw(parts(node_class, world, "trigger"))
        if kind != "task":
            fields["type"] = kind
        if kind == "catch":
            fields["trigger"] = draw(st.sampled_from(["message", "timer"]))
        if kind == "subprocess":
            fields["nodes"] = draw(scopes(f"{name}_", world, depth=depth - 1))
        targets = (
            [later[0], *draw(st.lists(st.sampled_from(later[1:]), max_size=2, unique=True))] if later[1:] else later
        )
        flows: list[Any] = list(targets)
        if kind == "exclusive" and len(targets) > 1:
            flows = [{"to": target, "when": draw(translated)} for target in targets[:-1]] + [
                {"to": targets[-1], "default": True}
            ]
            if draw(st.booleans()):
                flows = [{**flow, "share": 0.25} for flow in flows[:-1]] + flows[-1:]
        if draw(st.booleans()):
            flows[0] = {**({"to": flows[0]} if isinstance(flows[0], str) else flows[0]), "delay": draw(ranges())}
        fields["next"] = flows[0] if len(flows) == 1 else flows
        nodes[name] = fields
    if any(kind in ("task", "user", "subprocess") for kind in kinds) and draw(st.booleans()):
        host = next(name for name, kind in zip(names, kinds, strict=True) if kind in ("task", "user", "subprocess"))
        nodes[f"{prefix}late"] = {
            "type": "boundary",
            "trigger": "timer",
            "at": {"age": "P18Y"},
            "attached_to": host,
            "interrupting": draw(st.booleans()),
            "next": f"{prefix}end",
        }
    nodes[f"{prefix}end"] = {"type": "end", **draw(parts(Event, world, "trigger", "at"))}
    return nodes


@st.composite
def plain_models(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a valid model in the shape of the file."""
    world = draw(st.sampled_from(sorted(WORLDS)))
    processes: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 2))):
        name = f"p{number}"
        process = draw(parts(Process, world, "handovers", most=2))
        processes[name] = {**process, "nodes": draw(scopes(f"{name}_", world, depth=1))}
    processes["p0"]["handovers"] = draw(handovers(world)) if WORLDS[world]["handovers"] else "none"
    head = draw(parts(ArrivalModel, world, "id", "format", "vocabularies", "processes"))
    vocabularies = {
        name: {f"own_{name}": {"name": draw(translated)}}
        for name in draw(st.lists(st.sampled_from(sorted(OPEN_VOCABULARIES)), max_size=2, unique=True))
    }
    words = {"vocabularies": vocabularies} if vocabularies else {}
    registries = draw(filled_registries(world))
    return {"format": "ankunft/1", "id": draw(short_ids), **head, **words, **registries, "processes": processes}


@st.composite
def handovers(draw: st.DrawFn, world: str) -> list[dict[str, Any]]:
    """Draw the handovers of a process."""
    found: list[dict[str, Any]] = []
    for id_ in WORLDS[world]["handovers"]:
        ends = draw(st.permutations(WORLDS[world]["nodes"]))
        target = draw(st.sampled_from([ends[1], {"actor": "office"}, "none"]))
        fields = draw(parts(Handover, world, "from", "to", "triggers", "agreement"))
        found.append({"id": id_, "from": ends[0], "to": target, **fields})
    return found


@st.composite
def filled_registries(draw: st.DrawFn, world: str) -> dict[str, Any]:
    """Draw the entries of all registries; empty ones are absent or `none`."""
    registries: dict[str, Any] = {}
    for name, entry_class in REGISTRY_CLASSES.items():
        entries: dict[str, Any] = {}
        known = WORLDS[world][name]
        for position, id_ in enumerate(known):
            entry = draw(parts(entry_class, world, "choices"))
            earlier = known[:position]
            if name == "actors":
                entry["kind"] = "person" if id_ == "person" else draw(st.sampled_from(["jobcenter", "own"]))
                if earlier and draw(st.booleans()):
                    entry["part_of"] = earlier[-1]
            if name == "data":
                entry.setdefault("category", "identity")
                if earlier and draw(st.booleans()):
                    entry["contains"] = list(earlier)
            if name == "agreements":
                entry["parties"] = ["person", "office"]
            if name == "cohorts":
                entry["members"] = {f"{id_}_child": {"name": draw(translated), "age": 6, "role": "child"}}
            entries[id_] = entry
        if entries:
            registries[name] = entries
        elif draw(st.booleans()):
            registries[name] = "none"
    return registries


WHOLE_MODELS = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking whole models takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""How properties of whole models are searched."""

models = plain_models().map(ArrivalModel.model_validate)
"""Valid models of all kinds."""
