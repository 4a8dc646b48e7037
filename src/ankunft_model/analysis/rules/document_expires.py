"""Documents that have expired, or may have, when a step asks for them.

What it finds: a document with a limited validity that a step asks for later than it is valid, and that nobody renews.

Why it matters: the person is sent away with an expired paper, and whatever depends on it stops.

How to resolve it: renew in time and without being asked, or ask for the document earlier.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.example import example_model
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.time_wording import days_between
from ankunft_model.findings import ElementRef, Reason
from ankunft_model.model.quantities import SECONDS_PER_DAY
from ankunft_model.wording import Wording


def find_document_expires(computed: Computations) -> Iterator[Observation]:
    """Yield one observation per document and step that asks for it, in the order of the steps."""
    names = computed.names
    for expiry in computed.expiries:
        document, issued, shown = (
            names.document(expiry.document),
            names.node(expiry.issued_at),
            names.node(expiry.shown_at),
        )
        valid = days_between(*(round(seconds / SECONDS_PER_DAY) for seconds in expiry.valid_seconds))
        most = None if expiry.most is None else ceil(expiry.most / SECONDS_PER_DAY)
        span = days_between(floor(expiry.least / SECONDS_PER_DAY), most)
        is_sure = expiry.certainty == "definite"
        basis = computed.model.documents[expiry.document].legal_basis
        yield Observation(
            message=Wording(
                de=f"{document.de} gilt {valid.de} ab {issued.de}; {shown.de} verlangt das Dokument {span.de} später, dann "
                f"{'ist' if is_sure else 'kann'} es abgelaufen{'' if is_sure else ' sein'}. Kein Schritt erneuert es.",
                en=f"{document.en} is valid for {valid.en} from {issued.en}; {shown.en} asks for it after {span.en}, when it "
                f"{'has' if is_sure else 'may have'} expired. No step renews it.",
            ),
            recommendation=Wording(
                de="Das Dokument rechtzeitig und von Amts wegen verlängern, oder es früher verlangen.",
                en="Renew the document in time and without being asked, or ask for it earlier.",
            ),
            elements=(
                ElementRef("node", expiry.shown_at),
                ElementRef("document", expiry.document),
                ElementRef("node", expiry.issued_at),
            ),
            certainty=expiry.certainty,
            exact=expiry.exact,
            limits=expiry.limits,
            because=() if basis is None else (Reason("legal_basis", basis),),
            witness=expiry.run.witness((expiry.issued_at, expiry.shown_at)),
            full_run=expiry.run.ids,
        )


_BODY = """\
documents:
  gestattung: {name: Aufenthaltsgestattung, valid_for: {min: P3M, max: P6M}}
processes:
  verfahren:
    name: Asylverfahren
    nodes:
      beginn:    {type: start, name: Antrag gestellt, actor: person, next: ausstellen}
      ausstellen: {name: Gestattung ausstellen, actor: sozialamt, documents_out: [gestattung], duration: PT1H, next: vorlegen}
"""

RULE = Rule(
    id="document-expires",
    codes=("G-36",),
    title=Wording(de="Dokument läuft ab, bevor es gebraucht wird", en="Document expires before it is needed"),
    group="money_papers_time",
    severity="warning",
    dimension="binding",
    finds=Wording(
        de="Dokumente mit begrenzter Gültigkeit (`valid_for`), die ein Schritt später verlangt, als sie gelten: sicher, wenn "
        "auf jedem Ablauf auch die kürzeste Zeit zu lang ist, sonst möglich. Nicht gemeldet werden Dokumente, die ein "
        "weiterer oder wiederholter Schritt ausstellt (sie gelten als rechtzeitig erneuert), eines von mehreren, von denen "
        "eines genügt, und Wege ohne angegebene Zeiten.",
        en="Documents of limited validity (`valid_for`) that a step asks for later than they are valid: definite if even the "
        "shortest time is too long on every run, else possible. Not reported: documents that another or a repeated step "
        "issues (they count as renewed in time), one of several of which one suffices, and ways without stated times.",
    ),
    matters=Wording(
        de="Die Person wird mit einem abgelaufenen Papier weggeschickt, und was daran hängt, steht still.",
        en="The person is sent away with an expired paper, and whatever depends on it stops.",
    ),
    resolve=Wording(
        de="Rechtzeitig und unaufgefordert verlängern.",
        en="Renew in time and without being asked.",
    ),
    sources=("LAW:AsylG § 63 Abs. 2", "LAW:AsylG § 67 Abs. 1 Nr. 2"),
    sound=example_model(
        _BODY
        + """\
      vorlegen:  {name: Leistung beantragen, actor: jobcenter, documents_in: [gestattung], wait: {min: P1W, max: P4W}, next: ende}
      ende:      {type: end, name: Beantragt}
    handovers: none
"""
    ),
    broken=example_model(
        _BODY
        + """\
      vorlegen:  {name: Leistung beantragen, actor: jobcenter, documents_in: [gestattung], wait: {min: P4M, max: P9M}, next: ende}
      ende:      {type: end, name: Beantragt}
    handovers: none
"""
    ),
    find=find_document_expires,
)
