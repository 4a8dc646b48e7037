"""What falls through between organisations: computations on a model and the rules that ask them."""

from ankunft_model.analysis.check import check, rule_by_id
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.data_overview import DataOverview, data_overview
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.rules import ALL_RULES

__all__ = ["ALL_RULES", "Computations", "DataOverview", "Observation", "Rule", "check", "data_overview", "rule_by_id"]
