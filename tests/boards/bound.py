"""The time that a machine may take, from its start to its end.

What counts is the wall clock less what the emulator stood in the queue for a
processor, as the kernel counts it (/proc/PID/task/TID/schedstat): a machine
that shares its processors with others is not late for that. Whatever the
load, WALL_TIMES as much by the wall clock is the end.
"""

import pathlib
import threading
import time

WALL_TIMES = 3
LOOK_S = 0.25
NS_PER_S = 1e9


class Queue:
    """How long a process has waited for a processor: that of its threads
    that has waited the longest. 0 where the kernel doesn't count."""

    def __init__(self, pid):
        self._tasks = pathlib.Path(f"/proc/{pid}/task")
        self._waited = {}

    def waited_s(self):
        try:
            for task in self._tasks.iterdir():
                said = (task / "schedstat").read_text().split()
                self._waited[task.name] = int(said[1]) / NS_PER_S
        except (OSError, ValueError, IndexError):
            pass    # the process, or a thread of it, is just ending
        return max(self._waited.values(), default=0.0)


class Bound:
    """Calls late(sentence), once, when a process has had its time."""

    def __init__(self, pid, seconds, late):
        self._seconds = seconds
        self._late = late
        self._queue = Queue(pid)
        self._start = time.monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def times(self):
        """Seconds that count, and those by the wall clock."""
        waited = self._queue.waited_s()
        wall = time.monotonic() - self._start
        return wall - waited, wall

    def _watch(self):
        while not self._done.wait(LOOK_S):
            counts, wall = self.times()
            if counts > self._seconds or wall > WALL_TIMES * self._seconds:
                self._late(
                    f"it is not done after {self._seconds:g} s "
                    f"({counts:.1f} s, and {wall - counts:.1f} s of waiting "
                    "for a processor)")
                return

    def close(self):
        self._done.set()
        self._thread.join()
