"""The stage: the phone, the far end, and all that was seen of both."""

import ctypes
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from paint import Bitmap
from story import Story

HERE = os.path.dirname(os.path.abspath(__file__))
OFFICE = "2026-11-20T10:00:00+01:00"    # a Friday
EVENING = "2026-11-20T18:30:00+01:00"
EARLY = "2026-11-20T08:30:00+01:00"

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

START_S = 10.0
ANSWER_S = 5.0
END_S = 3.0
REAP_S = 0.3
RETRY_S = 0.02
SOCKET_PATH_MAX = 100
PR_SET_PDEATHSIG = 1

CONFIG = """\
[phone]
display_name = Front desk

[sip]
listen = 127.0.0.1:0

[account office]
uri = sip:204@127.0.0.1:{port}
register = no

[hours]
timezone = Europe/Berlin
open = Mo-Fr 09:00-18:00
outside = reject

[rule spam]
number = +4990*
action = reject

[audio]
device = null

[control]
socket = {socket}
"""


class StageError(Exception):
    """The phone or the far end is not what it should be."""


class Refused(StageError):
    """The phone is well, and says no to a command."""


def end_with_parent():
    """In the child: no phone survives a demo that was killed."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        pass        # not Linux: ended in order all the same


class Lines:
    """Whole lines off a descriptor that does not block."""

    def __init__(self, fd):
        self.fd = fd
        self.buffer = b""
        os.set_blocking(fd, False)

    def read(self):
        """The lines that are there; None at the end."""
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return []
        except ConnectionError:
            return None
        if not data:
            return None
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        return lines


class Stage:
    """`show` is the newest that the phone said, `story` what the wire says."""

    def __init__(self, binary):
        self.binary = binary
        self.show = None
        self.changes = 0        # of show, and of the wire
        self.story = Story()
        self.troubles = []      # what the far end could not do
        self.folder = tempfile.mkdtemp(prefix="ringfence-")
        if len(self.folder) > SOCKET_PATH_MAX - len("/ctl"):
            shutil.rmtree(self.folder)
            self.folder = tempfile.mkdtemp(prefix="ringfence-", dir="/tmp")
        self.socket_path = os.path.join(self.folder, "ctl")
        self.log_path = os.path.join(self.folder, "phone.log")
        self.selector = selectors.DefaultSelector()
        self.farend = self.phone = self.watch = None
        self.farend_port = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *exc):
        self.close()

    # From the beginning to the end

    def start(self):
        self.farend = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "farend.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True, preexec_fn=end_with_parent)
        self.selector.register(self.farend.stdout, selectors.EVENT_READ,
                               (Lines(self.farend.stdout.fileno()),
                                self.take_report, "the far end"))
        self.wait(lambda: self.farend_port, START_S, "the far end is ready")
        self.start_phone()
        self.set_clock(OFFICE)

    def start_phone(self):
        path = os.path.join(self.folder, "phone.ini")
        with open(path, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(port=self.farend_port,
                                     socket=self.socket_path))
        with open(self.log_path, "wb") as log:
            try:
                self.phone = subprocess.Popen(
                    [self.binary, "-c", path], stdin=subprocess.DEVNULL,
                    stdout=log, stderr=log, start_new_session=True,
                    preexec_fn=end_with_parent)
            except OSError as error:
                raise StageError(f"the phone {self.binary} can't be started:"
                                 f" {error.strerror}") from error
        deadline = time.monotonic() + START_S
        while self.watch is None:
            if self.phone.poll() is not None \
                    or time.monotonic() > deadline:
                raise StageError("the phone did not start:\n"
                                 + self.phone_log())
            try:
                self.watch = self.connect()
            except OSError:
                time.sleep(RETRY_S)
        self.watch.sendall(b"watch\n")
        self.selector.register(self.watch, selectors.EVENT_READ,
                               (Lines(self.watch.fileno()), self.take_show,
                                "the phone"))
        self.wait(lambda: self.show, START_S, "the phone shows something")
        self.order("phone " + self.address())

    def close(self):
        """End both, by order first; no signal cuts this short."""
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)
        if self.phone and self.phone.poll() is None:
            try:
                self.ask("quit")
            except (StageError, OSError):
                self.phone.terminate()
        if self.farend:
            self.farend.stdin.close()
        for process in (self.phone, self.farend):
            if process:
                try:
                    process.wait(END_S)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        if self.watch:
            self.watch.close()
        if self.farend:
            self.farend.stdout.close()
        self.selector.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def phone_log(self, last=12):
        """Its last words, and how it ended if it did."""
        lines = []
        try:
            with open(self.log_path, encoding="utf-8",
                      errors="replace") as log:
                lines = log.read().splitlines()[-last:]
            code = self.phone.wait(REAP_S)
        except (OSError, AttributeError, subprocess.TimeoutExpired):
            code = None         # it lives, or was never started
        head = f"  exit status {code}\n" if code is not None else ""
        return head + "\n".join("  " + line for line in lines)

    # The control socket

    def connect(self):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(ANSWER_S)
        try:
            sock.connect(self.socket_path)
        except OSError:
            sock.close()
            raise
        return sock

    def ask(self, command):
        """One command; its answer, or StageError with the phone's words."""
        try:
            with self.connect() as sock, sock.makefile("rb") as answers:
                sock.sendall(command.encode() + b"\n")
                answer = json.loads(answers.readline() or b"{}")
        except (OSError, ValueError) as error:
            raise StageError(f"no answer to \"{command}\": {error}\n"
                             + self.phone_log()) from error
        if not answer.get("ok"):
            raise Refused(f"\"{command}\": "
                          + answer.get("error", "the phone hung up"))
        return answer

    def tap(self, key, ms=None):
        self.ask(f"tap {key}" if ms is None else f"tap {key} {ms}")

    def set_clock(self, when):
        """Of the phone and the far end; the far end never loses its own."""
        self.ask(f"clock {when}")
        if when not in ("unset", "real"):
            self.order(f"clock {when}")
        self.story.set_clock(when)

    def screen(self):
        path = os.path.join(self.folder, "screen.pbm")
        self.ask(f"screenshot {path}")
        with open(path, "rb") as file:
            return Bitmap(file.read())

    def address(self):
        for sip in self.show["sip"]:
            transport, _, address = sip.partition(":")
            if transport == "udp":
                return address
        raise StageError("the phone listens on no UDP port")

    # The far end

    def order(self, line):
        try:
            self.farend.stdin.write(line.encode() + b"\n")
            self.farend.stdin.flush()
        except OSError as error:
            raise StageError("the far end is gone") from error

    # What is seen

    def take_report(self, line):
        report = json.loads(line)
        if report["event"] == "ready":
            self.farend_port = report["port"]
        elif report["event"] == "error":
            self.troubles.append("the far end: " + report["text"])
        else:
            self.story.take(report)
        self.changes += 1

    def take_show(self, line):
        show = json.loads(line)
        if not show.get("ok"):
            raise StageError("watch: " + show.get("error", "no more"))
        self.show = show
        self.changes += 1

    def pump(self, timeout):
        """Take what comes within the time; stops at the first batch."""
        for key, _ in self.selector.select(timeout):
            if key.data is None:
                continue        # the terminal's
            lines, take, who = key.data
            found = lines.read()
            if found is None:
                raise StageError(f"{who} ended:\n" + self.phone_log())
            for line in found:
                take(line)
        if self.story.wants_history():
            self.story.take_history(self.ask("history")["calls"])

    def wait(self, predicate, timeout=ANSWER_S, what=None):
        """Until the predicate holds; False (or StageError) if it does not."""
        deadline = time.monotonic() + timeout
        while not predicate():
            left = deadline - time.monotonic()
            if left <= 0:
                if what:
                    raise StageError(f"not within {timeout:g} s: {what}\n"
                                     + self.phone_log())
                return False
            self.pump(min(left, RETRY_S))
        return True

    def settle(self, quiet=0.12, timeout=2.0):
        """Until nothing has changed for a while."""
        deadline = time.monotonic() + timeout
        since, changes = time.monotonic(), self.changes
        while time.monotonic() < deadline:
            self.pump(RETRY_S)
            if self.changes != changes or self.story.wants_history():
                since, changes = time.monotonic(), self.changes
            elif time.monotonic() - since >= quiet:
                return
