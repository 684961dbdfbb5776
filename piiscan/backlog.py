"""The files that wait for a worker: a bounded number known ahead, the large ones first, the small ones in batches.

A large file that comes last keeps one worker busy while the others have gone home. Small files cost more in messages
than in reading, so several go in one; but never so many that the other workers would have none.
"""

from __future__ import annotations

import heapq
from collections import deque
from itertools import count
from typing import TYPE_CHECKING

from piiscan.piece import Blob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.model import FileRef

    Job = FileRef | Blob

#: Files that may be known ahead: among so many the largest is looked for.
MOST = 1024
#: What goes in one message at most.
BATCH_FILES, BATCH_BYTES = 64, 1_000_000


class Backlog:
    """Files in the order in which they are to be scanned. Contents that lie in no file keep the order they came in."""

    def __init__(self, jobs: int) -> None:
        """Take the number of workers that share the backlog."""
        self._jobs = jobs
        self._refs: list[tuple[int, int, FileRef]] = []
        self._blobs: deque[Blob] = deque()
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._refs) + len(self._blobs)

    def __iter__(self) -> Iterator[FileRef]:
        yield from (blob.ref for blob in self._blobs)
        yield from (ref for _, _, ref in self._refs)

    @property
    def is_full(self) -> bool:
        """Tell whether no more is to be taken; of contents, which lie in memory, there is one for each worker."""
        return len(self._refs) >= MOST or len(self._blobs) >= self._jobs

    @property
    def size(self) -> int:
        """The bytes of all files that wait."""
        return sum(ref.size for ref in self)

    def add(self, job: Job) -> None:
        """Let a file wait."""
        if isinstance(job, Blob):
            self._blobs.append(job)
        else:
            heapq.heappush(self._refs, (-job.size, next(self._numbers), job))

    def put_back(self, jobs: Iterable[Job]) -> None:
        """Let files wait again that had been taken."""
        for job in jobs:
            if isinstance(job, Blob):
                self._blobs.appendleft(job)
            else:
                self.add(job)

    def next_batch(self) -> tuple[Job, ...]:
        """Take what is next for one worker: one file, or several small ones; nothing if none waits."""
        if self._blobs:
            return (self._blobs.popleft(),)
        most = min(BATCH_FILES, -(-len(self._refs) // (2 * self._jobs)))
        batch: list[FileRef] = []
        left = BATCH_BYTES
        while self._refs and len(batch) < most and (not batch or -self._refs[0][0] <= left):
            _, _, ref = heapq.heappop(self._refs)
            batch.append(ref)
            left -= ref.size
        return tuple(batch)

    def take_all(self) -> tuple[Job, ...]:
        """Take everything."""
        jobs: tuple[Job, ...] = (*self._blobs, *(ref for _, _, ref in sorted(self._refs)))
        self._blobs.clear()
        self._refs.clear()
        return jobs
