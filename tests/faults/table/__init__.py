"""The matrix of faults and hostile inputs: each with the tests that hold us to the outcome that is right.

The numbers are those of the project's list of faults; a module holds those of one kind. scripts/faults runs the tests
of each by themselves and prints what they took.
"""

from __future__ import annotations

from tests.faults.table import archives, documents, outputs, repositories, runs, texts, trees, workers
from tests.faults.table.fault import Fault

FAULTS: dict[int, Fault] = {
    number: fault
    for kind in (archives, documents, texts, workers, trees, runs, outputs, repositories)
    for number, fault in kind.FAULTS.items()
}
#: What belongs to parts of the house that are not built: sources, clusters and sinks on the network.
LATER = frozenset({43, 44, 46, 55})
#: What is no fault of its own: all of them at once.
TOGETHER = Fault(
    "all that is hostile in one folder",
    "every path accounted for",
    ("tests/faults/long/test_tree.py::test_a_tree_of_all_that_is_hostile",),
)
