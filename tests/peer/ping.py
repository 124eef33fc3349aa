"""OPTIONS in a steady beat: how long does the phone not answer?"""

import threading
import time

from .dialog import options
from .endpoint import Endpoint

BEAT_S = 0.005


class Pinger:
    """Pings while the block runs; `worst` is the longest answer, seconds.

    An OPTIONS that was not answered within `timeout` counts as that long.
    """

    def __init__(self, phone, timeout=3.0):
        self.phone = phone
        self.timeout = timeout
        self.times = []
        self._stop = threading.Event()

    def __enter__(self):
        self.endpoint = Endpoint(user="ping")
        options(self.endpoint, self.phone, timeout=self.timeout)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *exc):
        self._stop.set()
        self._thread.join(timeout=2 * self.timeout)
        self.endpoint.close()

    def _run(self):
        while not self._stop.is_set():
            try:
                self.times.append(options(self.endpoint, self.phone,
                                          timeout=self.timeout)[1])
            except TimeoutError:
                self.times.append(self.timeout)
                return
            time.sleep(BEAT_S)

    @property
    def worst(self):
        return max(self.times, default=0.0)
