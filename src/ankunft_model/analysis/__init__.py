"""What falls through between organisations: computations on a model and the rules that ask them."""

from ankunft_model.analysis.check import check, rule_by_id
from ankunft_model.analysis.computations import Computations
from ankunft_model.analysis.rule import Observation, Rule
from ankunft_model.analysis.rules import ALL_RULES

__all__ = ["ALL_RULES", "Computations", "Observation", "Rule", "check", "rule_by_id"]
