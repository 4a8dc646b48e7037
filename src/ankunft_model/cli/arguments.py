"""The arguments of every command, in the language of the user; built without loading any room."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn

from ankunft_model._version import __version__
from ankunft_model.cli.nearest_argument import near_choice, near_option
from ankunft_model.wording import Language, Wording

COMMANDS: Final = {
    "init": Wording(de="eine kommentierte Beispieldatei zum Ausfüllen", en="a commented example file to fill in"),
    "check": Wording(de="Befunde: Lücken, Brüche, Doppelerhebungen", en="findings: gaps, breaks, data asked twice"),
    "data": Wording(
        de="je Angabe: wie oft erfragt, wer sie kennt, wo sie fehlt",
        en="per data item: how often it is asked, who knows it, where it is missing",
    ),
    "soundness": Wording(
        de="je Prozess: ob jeder Ablauf zu einem Ende kommt; auch für jede BPMN-Datei",
        en="per process: whether every run comes to an end; for any BPMN file too",
    ),
    "time": Wording(
        de="Dauer, Zeiten ohne Anspruch, Zahlung oder Nachweis, Fristen",
        en="time taken, times without entitlement, payment or proof, deadlines",
    ),
    "metrics": Wording(
        de="Zahlen je Fall: Kontakte, Fragen, Dokumente, Übergaben, Aufwand",
        en="figures per case: contacts, questions, documents, handovers, burden",
    ),
    "suggest": Wording(
        de="was zu ändern ist, damit nichts fehlt und nicht zweimal gefragt wird; Rechtmäßiges zuerst",
        en="what to change so that nothing is missing and nobody is asked twice; lawful ways first",
    ),
    "replay": Wording(
        de="ein dokumentierter Fall neben dem Modell: wo er es verlässt, was ihm fehlt",
        en="a documented case beside the model: where it leaves it, what it runs into",
    ),
    "export": Wording(
        de="eine Ausgabe; die Endung entscheidet (.bpmn .svg .png .dot .json .yaml)",
        en="one output; the suffix decides (.bpmn .svg .png .dot .json .yaml)",
    ),
    "layout": Wording(
        de="eine neue Zeichnung für eine beliebige BPMN-Datei; ihr Inhalt bleibt, wie er ist",
        en="a new drawing for any BPMN file; its content stays as it is",
    ),
    "import": Wording(
        de="ein Modell aus einer BPMN-Datei, gleich aus welchem Programm",
        en="a model from a BPMN file of any tool",
    ),
    "render": Wording(
        de="das Bild einer beliebigen BPMN-Datei mit Diagramm (.svg .png)",
        en="the picture of any BPMN file that has a diagram (.svg .png)",
    ),
    "report": Wording(de="der Bericht als eine HTML-Seite", en="the report as one HTML page"),
    "rules": Wording(
        de="der Regelkatalog, oder die Seite einer Regel", en="the catalogue of rules, or one rule's page"
    ),
    "schema": Wording(de="die JSON-Schemas von Datei und Ergebnissen", en="the JSON Schemas of file and results"),
}
"""The commands in the order of the help, with what they do."""

_METAVAR: Final = "{" + ",".join(COMMANDS) + "}"

_HELP: Final = {
    "language": Wording(de="Sprache der Ausgabe (Vorgabe: de)", en="language of the output (default: de)"),
    "help": Wording(de="diese Hilfe zeigen", en="show this help"),
    "version": Wording(de="die Version zeigen", en="show the version"),
    "model": Wording(de="Modelldatei (.yaml .json .bpmn)", en="model file (.yaml .json .bpmn)"),
    "model_or_bpmn": Wording(
        de="Modelldatei (.yaml .json) oder eine beliebige BPMN-Datei", en="model file (.yaml .json) or any BPMN file"
    ),
    "output": Wording(de="Datei, die geschrieben wird", en="file to write"),
    "force": Wording(de="eine vorhandene Datei ersetzen", en="replace a file that exists"),
    "format": Wording(de="Form der Ausgabe (Vorgabe: text)", en="form of the output (default: text)"),
    "select": Wording(
        de="nur diese Regeln oder Gruppen fragen (mehrfach möglich)", en="ask only these rules or groups (repeatable)"
    ),
    "ignore": Wording(
        de="diese Regeln oder Gruppen auslassen (mehrfach möglich)", en="leave out these rules or groups (repeatable)"
    ),
    "fail_on": Wording(
        de="ab dieser Schwere mit Status 1 enden (Vorgabe: error)",
        en="end with status 1 from this severity on (default: error)",
    ),
    "config": Wording(
        de="Einstellungen aus dieser Datei statt der nächsten ankunft.toml oder pyproject.toml über dem Modell",
        en="settings of this file instead of the nearest ankunft.toml or pyproject.toml above the model",
    ),
    "as_of": Wording(
        de="Tag, an dem befristete Ausnahmen gelten müssen (Vorgabe: as_of des Modells)",
        en="day at which temporary exceptions must hold (default: as_of of the model)",
    ),
    "baseline": Wording(
        de="Datei mit angenommenen Befunden, die nicht mehr gezeigt werden",
        en="file of accepted findings that are not shown any more",
    ),
    "write_baseline": Wording(
        de="alle heutigen Befunde in die Datei von --baseline schreiben", en="write all findings of today to that file"
    ),
    "cohort": Wording(de="nur für diese Zielgruppe", en="only for this target group"),
    "case": Wording(de="nur für diesen Fall, mit seinen Entscheidungen", en="only for this case, with its decisions"),
    "burden": Wording(de="für den Aufwand; ohne Angabe nicht gezählt", en="for the burden; not counted without"),
    "changed_model": Wording(
        de="Datei (.yaml .json), in die das geänderte Modell geschrieben wird",
        en="file (.yaml .json) that the changed model is written to",
    ),
    "write_changes": Wording(
        de="die Vorschläge in die Datei des Modells selbst eintragen",
        en="enter the suggestions into the model's own file",
    ),
    "case_file": Wording(de="Datei des Falls (.yaml .json)", en="file of the case (.yaml .json)"),
    "witness": Wording(de="Belege kurz oder als ganzer Ablauf", en="witnesses in short or as whole runs"),
    "to": Wording(de="Art der Ausgabe statt der Endung", en="kind of output instead of the suffix"),
    "view": Wording(
        de="collaboration oder journey (BPMN, SVG, PNG); process oder handovers (DOT)",
        en="collaboration or journey (BPMN, SVG, PNG); process or handovers (DOT)",
    ),
    "only": Wording(
        de="nur diese Akteure ausführlich zeigen, die übrigen geschlossen",
        en="show only these actors in full, the others closed",
    ),
    "process": Wording(de="nur diesen Prozess", en="only this process"),
    "findings": Wording(
        de="Befunde markieren: Zeichen (SVG, PNG), Farben (BPMN)",
        en="mark findings: signs (SVG, PNG), colours (BPMN)",
    ),
    "notes": Wording(de="Befunde als Anmerkungen (BPMN)", en="findings as notes (BPMN)"),
    "templates": Wording(
        de="Elemente mit den Vorlagen für Camunda Modeler verbinden (BPMN)",
        en="link elements with the templates for Camunda Modeler (BPMN)",
    ),
    "level": Wording(
        de="wie viel: alle Schritte, Teilprozesse geschlossen, nur Organisationen (Vorgabe: steps)",
        en="how much: every step, sub-processes closed, organisations only (default: steps)",
    ),
    "diagrams": Wording(
        de="alles in einem Diagramm, oder eine Übersicht und je Prozess ein Diagramm in einer Datei (Vorgabe: one)",
        en="everything in one diagram, or an overview and a diagram per process in one file (default: one)",
    ),
    "notify": Wording(
        de="Wartenden Organisationen sagen, wenn nichts mehr kommt: eine Nachricht mehr, als das Modell hat (BPMN)",
        en="tell waiting organisations when nothing more comes: a message more than the model has (BPMN)",
    ),
    "to_be": Wording(de="zweites Modell zum Vergleich (Soll)", en="second model to compare with (to-be)"),
    "rule": Wording(de="Name einer Regel", en="name of a rule"),
    "schema": Wording(de="Name eines Schemas; ohne Namen: die Liste", en="name of a schema; without: the list"),
    "into": Wording(
        de="Änderungen aus der BPMN-Datei in dieses Modell übernehmen",
        en="take the edits in the BPMN file over into this model",
    ),
    "bpmn": Wording(de="BPMN-Datei, auch im ZIP oder in XProzess", en="BPMN file, also in a ZIP or in XProzess"),
    "check_layout": Wording(
        de="die vorhandene Zeichnung prüfen, nichts schreiben", en="check the drawing that is there, write nothing"
    ),
    "direction": Wording(
        de="Richtung der Flüsse: nach rechts (Vorgabe) oder nach unten", en="flows run to the right (default) or down"
    ),
    "previous": Wording(
        de="frühere Zeichnung, deren Anordnung bleibt (auch dieselbe Datei)",
        en="earlier drawing whose order is kept (also the same file)",
    ),
    "lanes": Wording(
        de="Reihenfolge von Pools und Bahnen: auto (kurze Verbindungen) oder declared (wie in der Datei)",
        en="order of pools and lanes: auto (short connections) or declared (as in the file)",
    ),
    "diagram": Wording(
        de="welches Diagramm der Datei: Nummer, Kennung oder Name (Vorgabe: das erste)",
        en="which diagram of the file: number, id or name (default: the first)",
    ),
    "scale": Wording(de="Vergrößerung des PNG (Vorgabe: 2)", en="magnification of the PNG (default: 2)"),
}

_ARGPARSE_GERMAN: Final = (
    (r"the following arguments are required: (.+)", r"es fehlt: \1"),
    (r"unrecognized arguments: (.+)", r"unbekannte Angaben: \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1: \2 gibt es nicht; möglich sind \3"),
    (r"argument (.+?): invalid _amount value: (.+)", r"\1: \2 ist keine Zahl, die nicht negativ ist"),
    (r"argument (.+?): expected one argument", r"\1: hier fehlt eine Angabe"),
    (r"argument (.+?): expected at least one argument", r"\1: hier fehlt mindestens eine Angabe"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1: hier steht eine Angabe zu viel: \2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 ist nicht eindeutig; gemeint sein könnte \2"),
)


_EPILOG: Final = Wording(
    de="Status am Ende: 0 in Ordnung, 1 Befunde ab der Schwere von --fail-on, 2 Eingabe oder Angaben unbrauchbar. "
    "Mehr zu einem Befehl: ankunft BEFEHL --help. Anfangen: ankunft init -o mein_modell.yaml",
    en="Exit status: 0 fine, 1 findings from the severity of --fail-on on, 2 input or arguments unusable. "
    "More about a command: ankunft COMMAND --help. Begin with: ankunft init -o my_model.yaml",
)


_BURDEN: Final = (
    "minutes_per_contact",
    "minutes_per_visit",
    "minutes_per_form",
    "minutes_per_question",
    "minutes_per_document",
    "euros_per_hour",
    "cases_per_year",
)


def _amount(text: str) -> float:
    """Return a number that is not negative; a comma may stand for the point."""
    number = float(text.replace(",", "."))
    if not 0 <= number < 1e12:
        raise ValueError(text)
    return number


class ArgumentError(Exception):
    """The arguments cannot be used; the message is in the language of the user."""


class _Parser(argparse.ArgumentParser):
    """Speaks the user's language and raises instead of ending the program."""

    def __init__(self, *, language: Language = "de", **options: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_formatter(language), **options)  # type: ignore[arg-type]  # options of argparse
        self.language: Language = language
        self.is_asked_for = False
        self.commands: Sequence[argparse.ArgumentParser] = ()
        self._positionals.title = Wording(de="Angaben", en="arguments").in_language(language)
        self._optionals.title = Wording(de="Optionen", en="options").in_language(language)
        self.add_argument("-h", "--help", action="help", help=_HELP["help"].in_language(language))

    def parse_known_args(self, args: Any = None, namespace: Any = None):  # type: ignore[no-untyped-def]
        """Parse as ever, and note that this command was asked for."""
        self.is_asked_for = True
        return super().parse_known_args(args, namespace)

    def _options_asked_for(self) -> list[str]:
        """Return the options of the command that was asked for, and of the program."""
        asked = [one for one in self.commands if isinstance(one, _Parser) and one.is_asked_for]
        return [option for one in (*asked, self) for option in one._option_string_actions]  # noqa: SLF001

    def error(self, message: str) -> NoReturn:
        command = Wording(de="Befehl", en="command").in_language(self.language)
        message = message.replace("argument " + _METAVAR, f"argument {command}").replace(_METAVAR, command)
        near = near_choice(message) or near_option(message, self._options_asked_for())
        if self.language == "de":
            for pattern, german in _ARGPARSE_GERMAN:
                message = re.sub(rf"^{pattern}$", german, message, flags=re.DOTALL)
        if "MODEL" in message and "--only" in self._option_string_actions:
            hint = Wording(de="; --only ACTOR… steht hinter MODEL", en="; --only ACTOR… stands behind MODEL")
            message += hint.in_language(self.language)
        if near is not None:
            message += Wording(de=f". Gemeint: „{near}“?", en=f". Did you mean '{near}'?").in_language(self.language)
        raise ArgumentError(f"{self.format_usage().strip()}\n{self.prog}: {message}")


def _formatter(language: Language) -> type[argparse.HelpFormatter]:
    prefix = Wording(de="Aufruf: ", en="usage: ").in_language(language)

    class Formatter(argparse.HelpFormatter):
        def add_usage(self, usage, actions, groups, prefix=prefix):  # type: ignore[no-untyped-def]
            super().add_usage(usage, actions, groups, prefix)

    return Formatter


def language_of(arguments: Sequence[str]) -> Language:
    """Return the language that the arguments ask for, before they are parsed; `de` unless they say `en`."""
    for index, argument in enumerate(arguments):
        if argument == "--language=en" or (
            argument == "--language" and list(arguments[index + 1 : index + 2]) == ["en"]
        ):
            return "en"
    return "de"


class _AskedLanguage(argparse.Action):
    """Notes the language, and that somebody asked for it: pictures of files are not translated otherwise."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002  # argparse passes it
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        namespace.language = namespace.asked_language = values


def build_parser(language: Language) -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""

    def say(key: str) -> str:
        return _HELP[key].in_language(language)

    summary = Wording(
        de="Ankunftsprozesse prüfen, zeichnen und berichten.", en="Check, draw and report arrival processes."
    )
    parser = _Parser(
        language=language,
        prog="ankunft",
        description=summary.in_language(language),
        epilog=_EPILOG.in_language(language),
    )
    parser.add_argument("--version", action="version", version=f"ankunft-model {__version__}", help=say("version"))
    parser.set_defaults(language="de", asked_language=None)
    parser.add_argument(
        "--language", choices=("de", "en"), action=_AskedLanguage, default=argparse.SUPPRESS, help=say("language")
    )
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        title=Wording(de="Befehle", en="commands").in_language(language),
        metavar=_METAVAR,
    )
    of: dict[str, argparse.ArgumentParser] = {}
    for name, purpose in COMMANDS.items():
        words = purpose.in_language(language)
        of[name] = commands.add_parser(name, language=language, help=words, description=words)
        of[name].add_argument(
            "--language", choices=("de", "en"), action=_AskedLanguage, default=argparse.SUPPRESS, help=say("language")
        )
    parser.commands = tuple(of.values())
    for name in ("check", "data", "time", "metrics", "suggest", "replay", "export", "report"):
        of[name].add_argument("model", nargs="+" if name == "check" else None, metavar="MODEL", help=say("model"))
    of["soundness"].add_argument("model", metavar="MODEL|FILE.bpmn", help=say("model_or_bpmn"))
    _add_check(of["check"], say)
    _add_outputs(of, say)
    _add_render(of["render"], say)
    of["rules"].add_argument("rule", nargs="?", metavar="RULE", help=say("rule"))
    of["schema"].add_argument("name", nargs="?", metavar="NAME", help=say("schema"))
    for name in _BURDEN:
        of["metrics"].add_argument(
            f"--{name.replace('_', '-')}", type=_amount, metavar="X", default=None, help=say("burden")
        )
    of["replay"].add_argument("case_file", metavar="CASE", help=say("case_file"))
    for name in ("check", "data", "time", "metrics"):
        narrowing = of[name].add_mutually_exclusive_group()
        narrowing.add_argument("--cohort", metavar="ID", default=None, help=say("cohort"))
        narrowing.add_argument("--case", metavar="ID", default=None, help=say("case"))
    with_json = ("data", "soundness", "time", "metrics", "suggest", "replay", "rules", "import", "layout", "schema")
    for name in with_json:
        of[name].add_argument("--format", choices=("text", "json"), default="text", help=say("format"))
    written = of["suggest"].add_mutually_exclusive_group()
    written.add_argument("-o", "--output", default=None, metavar="FILE", help=say("changed_model"))
    written.add_argument("--write", action="store_true", help=say("write_changes"))
    return parser


def _add_check(parser: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    parser.add_argument("--select", action="append", metavar="RULE", default=None, help=say("select"))
    parser.add_argument("--ignore", action="append", metavar="RULE", default=[], help=say("ignore"))
    levels = ("info", "hint", "warning", "error", "never")
    parser.add_argument("--fail-on", choices=levels, default=None, help=say("fail_on"))
    forms = ("text", "json", "sarif", "junit", "github")
    parser.add_argument("--format", choices=forms, default="text", help=say("format"))
    parser.add_argument("--config", metavar="FILE", default=None, help=say("config"))
    parser.add_argument("--as-of", metavar="DATE", default=None, help=say("as_of"))
    parser.add_argument("--baseline", metavar="FILE", default=None, help=say("baseline"))
    parser.add_argument("--write-baseline", action="store_true", help=say("write_baseline"))
    parser.add_argument("--witness", choices=("short", "full"), default="short", help=say("witness"))


def _add_outputs(of: dict[str, argparse.ArgumentParser], say: Callable[[str], str]) -> None:
    for name in ("import", "layout"):
        of[name].add_argument("file", metavar="FILE.bpmn", help=say("bpmn"))
    of["report"].add_argument("to_be", nargs="?", metavar="TO_BE", help=say("to_be"))
    of["import"].add_argument("--into", metavar="MODEL.yaml", default=None, help=say("into"))
    for name in ("init", "export", "import", "layout", "report"):
        is_required = name not in ("init", "import", "layout")
        of[name].add_argument("-o", "--output", required=is_required, metavar="FILE", help=say("output"))
    layout = of["layout"]
    layout.add_argument("--check", action="store_true", help=say("check_layout"))
    layout.add_argument("--direction", choices=("horizontal", "vertical"), default="horizontal", help=say("direction"))
    layout.add_argument("--previous", metavar="FILE.bpmn", default=None, help=say("previous"))
    layout.add_argument("--lanes", choices=("auto", "declared"), default="auto", help=say("lanes"))
    of["init"].add_argument("--excel", action="store_true", help=argparse.SUPPRESS)  # refused with a clear message
    of["init"].add_argument("--force", action="store_true", help=say("force"))
    export = of["export"]
    export.add_argument("--to", choices=("bpmn", "svg", "png", "dot", "json", "yaml"), default=None, help=say("to"))
    views = ("collaboration", "journey", "process", "handovers")
    export.add_argument("--view", choices=views, default=None, help=say("view"))
    export.add_argument("--only", nargs="+", action="extend", metavar="ACTOR", default=[], help=say("only"))
    export.add_argument("--process", metavar="ID", default=None, help=say("process"))
    export.add_argument("--findings", action="store_true", help=say("findings"))
    export.add_argument("--notes", action="store_true", help=say("notes"))
    export.add_argument("--templates", action="store_true", help=say("templates"))
    levels = ("steps", "processes", "organisations")
    export.add_argument("--level", choices=levels, default="steps", help=say("level"))
    export.add_argument("--diagrams", choices=("one", "per-process"), default="one", help=say("diagrams"))
    export.add_argument("--notify", action="store_true", help=say("notify"))
    export.add_argument("--scale", metavar="FACTOR", default=None, help=say("scale"))


def _add_render(parser: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    parser.add_argument("file", metavar="FILE.bpmn", help=say("bpmn"))
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help=say("output"))
    parser.add_argument("--to", choices=("svg", "png"), default=None, help=say("to"))
    parser.add_argument("--diagram", metavar="DIAGRAM", default=None, help=say("diagram"))
    parser.add_argument("--scale", metavar="FACTOR", default=None, help=say("scale"))
