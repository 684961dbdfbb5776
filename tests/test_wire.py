from __future__ import annotations

import pickle
import socket
import struct
from typing import TYPE_CHECKING

import pytest

from piiscan import wire
from piiscan.model import Confidence, Finding, Location, Part, Sensitivity, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_both_ends_understand_each_other(pair: Pair) -> None:
    ours, theirs = pair
    wire.send(ours, ("名前", 1))
    wire.send(ours, None)
    assert [wire.receive(theirs), wire.receive(theirs)] == [("名前", 1), None]


def test_a_message_is_given_only_when_it_is_whole(pair: Pair) -> None:
    ours, theirs = pair
    inbox = wire.Inbox(ours)
    body = pickle.dumps("text")
    content = struct.pack("!Q", len(body)) + body
    for byte in content[:-1]:
        theirs.send(bytes([byte]))
        assert inbox.read() == []
    theirs.send(content[-1:] + content + content[:5])
    assert inbox.read() == ["text", "text"]
    assert not inbox.ended


def test_a_peer_that_dies_in_a_message_ends_the_inbox(pair: Pair) -> None:
    ours, theirs = pair
    inbox = wire.Inbox(ours)
    theirs.send(b"\0\0\0")
    theirs.close()
    assert [inbox.read(), inbox.read()] == [[], []]
    assert inbox.ended


def test_waiting_for_a_peer_that_has_gone_is_an_error(pair: Pair) -> None:
    ours, theirs = pair
    theirs.send(b"\0\0\0")
    theirs.close()
    with pytest.raises(EOFError):
        wire.receive(ours)


@pytest.mark.parametrize("name", ["顧客.csv", "\udcff.csv"])
def test_many_findings_come_as_they_were(pair: Pair, name: str) -> None:
    finding = Finding(
        *("phone_mobile", "phone", Sensitivity.MODERATE, ("個人情報",), (), Confidence.HIGH, 95),
        *(Location((name,), "", 1, 2), "***-****-5678", "0" * 32, ("keyword:電話",)),
    )
    part = Part((finding,) * 100, Tally(), 7)
    wire.send(pair[0], part)
    assert wire.receive(pair[1]) == part
