"""What must hold: the bars of a full run, and the floor of each identifier that every change is tested against."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.accuracy.score import Score

#: The bars of a full run, as shares.
BARS = {"micro": 0.985, "macro": 0.975, "least": 0.94, "gap": 0.01, "decoys": 0.01, "random": 0.005}
#: Identifier -> the F1 that the small corpus of the tests must reach. Raise it with the detector, never lower it.
FLOORS: dict[str, float] = {
    "my_number": 0.79,
    "basic_pension_number": 0.74,
    "payment_card": 0.84,
    "phone_mobile": 0.97,
    "phone_landline": 0.92,
    "phone_ip": 0.95,
    "phone_international": 0.97,
    "postal_code": 0.80,
    "email": 0.98,
    "phone_service": 0.97,
}
#: The most decoys of the small corpus, as a share, that may be taken for something.
DECOY_FLOOR = 0.01


def fallen(score: Score) -> list[str]:
    """Name the identifiers below their floor."""
    return [
        f"{name}: F1 {score.identifiers[name].f1:.3f} is below {floor}"
        for name, floor in FLOORS.items()
        if score.identifiers[name].f1 < floor
    ]


def surely_missed(score: Score) -> list[str]:
    """Name what is below its bar even if chance was against it: where the interval's upper end is under the bar."""
    rows = [("micro F1", score.micro, BARS["micro"])]
    rows += [(name, tally, BARS["least"]) for name, tally in score.counted.items()]
    return [
        f"{name}: {tally.f1:.3f}, at most {tally.interval[1]:.3f}, bar {bar}"
        for name, tally, bar in rows
        if tally.interval[1] < bar
    ]
