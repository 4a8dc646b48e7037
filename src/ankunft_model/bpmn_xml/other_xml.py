"""What to say of an XML file that is not BPMN 2.0: what it is instead, as far as its root element tells."""

from __future__ import annotations

from typing import Final

from ankunft_model.wording import Wording

_KINDS: Final = (
    ("/spec/DMN/", Wording(de="DMN (Entscheidungen)", en="DMN (decisions)")),
    ("/spec/CMMN/", Wording(de="CMMN (Fälle)", en="CMMN (cases)")),
    ("schema.omg.org/spec/BPMN/1", Wording(de="eine ältere Fassung von BPMN", en="an older version of BPMN")),
    ("bpmn.org/xpdl", Wording(de="XPDL", en="XPDL")),
    ("wfmc.org", Wording(de="XPDL", en="XPDL")),
    ("w3.org/2000/svg", Wording(de="ein Bild (SVG)", en="a picture (SVG)")),
    ("w3.org/1999/xhtml", Wording(de="eine Webseite (XHTML)", en="a web page (XHTML)")),
)
"""Parts of namespaces, and what files with such a root are."""
_DRAWIO: Final = Wording(de="eine Zeichnung von draw.io", en="a drawing of draw.io")
_KIND_OF_ROOT: Final = {"mxfile": _DRAWIO, "mxGraphModel": _DRAWIO}
"""What files with a root of no namespace are."""
_SHOWN: Final = 80


def not_bpmn(tag: str) -> Wording:
    """Return the sentence that refuses a file whose root element is `tag`, in Clark notation.

    Example:
        >>> print(not_bpmn("{https://www.omg.org/spec/DMN/20191111/MODEL/}definitions").en)
        The file is XML but not BPMN 2.0: it is DMN (decisions). Please export it as BPMN 2.0.
        >>> print(not_bpmn("{urn:x}definitions").en)
        The file is XML but not BPMN 2.0: it begins with 'definitions' of 'urn:x'. Please export it as BPMN 2.0.
        >>> print(not_bpmn("mxfile").en)
        The file is XML but not BPMN 2.0: it is a drawing of draw.io. Please export it as BPMN 2.0.
    """
    namespace, _, local = tag.rpartition("}")
    namespace, local = namespace.lstrip("{")[:_SHOWN], local[:_SHOWN]
    kind = next((kind for part, kind in _KINDS if part in namespace), None)
    if not namespace:
        kind = _KIND_OF_ROOT.get(local)
    if kind is not None:
        de, en = f"sondern {kind.de}", f"it is {kind.en}"
        return _sentence(f"aber nicht BPMN 2.0, {de}.", f"{en}.")
    of = (
        Wording(f" aus „{namespace}“", f" of {namespace!r}")
        if namespace
        else Wording(" ohne Namensraum", " of no namespace")
    )
    return _sentence(f"aber nicht BPMN 2.0: Sie beginnt mit „{local}“{of.de}.", f"it begins with {local!r}{of.en}.")


def _sentence(de: str, en: str) -> Wording:
    return Wording(
        de=f"Die Datei ist XML, {de} Bitte als BPMN 2.0 exportieren.",
        en=f"The file is XML but not BPMN 2.0: {en} Please export it as BPMN 2.0.",
    )
