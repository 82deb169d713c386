"""A progress bar with bytes, rate and time left, for work that takes over a second."""

from __future__ import annotations

import time
from typing import IO, Any

_PATIENCE = 1.0  # seconds before the bar is shown


class Bar:
    """Shows how many objects were read. Nothing is imported or printed before the work has taken a second."""

    def __init__(self, stream: IO[str] | None) -> None:
        self._stream = stream
        self._started = time.monotonic()
        self._bar: Any = None

    def __call__(self, done: int, total: int, size: int) -> None:
        """Note that ``done`` of ``total`` objects with ``size`` bytes were read."""
        if self._stream is None:
            return
        if self._bar is None:
            if time.monotonic() - self._started < _PATIENCE:
                return
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit=" objects", unit_scale=True, file=self._stream, leave=False, dynamic_ncols=True)
            self._bar.start_t = time.time() - (time.monotonic() - self._started)
        elapsed = max(time.monotonic() - self._started, 0.001)
        self._bar.set_postfix_str(f"{size / 1e6:,.0f} MB, {size / 1e6 / elapsed:,.0f} MB/s", refresh=False)
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
