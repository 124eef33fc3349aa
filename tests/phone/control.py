"""The control socket, one line in, one line of JSON out."""

import json
import socket
import time


class ControlError(Exception):
    """The phone answered with "ok": false."""


class Control:
    """One connection. Answers must be UTF-8, or reading them fails."""

    def __init__(self, path, timeout=5.0):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(timeout)
        self._connect(path, time.monotonic() + timeout)
        self._buffer = b""

    def _connect(self, path, deadline):
        while True:
            try:
                return self.socket.connect(path)
            except BlockingIOError:     # too many wait to be accepted
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.005)
            except OSError:
                self.socket.close()
                raise

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, line):
        """Send a command's line without waiting for its answer."""
        if isinstance(line, str):
            line = line.encode()
        self.socket.sendall(line + b"\n")

    def read(self):
        """The next answer; EOFError if the phone closed the connection."""
        while b"\n" not in self._buffer:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError("the control connection was closed")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return json.loads(line.decode("utf-8"))

    def ask(self, *words):
        """A command and its answer, good or bad."""
        self.send(" ".join(map(str, words)))
        return self.read()

    def do(self, *words):
        """A command that must succeed."""
        answer = self.ask(*words)
        if answer.get("ok") is not True:
            raise ControlError(f"{' '.join(map(str, words))}: {answer}")
        return answer

    def read_until(self, predicate, timeout=5.0):
        """Read answers (of `watch`) until one fits."""
        deadline = time.monotonic() + timeout
        while True:
            answer = self.read()
            if predicate(answer):
                return answer
            if time.monotonic() > deadline:
                raise TimeoutError(f"last seen: {answer}")
