"""Starts a phone in a folder of its own, drives it, and ends it in order."""

import contextlib
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time

from .control import Control

ROOT = pathlib.Path(__file__).resolve().parents[2]
READY = "ringfence: ready"
START_S = 15
END_S = 15
DYING_S = 2         # from a lost connection to the end of the process
POLL_S = 0.01
TAP_MS = 30
SAID_MAX = 60       # lines in a failure's text
SETTLE_MS = 20      # a level counts when it stood for 10 ms
SANITIZER = re.compile(r"ERROR: \w*Sanitizer|runtime error:|"
                       r"SUMMARY: \w*Sanitizer")


def program():
    """The phone's binary: RINGFENCE, else that of the host preset."""
    return pathlib.Path(os.environ.get("RINGFENCE")
                        or ROOT / "build" / "host" / "ringfence")


def sanitized():
    """Whether the binary is built with AddressSanitizer: its memory then
    says nothing about the phone's."""
    return b"__asan_init" in program().read_bytes()


def configuration(folder, more="", account="sip:204@127.0.0.1",
                  register="no", account_more="", phone_more="",
                  sip_more="", ring_timeout_s=60, listen="127.0.0.1:0",
                  audio="device = null\n"):
    """A configuration's text; `more` is put behind it as it is."""
    return (f"[phone]\n"
            f"display_name = Front desk\n"
            f"ring_timeout_s = {ring_timeout_s}\n"
            f"{phone_more}"
            f"[sip]\n"
            f"listen = {listen}\n"
            f"{sip_more}"
            f"[account office]\n"
            f"uri = {account}\n"
            f"register = {register}\n"
            f"{account_more}"
            f"[audio]\n"
            f"{audio}"
            f"[control]\n"
            f"socket = {folder}/ctl\n"
            f"{more}")


class PhoneDied(AssertionError):
    """The process ended by itself, or not in order."""


class Phone:
    """A running phone.

    `files` are written beside the configuration; "{folder}" in the
    configuration's parts is replaced by that folder. Leaving the block ends
    the phone and fails if its exit code is not 0, if it does not end in
    time, or if a sanitizer said something.
    """

    def __init__(self, more="", files=None, **settings):
        self._folder = tempfile.TemporaryDirectory(prefix="ringfence-")
        self.folder = pathlib.Path(self._folder.name)
        for name, content in (files or {}).items():
            (self.folder / name).write_text(content)
        text = configuration("{folder}", more, **settings)
        self.file = self.folder / "phone.conf"
        self.file.write_text(text.replace("{folder}", str(self.folder)))
        self.socket = str(self.folder / "ctl")
        self.said = []      # what it said on standard error
        self.exit_code = None
        self._control = None
        self._ready = threading.Event()

    def __enter__(self):
        environment = dict(os.environ)
        environment.setdefault("ASAN_OPTIONS", "abort_on_error=0")
        environment.setdefault("UBSAN_OPTIONS", "print_stacktrace=1")
        self.process = subprocess.Popen(
            [str(program()), "-c", str(self.file)], cwd=self.folder,
            env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            encoding="utf-8", errors="replace")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._ready.wait(START_S)
        if not any(line.startswith(READY) for line in self.said):
            self._kill()
            raise PhoneDied("the phone did not start:\n" + self.stderr)
        addresses = dict(a.split(":", 1) for a in self.show()["sip"])
        self.addresses = {name: (where.rsplit(":", 1)[0],
                                 int(where.rsplit(":", 1)[1]))
                          for name, where in addresses.items()}
        return self

    def _read(self):
        for line in self.process.stderr:
            self.said.append(line)
            if line.startswith(READY):
                self._ready.set()
        self._ready.set()       # it ended

    def __exit__(self, kind, error, trace):
        try:
            self.end()
        except PhoneDied as died:
            if error is None:
                raise
            raise died from error
        finally:
            self._folder.cleanup()

    def end(self, how="quit"):
        """End it by `quit` or by a signal, and look at how it went."""
        if self.exit_code is not None:
            return
        died = self.process.poll() is not None
        if not died and how == "quit":
            try:
                self.control.do("quit")
            except (EOFError, OSError):
                pass        # it may close before it has answered
        elif not died:
            self.process.send_signal(how)
        try:
            self.process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._kill()
            raise PhoneDied(f"the phone did not end within {END_S} s:\n"
                            + self.stderr) from None
        finally:
            self.exit_code = self.process.poll()
            self._close()
        if died or self.exit_code != 0 or SANITIZER.search(self.stderr):
            raise PhoneDied(f"the phone ended with {self.exit_code}"
                            f"{' by itself' if died else ''}:\n"
                            + self.stderr)

    def _kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.exit_code = self.process.returncode
        self._close()

    def _hang_up(self):
        if self._control:
            self._control.close()
            self._control = None

    def _close(self):
        self._hang_up()
        self._reader.join(timeout=2)
        self.process.stderr.close()

    @property
    def stderr(self):
        """What it said last, or a sanitizer's report from its start."""
        for n, line in enumerate(self.said):
            if SANITIZER.search(line):
                return "".join(self.said[n:n + SAID_MAX])
        return "".join(self.said[-SAID_MAX:])

    @property
    def address(self):
        """(host, port) for UDP."""
        return self.addresses["udp"]

    @property
    def tcp(self):
        return self.addresses["tcp"]

    @property
    def alive(self):
        return self.process.poll() is None

    @property
    def rss_kib(self):
        """Memory in use, as the kernel counts it."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status")
        return int(re.search(r"VmRSS:\s*(\d+)",
                             status.read_text()).group(1))

    # Commands

    @property
    def control(self):
        """The connection that the methods below use."""
        if self._control is None:
            self._control = Control(self.socket)
        return self._control

    def do(self, *words):
        try:
            return self.control.do(*words)
        except (EOFError, OSError) as error:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(DYING_S)
            self._hang_up()
            raise PhoneDied(f"no answer to {words}: {error!r}\n"
                            + self.stderr) from error

    def show(self):
        return self.do("show")

    @property
    def state(self):
        return self.show()["state"]

    def calls(self):
        """The history, the newest first."""
        return self.do("history")["calls"]

    def dial(self, uri):
        return self.do("dial", uri)

    def tap(self, *keys, ms=TAP_MS):
        """Press and release keys, one after the other."""
        for key in keys:
            self.do("tap", key, ms)
            time.sleep((ms + SETTLE_MS) / 1000)

    def clock(self, when):
        """Set the wall clock: RFC 3339, "unset" or "real"."""
        return self.do("clock", when)

    # Waiting

    def wait(self, predicate, timeout=3.0, what="it"):
        """Wait until predicate(show) holds; gives that show."""
        deadline = time.monotonic() + timeout
        while True:
            show = self.show()
            if predicate(show):
                return show
            if time.monotonic() > deadline:
                raise TimeoutError(f"{what} did not come to be within "
                                   f"{timeout} s; last seen:\n  {show}\n"
                                   + self.stderr)
            time.sleep(POLL_S)

    def wait_state(self, *states, timeout=3.0):
        """Wait for one of these states; gives the show."""
        return self.wait(lambda s: s["state"] in states, timeout,
                         f"state {' or '.join(states)}")

    def wait_calls(self, n, timeout=3.0):
        """Wait until the history has n calls; gives them."""
        deadline = time.monotonic() + timeout
        while True:
            calls = self.calls()
            if len(calls) >= n:
                return calls
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(calls)} of {n} calls in the "
                                   f"history: {calls}")
            time.sleep(POLL_S)

    def hangup(self):
        """Back to idle by the reject key, whatever is shown."""
        for _ in range(4):
            if self.state == "idle":
                return
            self.tap("reject")
        self.wait_state("idle")
