#!/usr/bin/env python3
"""The demo in a terminal of its own: what it draws, and how it leaves.

Usage: terminal_test.py [PHONE]; else $RINGFENCE.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unittest

from paint import text_width

HERE = os.path.dirname(os.path.abspath(__file__))
PHONE = os.environ.get("RINGFENCE", "")
WAIT_S = 10.0
LEAVE = b"\x1b[?25h\x1b[?1049l"


class Screen:
    """Just enough of a terminal: rows of text, placed by the cursor."""

    def __init__(self):
        self.raw = b""

    @property
    def rows(self):
        """From all that came: a row may come in two pieces."""
        text = self.raw.decode("utf-8", "replace")
        return {int(row): re.sub(r"\x1b\[[\d;]*m", "", content)
                for row, content in re.findall(
                    r"\x1b\[(\d+);1H((?:[^\x1b]|\x1b\[[\d;]*m)*)", text)}

    def text(self):
        return "\n".join(row for _, row in sorted(self.rows.items()))


class Demo:
    """The demo as a child on a pseudo terminal."""

    def __init__(self, columns=80, rows=24):
        self.master, self.slave = pty.openpty()
        self.resize(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        self.screen = Screen()
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "demo.py"),
             "--phone", PHONE], stdin=self.slave, stdout=self.slave,
            stderr=self.slave, start_new_session=True,
            env={**os.environ, "TERM": "xterm"})

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)

    def resize(self, columns, rows):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ,
                    struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys):
        os.write(self.master, keys.encode())

    def read(self, timeout):
        if select.select([self.master], [], [], timeout)[0]:
            self.screen.raw += os.read(self.master, 65536)

    def see(self, text):
        """Wait until the text stands on the screen."""
        deadline = time.monotonic() + WAIT_S
        while text not in self.screen.text():
            if time.monotonic() > deadline:
                raise AssertionError(f"no \"{text}\" on the screen:\n"
                                     + self.screen.text())
            self.read(0.1)

    def end(self):
        """Wait for its end; gives the exit status."""
        deadline = time.monotonic() + WAIT_S
        while self.process.poll() is None and time.monotonic() < deadline:
            self.read(0.05)
        self.read(0.1)
        return self.process.wait(1)

    def restored(self):
        return LEAVE in self.screen.raw \
            and termios.tcgetattr(self.slave) == self.before


class Terminal(unittest.TestCase):
    def test_a_newcomer_is_told_what_to_press(self):
        with Demo() as demo:
            demo.see("Press c, and Zoë calls you")
            demo.type("c")
            demo.see("ring white fast")
            demo.see("-> 180 Ringing")
            demo.type("r")
            demo.see("-> 603 Decline")
            demo.see("You declined")
            demo.type("q")
            self.assertEqual(demo.end(), 0)
            self.assertTrue(demo.restored())

    def test_no_row_is_wider_or_lower_than_the_terminal(self):
        for columns, rows in ((80, 24), (100, 30), (132, 50), (200, 60)):
            with self.subTest(columns=columns), Demo(columns, rows) as demo:
                demo.see("its lines will stand here")
                demo.type("q")
                self.assertEqual(demo.end(), 0)
                drawn = demo.screen.rows
                self.assertEqual({text_width(row) for row in drawn.values()},
                                 {columns})
                self.assertEqual(max(drawn), rows)

    def test_too_small_a_terminal_is_told_and_may_grow(self):
        with Demo(60, 20) as demo:
            demo.see("the demo needs 80x24")
            demo.resize(80, 24)
            os.kill(demo.process.pid, signal.SIGWINCH)
            demo.see("Press c, and Zoë calls you")
            demo.type("q")
            self.assertEqual(demo.end(), 0)

    def test_every_signal_that_ends_it_restores_the_terminal(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number), Demo() as demo:
                demo.see("Press c")
                demo.process.send_signal(number)
                self.assertEqual(demo.end(), 128 + number)
                self.assertTrue(demo.restored())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        PHONE = sys.argv.pop(1)
    unittest.main()
