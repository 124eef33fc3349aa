"""A phone that is pressed, looked at and called: what the tests of every
machine have in common.
"""

import pathlib
import statistics
import subprocess
import time
import unittest

import lamps
import picture
from station import HERE, Station

from peer.dialog import IncomingCall, OutgoingCall

SIPP = HERE.parent / "sip" / "sipp" / "rejected.xml"
SIPP_S = 20
RINGS_S = 5.0           # SIPp has to start first

HOLD_S = 0.05           # a finger's; what is shorter is no press
DARK_S = 0.5            # longer than any blinking lamp's pause in a call
ALL_DARK = set()
PRESS_P50_MS = 100
BACK_MAX = 4            # presses of reject from any state to idle


class Sipp:
    """SIPp calls once, hears 180, and wants 603 Decline with its Reason."""

    def __init__(self, address, folder):
        self._errors = pathlib.Path(folder) / "sipp.err"
        self._process = subprocess.Popen(
            ["sipp", f"{address[0]}:{address[1]}", "-sf", str(SIPP),
             "-i", "127.0.0.1", "-m", "1", "-nostdin",
             "-timeout", str(SIPP_S), "-timeout_error",
             "-trace_err", "-error_file", str(self._errors)],
            cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._process.stderr.close()

    def finish(self):
        """Wait for its end; gives its exit code and what it said."""
        said = self._process.communicate(timeout=SIPP_S + 5)[1].decode()
        if self._errors.exists():
            said += self._errors.read_text(errors="replace")
        return self._process.returncode, said


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * percent // 100) - 1, 0)]


class PhoneTest(unittest.TestCase):
    """The tests of a class share one machine and are run in their order."""

    machine = None
    board = ""
    device = "null"
    files = {}

    @classmethod
    def setUpClass(cls):
        cls.figures = []
        cls.station = cls.enterClassContext(Station(
            cls.machine, cls.board, cls.device, cls.files))
        cls.front = cls.station.front
        cls.figures.append(("kernel start to phone ready",
                            f"{cls.station.ready_s:.2f} s"))

    @classmethod
    def tearDownClass(cls):
        if cls.station.console.ended:
            return
        counts, wall = cls.station.qemu.bound.times()
        cls.figures += [
            ("program, stripped", f"{cls.station.size / 1024:.0f} KiB"),
            ("memory (RSS)", cls.station.status()["VmRSS"].strip()),
            ("from start to end", f"{counts:.0f} s, and {wall - counts:.0f} "
             "s of waiting for a processor")]
        print()
        for what, value in cls.figures:
            print(f"{cls.machine.name}: {what}: {value}", flush=True)

    def setUp(self):
        self.addCleanup(self.back_to_idle)

    def back_to_idle(self):
        """By the reject key, whatever a test has left."""
        for key in self.front.KEYS:
            self.front.key(key, False)
        for _ in range(BACK_MAX):
            if self.station.show()["state"] == "idle":
                break
            self.press("reject")
        lamps.wait(self.front.lit, ALL_DARK, 2.0)

    def run(self, result=None):
        """What fails is followed by what was on the wire and the console."""
        bad = len(result.errors) + len(result.failures)
        super().run(result)
        if len(result.errors) + len(result.failures) > bad:
            print(f"\n{self.id()}\nOn the wire:\n"
                  f"{self.station.peer.trace()}\nOn the console:\n"
                  f"{self.station.console.tail()}", flush=True)

    def press(self, key):
        self.front.key(key, True)
        time.sleep(HOLD_S)
        self.front.key(key, False)
        time.sleep(HOLD_S)

    def check_picture(self, name):
        picture.check(self.station.qemu, name)

    def call(self, **more):
        """Call the phone and wait until its lamp says so."""
        call = OutgoingCall(self.station.peer, self.station.address,
                            **more).invite()
        call.wait(180)
        lamps.wait(self.front.lit, {self.front.RINGS}, 2.0)
        return call

    def check_declined_sipp(self, meanwhile=None):
        """SIPp calls, the lamp rings, a press is 603 and the lamp dark."""
        with Sipp(self.station.address, self.station.folder) as sipp:
            lamps.wait(self.front.lit, {self.front.RINGS}, RINGS_S)
            lamps.check_blink(self.front.lit, self.front.RINGS, 250, 250,
                              count=4)
            if meanwhile:
                meanwhile()
            self.front.key("reject", True)
            code, said = sipp.finish()
            self.assertEqual(code, 0, said)
            lamps.check_dark(self.front.lit, DARK_S)
            self.front.key("reject", False)

    def check_call_back(self):
        """Who was declined is called from the list, and declines: the lamp
        says so."""
        peer = self.station.peer
        call = self.call(from_value=f"<sip:100@{peer.host}:{peer.port}>")
        self.press("reject")
        self.assertEqual(call.final().status, 603)
        lamps.check_dark(self.front.lit, DARK_S)

        self.press("reject")    # the notice
        self.press("up")        # the list of calls, at its newest
        start = peer.mark()
        self.press("ok")
        back = IncomingCall.wait(peer, 5.0, start)
        self.assertIn("<sip:100@", back.invite.get("To"))
        back.reply(180)
        back.refuse(603)
        lamps.wait(self.front.lit, {"line1"}, 2.0)
        lamps.check_blink(self.front.lit, "line1", 1500, 500)
        self.press("reject")
        lamps.check_dark(self.front.lit, DARK_S)

    def check_presses(self, presses):
        """How soon the far end has its 603."""
        took_ms = []
        for _ in range(presses):
            call = self.call()
            begin = time.monotonic()
            self.front.key("reject", True)
            call.final()
            entry = self.station.peer.wait_for(
                lambda m, c=call: m.status == 603 and c.mine(m))
            took_ms.append((entry.at - begin) * 1000)
            time.sleep(HOLD_S)
            self.front.key("reject", False)
            time.sleep(HOLD_S)
            lamps.wait(self.front.lit, ALL_DARK, 1.0)
        p50, p99 = statistics.median(took_ms), percentile(took_ms, 99)
        self.figures.append((f"button edge to 603, {presses} presses",
                             f"p50 {p50:.0f} ms, p99 {p99:.0f} ms"))
        self.assertLess(p50, PRESS_P50_MS)
