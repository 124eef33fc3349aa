"""A terminal in raw mode: keys by name, and as it was when the demo ends."""

import fcntl
import os
import signal
import struct
import sys
import termios
import tty

ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J"
LEAVE = "\x1b[0m\x1b[?25h\x1b[?1049l"
DISABLED = b"\0"

SEQUENCES = {
    "\x1bOP": "f1", "\x1bOQ": "f2", "\x1bOR": "f3", "\x1bOS": "f4",
    "\x1b[11~": "f1", "\x1b[12~": "f2", "\x1b[13~": "f3", "\x1b[14~": "f4",
    "\x1b[[A": "f1", "\x1b[[B": "f2", "\x1b[[C": "f3", "\x1b[[D": "f4",
    "\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left",
    "\x1bOA": "up", "\x1bOB": "down", "\x1bOC": "right", "\x1bOD": "left",
    "\x1b": "escape", "\r": "enter", "\n": "enter",
    "\x7f": "backspace", "\x08": "backspace",
}


def split_keys(text):
    """What was typed, as names; an unknown sequence is left out whole."""
    at = 0
    while at < len(text):
        for size in (5, 4, 3):
            if text[at:at + size] in SEQUENCES:
                break
        else:
            size = 1
            if text[at] == "\x1b" and text[at + 1:at + 2] in ("[", "O"):
                size = 2
                while at + size < len(text) and not (
                        text[at + size].isalpha() or text[at + size] == "~"):
                    size += 1
                at += size + 1
                continue
        key = text[at:at + size]
        yield SEQUENCES.get(key, key)
        at += size


class Terminal:
    """Use as `with Terminal() as terminal`; whatever happens, it is restored.

    `wake` becomes readable when the size has changed.
    """

    def __init__(self):
        self.fd = sys.stdin.fileno()
        self.wake, self._wake_in = os.pipe()
        for end in (self.wake, self._wake_in):
            os.set_blocking(end, False)
        self._drawn = []
        self._stale = True      # draw it all
        self._handlers = {}

    def __enter__(self):
        self._saved = termios.tcgetattr(self.fd)
        handlers = {signal.SIGWINCH: self._resized,
                    signal.SIGCONT: self._continued}
        for number, handler in handlers.items():
            self._handlers[number] = signal.signal(number, handler)
        self._raw()
        return self

    def __exit__(self, *exc):
        self._restore()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def _raw(self):
        tty.setcbreak(self.fd)
        mode = termios.tcgetattr(self.fd)
        for key in (termios.VSUSP, termios.VQUIT, termios.VSTOP,
                    termios.VSTART):
            mode[6][key] = DISABLED
        termios.tcsetattr(self.fd, termios.TCSADRAIN, mode)
        self._stale = True
        self.write(ENTER)

    def _restore(self):
        try:
            self.write(LEAVE)
            termios.tcsetattr(self.fd, termios.TCSADRAIN, self._saved)
        except (OSError, termios.error):
            pass        # the terminal itself is gone

    def _resized(self, *_):
        self._stale = True
        try:
            os.write(self._wake_in, b"r")
        except BlockingIOError:
            pass        # it is awake already

    def _continued(self, *_):
        self._raw()
        self._resized()

    def size(self):
        """(columns, rows)"""
        rows, columns, _, _ = struct.unpack("HHHH", fcntl.ioctl(
            sys.stdout.fileno(), termios.TIOCGWINSZ, bytes(8)))
        return columns or 80, rows or 24

    def write(self, text):
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(sys.stdout.fileno(), data):]

    def draw(self, rows):
        """Rows of text; only those that changed are written."""
        out = ""
        if self._stale:     # before the rest: it may be set meanwhile
            self._stale, self._drawn, out = False, [], "\x1b[2J"
        for at, row in enumerate(rows):
            if at >= len(self._drawn) or self._drawn[at] != row:
                out += f"\x1b[{at + 1};1H{row}"
        self._drawn = list(rows)
        if out:
            self.write(out)

    def keys(self):
        """The keys that were typed; None if the terminal is gone."""
        data = os.read(self.fd, 1024)
        if not data:
            return None
        return list(split_keys(data.decode("utf-8", "replace")))

    def drain(self):
        try:
            os.read(self.wake, 64)
        except BlockingIOError:
            pass
