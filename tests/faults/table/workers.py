"""Workers that hang, die, or take what there is, by the order of the mock extractor."""

from __future__ import annotations

from tests.faults.table.fault import Fault

_POOL = "tests/test_pool.py"
_KILLS = "tests/faults/long/test_kills.py::test_"
_ENDS = f"{_POOL}::test_a_file_that_ends_its_worker_is_one_row"

FAULTS: dict[int, Fault] = {
    26: Fault("extractor that sleeps", "timeout, others scanned", (f"{_ENDS}[hang]",)),
    27: Fault("extractor that holds the interpreter", "timeout", (f"{_ENDS}[busy]",)),
    28: Fault("extractor that takes all memory", "crash: memory", (f"{_ENDS}[allocate]",)),
    29: Fault(
        "extractor that dies by a signal, or leaves with 0",
        "crash, never complete",
        (
            *(f"{_ENDS}[{order}]" for order in ("segfault", "exit0", "sigkill")),
            f"{_KILLS}workers_that_are_killed_again_and_again",
        ),
    ),
    30: Fault(
        "findings, then death",
        "crash, findings kept",
        (f"{_POOL}::test_what_was_found_before_a_death_is_kept",),
    ),
    31: Fault(
        "grandchild that holds the pipe",
        "killed with its group",
        (f"{_ENDS}[grandchild]", f"{_POOL}::test_nothing_is_left_running", f"{_KILLS}a_killed_parent_leaves_no_child"),
    ),
    32: Fault(
        "exception whose message quotes the document",
        "its type alone",
        (f"{_POOL}::test_no_message_of_an_exception_comes_back",),
    ),
}
