"""No licence that would bind our users slips in, neither with what we name nor with what that brings along."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement

from scripts.dependencies import iter_dependencies

#: Permissive licences, and those that bind only changes of the library itself (MPL, LGPL).
GOOD = re.compile(
    r"Apache|BSD|0BSD|MIT|ISC|MPL|Mozilla Public License|PSF|Python Software Foundation|CNRI|Zlib|HPND|CC0"
    r"|LGPL|Lesser General Public|Unlicense|Public Domain|Historical Permission"
)
#: Said as a part of a longer text too; LGPL and its exceptions are taken out before it is asked.
BAD = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public|SSPL|Commons Clause|non-?commercial", re.IGNORECASE)
LESSER = re.compile(r"LGPL[-v.0-9+]*|GNU (?:Library or )?Lesser General Public License[^;,)]*(?:\(LGPL[^)]*\))?")


def licence_of(found: Distribution) -> str:
    """Give all that a distribution says of its licence."""
    metadata = found.metadata
    classifiers = [each for each in metadata.get_all("Classifier") or [] if each.startswith("License ::")]
    # some have the whole text in the field
    said = metadata.get_all("License-Expression") or [
        each.splitlines()[0] for each in metadata.get_all("License") or [] if each
    ]
    return "; ".join([*said, *classifiers])


def installed() -> dict[str, Distribution]:
    """Give what an installation with all extras holds, by name."""
    found: dict[str, Distribution] = {}
    waiting = ["piiscan"]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system
        requirements = map(Requirement, found[name].requires or ())
        wanted = {"extra": ""} if name != "piiscan" else None
        waiting += [
            each.name for each in requirements if wanted is None or not each.marker or each.marker.evaluate(wanted)
        ]
    del found["piiscan"]
    return found


@pytest.mark.parametrize(("name", "found"), sorted(installed().items()))
def test_no_licence_binds_our_users(name: str, found: Distribution) -> None:
    said = licence_of(found)
    assert GOOD.search(said), f"{name} says of its licence: {said}"
    assert not BAD.search(LESSER.sub("", said)), f"{name} says of its licence: {said}"


@pytest.mark.parametrize(
    "said", ["GPL-3.0", "License :: OSI Approved :: GNU General Public License v3 (GPLv3)", "AGPL-3.0-or-later"]
)
def test_the_gpl_would_be_noticed(said: str) -> None:
    assert BAD.search(LESSER.sub("", said))


@pytest.mark.parametrize(
    "said", ["LGPL-3.0-or-later", "License :: OSI Approved :: GNU Lesser General Public License v3 or later (LGPLv3+)"]
)
def test_the_lgpl_is_another_licence(said: str) -> None:
    assert not BAD.search(LESSER.sub("", said))


def test_every_dependency_says_its_licence_and_why_it_is_there() -> None:
    assert all(GOOD.search(each.licence) and each.why for each in iter_dependencies())
