"""Measure one work: we and all its peers in turns, whole processes, start-up and output included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.command import RefusedError, memory_of, seconds_of
from bench.corpora import build, size_of
from bench.peers import counts_of, summary_of
from bench.results import Measured, Sample, where
from bench.works import REFERENCE, WORKS

if TYPE_CHECKING:
    from bench.command import Command

#: Seconds from which on a command is not run as often: its first run counts, and a second one; above, only the first.
SLOW, VERY_SLOW = 15, 60
OURS = "piiscan"


def interleave(commands: dict[str, Command], runs: int) -> dict[str, Sample | None]:
    """Run the commands in turns, `runs` times each after a run that warms the caches. None for one that refuses."""
    taken: dict[str, list[float]] = {}
    left: dict[str, int] = {}
    for name, command in commands.items():
        try:
            first = seconds_of(command)
        except RefusedError:
            continue
        # Noise of the caches does not count where a run takes so long, and hours do.
        taken[name] = [first] if first >= SLOW else []
        left[name] = runs if first < SLOW else int(first < VERY_SLOW)
    while any(left.values()):
        for name in [name for name, count in left.items() if count]:
            taken[name].append(seconds_of(commands[name]))
            left[name] -= 1
    return {name: Sample(tuple(taken[name])) if name in taken else None for name in commands}


def measure_work(name: str, runs: int) -> Measured:
    """Measure the work of this name."""
    work = WORKS[name]
    folder = build(work.corpus)
    ours = work.ours(folder)
    peers = {peer.name: peer.command(folder) for peer in work.peers}
    samples = interleave({OURS: ours, **peers}, runs)
    sample = samples.pop(OURS)
    if sample is None:
        raise RefusedError(name)
    memory = memory_of(ours)
    summary = summary_of(ours)
    files, size = size_of(folder)
    totals = summary["totals"]
    return Measured(
        ours=sample,
        peers=samples,
        files=files,
        size=size,
        findings=sum(totals.values()) if isinstance(totals, dict) else 0,
        complete=bool(summary["complete"]),
        as_reference=counts_of(ours) == counts_of(peers[REFERENCE]) if samples.get(REFERENCE) else None,
        largest=memory.largest,
        together=memory.together,
        where=where(),
    )


def missed_peers(name: str, measured: Measured) -> dict[str, float]:
    """Give the bars that a work misses: the peer, and the ratio."""
    missed = {}
    for peer in WORKS[name].peers:
        sample = measured.peers.get(peer.name)
        if peer.bar is not None and sample is not None:
            ratio = measured.ours.median / sample.median
            if ratio > peer.bar:
                missed[peer.name] = ratio
    return missed
