"""How the organisations of a process take part in it: who owns which node, where each waits, what each may miss.

The collaboration view is drawn from it, and the rule about participants that nobody informs asks it.
"""

from ankunft_model.graph.participation.division import Division, divide
from ankunft_model.graph.participation.threads import PoolThreads
from ankunft_model.graph.participation.waiting_classes import WaitingClass

__all__ = ["Division", "PoolThreads", "WaitingClass", "divide"]
