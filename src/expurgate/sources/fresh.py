"""Which bytes of a version stand in the version before it: a quick, coarse comparison that never claims too much.

Common runs are found by comparing slices (memory speed): first from both ends, then, in what remains, from anchors: short
pieces of the new version that occur in the old one. The answer need not be minimal: what is not recognised is searched again.
"""

from __future__ import annotations

from expurgate.model import Copy

_SMALL = 1 << 15  # a rest shorter than this is searched sooner than compared (measured: a comparison costs what 20 kB of search do)
_ANCHOR = 48  # bytes of an anchor
_DRIFT = 1024  # bytes that an anchor may stand off the place where the versions' sizes let one expect it
_DEPTH = 6  # anchors are set at most this many times one inside the other
_STEP = 1024  # first slice of a galloping comparison
_GRAIN = 512  # slices are not halved below this

Data = bytes | bytearray


def copies(new: Data, new_start: int, new_end: int, old: Data, old_start: int, old_end: int) -> tuple[Copy, ...]:
    """The ranges that ``new[new_start:new_end]`` shares with ``old[old_start:old_end]``, as Item.copies wants them.

    Empty if nothing worthwhile is shared.
    """
    shared: list[Copy] = []
    with memoryview(old) as view:
        _compare(new, new_start, new_end, old, view, old_start, old_end, _DEPTH, shared)
    if not shared:
        return ()
    size = new_end - new_start
    return (*_joined(shared, new_start, old_start), Copy(size, size, old_end - old_start))


def _joined(shared: list[Copy], new_start: int, old_start: int) -> list[Copy]:
    """Relative to their items, with runs that continue each other made one."""
    joined: list[Copy] = []
    for copy in shared:
        start, end, source = copy.start - new_start, copy.end - new_start, copy.source - old_start
        if joined and joined[-1].end == start and joined[-1].source + start - joined[-1].start == source:
            start, _, source = joined.pop()
        joined.append(Copy(start, end, source))
    return joined


def _compare(new: Data, n0: int, n1: int, old: Data, view: memoryview, o0: int, o1: int, depth: int, shared: list[Copy]) -> None:
    longest = min(n1 - n0, o1 - o0)
    head = _common_head(new, n0, view, o0, longest)
    if head:
        shared.append(Copy(n0, n0 + head, o0))
    n0, o0 = n0 + head, o0 + head
    tail = _common_tail(new, n1, view, o1, longest - head) if longest > head else 0
    n1, o1 = n1 - tail, o1 - tail
    if depth and n1 - n0 >= _SMALL and o1 - o0 >= _ANCHOR:
        grown = o1 - o0 - (n1 - n0)
        for quarter in (2, 1, 3):
            at = n0 + (n1 - n0) * quarter // 4
            same = o0 + at - n0  # where it stood if nothing before it changed its size
            low, high = same + min(grown, 0) - _DRIFT, same + max(grown, 0) + _DRIFT + _ANCHOR
            source = old.find(new[at : at + _ANCHOR], max(low, o0), min(high, o1))
            if source >= 0:
                _compare(new, n0, at, old, view, o0, source, depth - 1, shared)
                _compare(new, at, n1, old, view, source, o1, depth - 1, shared)
                break
    if tail:
        shared.append(Copy(n1, n1 + tail, o1))


def _common_head(new: Data, n: int, old: memoryview, o: int, longest: int) -> int:
    """How many bytes from ``new[n:]`` and ``old[o:]`` on are equal, rounded down by less than _GRAIN.

    ``startswith`` compares with a view in place, where slices would be copied first.
    """
    same, step = 0, _STEP
    while True:
        if same >= longest:
            return longest
        high = min(longest, same + step)
        if not new.startswith(old[o + same : o + high], n + same):
            break
        same, step = high, step * 4
    while high - same > _GRAIN:
        middle = (same + high) >> 1
        if new.startswith(old[o + same : o + middle], n + same):
            same = middle
        else:
            high = middle
    return same


def _common_tail(new: Data, n: int, old: memoryview, o: int, longest: int) -> int:
    """How many bytes before ``new[:n]`` and ``old[:o]`` are equal, rounded down by less than _GRAIN."""
    same, step = 0, _STEP
    while True:
        if same >= longest:
            return longest
        high = min(longest, same + step)
        if not new.startswith(old[o - high : o - same], n - high):
            break
        same, step = high, step * 4
    while high - same > _GRAIN:
        middle = (same + high) >> 1
        if new.startswith(old[o - middle : o - same], n - middle):
            same = middle
        else:
            high = middle
    return same
