"""What falls through between organisations: computations on a model and the rules that ask them."""

from ankunft_model.analysis.accepted import Baseline, Sifted, without_suppressed
from ankunft_model.analysis.check import asked_rules, check
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.data_overview import DataOverview, data_overview
from ankunft_model.analysis.installed_rules import installed_rules, rule_by_id
from ankunft_model.analysis.metrics.burden import BurdenParameters
from ankunft_model.analysis.metrics_overview import MetricsOverview, metrics_overview
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.rules import ALL_RULES
from ankunft_model.analysis.settings import Settings, Suppression, parse_settings
from ankunft_model.analysis.suggestions.results import Suggestion, Suggestions
from ankunft_model.analysis.suggestions.suggest import suggest
from ankunft_model.analysis.time_overview import TimeOverview, time_overview

__all__ = [
    "ALL_RULES",
    "Baseline",
    "BurdenParameters",
    "Computations",
    "DataOverview",
    "MetricsOverview",
    "Observation",
    "Rule",
    "Settings",
    "Sifted",
    "Suggestion",
    "Suggestions",
    "Suppression",
    "TimeOverview",
    "asked_rules",
    "check",
    "data_overview",
    "installed_rules",
    "metrics_overview",
    "parse_settings",
    "rule_by_id",
    "suggest",
    "time_overview",
    "without_suppressed",
]
