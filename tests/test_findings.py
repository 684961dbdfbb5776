"""A sequence of findings is the same whatever it was made of, and after it was sent."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from piiscan.findings import Findings
from piiscan.model import Confidence, Finding, Location, Sensitivity

NUMBERS = st.none() | st.integers(1, 3)
LOCATIONS = st.builds(
    Location,
    st.sampled_from([(), ("a.zip",)]),
    st.sampled_from(["", "Sheet1"]),
    NUMBERS,
    NUMBERS,
    st.none() | st.just("B2"),
    NUMBERS,
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["email", "my_number"]),
        st.just("email"),
        st.sampled_from(Sensitivity),
        st.just(("個人情報",)),
        st.sampled_from([(), ("business",)]),
        st.sampled_from(Confidence),
        st.integers(20, 22),
        LOCATIONS,
        st.sampled_from(["t***@a.jp", "***"]),
        st.just("0" * 32),
        st.sampled_from([(), ("keyword:メール",)]),
    )
)


@given(FINDINGS, FINDINGS)
def test_they_are_what_they_were_made_of(first: list[Finding], second: list[Finding]) -> None:
    both = Findings.joined([first, Findings.of(second)])
    assert list(both) == first + second
    assert both == tuple(first + second) == both
    assert len(both) == len(first + second)
    assert both[:2] == tuple((first + second)[:2])
    assert bool(both) == bool(first or second)


@given(FINDINGS)
def test_they_are_the_same_when_they_were_sent(findings: list[Finding]) -> None:
    sent = pickle.loads(pickle.dumps(Findings.of(findings)))  # noqa: S301 - as the wire does
    assert list(sent) == findings
    assert [type(each) for each in sent] == [Finding] * len(findings)


def test_they_are_not_what_is_no_sequence() -> None:
    assert Findings() != 1
    assert Findings() == ()
    assert repr(Findings()) == "Findings.of(())"
