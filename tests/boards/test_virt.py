"""The desk phone in QEMU's board virt: called, declined, answered, dialling.

Keys are pressed from outside the machine, lamps are read from their pins,
the screen is a picture of the panel, SIP and RTP are on the host's sockets.
The tests share one machine and are run in their order.
"""

import array
import dataclasses
import pathlib
import statistics
import subprocess
import time
import unittest

import lamps
import picture
import sound
from qemu import MachineError
from station import HERE, RtpFromGuest, Station
from virt import BOARD, Front, KEYPAD, VIRT

from peer.dialog import IncomingCall, OutgoingCall
from peer.rtp import RATE, decode

SIPP = HERE.parent / "sip" / "sipp" / "rejected.xml"
SIPP_S = 20
PCMU = 0

SPEECH_HZ = 700         # what the machine's microphone hears
HEARD_HZ = 1000         # what the far end says
TALK_S = 2
TALK_MAX_S = 6          # until both have heard so much
TALK_LOOK_S = 0.2

# The third input device, behind the front's keys and the keyboard
KEYPAD_DEVICE = "/dev/input/event2"
# The kernel drops what a USB keyboard says in the first 50 ms after opening
USB_FRESH_S = 0.2

HOLD_S = 0.05           # a finger's; what is shorter is no press
PRESSES = 50
IDLE_S = 20
WAKE_UPS_MAX = 5        # a second, idle
DARK_S = 0.5            # longer than any blinking lamp's pause in a call

RESULTS = [(480, "amber", 1000, 1000), (486, "amber", 250, 250),
           (603, "red", 1500, 500)]

ALL_DARK = set()
BACK_MAX = 4            # presses of reject from any state to idle


def said(rtp):
    """What the phone has said so far, as samples."""
    samples = array.array("h")
    for packet in list(rtp.packets):
        samples += decode(packet.payload_type, packet.payload)
    return samples


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * percent // 100) - 1, 0)]


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


class Virt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.figures = []
        cls.began = time.monotonic()
        cls.station = cls.enterClassContext(Station(
            VIRT, BOARD, device="default", files={
                "/etc/asound.conf": (HERE / "guest" /
                                     "asound.conf").read_bytes(),
                "/etc/speech.raw": sound.sine(RATE, 30, SPEECH_HZ)}))
        cls.front = Front(cls.station)
        cls.figures.append(("kernel start to phone ready",
                            f"{cls.station.ready_s:.2f} s"))

    @classmethod
    def tearDownClass(cls):
        cls.figures.append(("the whole run",
                            f"{time.monotonic() - cls.began:.0f} s"))
        print()
        for what, value in cls.figures:
            print(f"{VIRT.name}: {what}: {value}", flush=True)

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
        lamps.wait(self.front.lit, {("ring", "white")}, 2.0)
        return call

    def test_1_a_call_rings_and_is_declined_by_the_line(self):
        with Sipp(self.station.address, self.station.folder) as sipp:
            lamps.wait(self.front.lit, {("ring", "white")}, 5.0)
            lamps.check_blink(self.front.lit, ("ring", "white"), 250, 250,
                              count=4)
            self.check_picture("incoming")
            self.front.key("reject", True)
            code, said = sipp.finish()
            self.assertEqual(code, 0, said)
            lamps.check_dark(self.front.lit, DARK_S)
            self.front.key("reject", False)

    def test_2_it_is_answered_by_the_line_and_both_hear_each_other(self):
        with RtpFromGuest() as rtp:
            call = self.call(rtp_port=rtp.port, codecs=(PCMU,))
            self.press("answer")
            self.assertEqual(call.final().status, 200)
            lamps.wait(self.front.lit, {("line1", "green")}, 2.0)
            rtp.start(PCMU, rtp.wait_source(), HEARD_HZ)

            self.until_heard(SPEECH_HZ, lambda: (said(rtp), RATE))
            self.until_heard(HEARD_HZ, lambda: sound.wav(
                self.station.folder / "heard.wav"))
            self.assertEqual(call.bye().status, 200)
        lamps.check_dark(self.front.lit, DARK_S)

    def until_heard(self, hz, samples_and_rate):
        """The tone is heard for TALK_S, within some more."""
        deadline = time.monotonic() + TALK_MAX_S
        while True:
            seconds = sound.heard_s(*samples_and_rate(), hz)
            if seconds >= TALK_S:
                return
            self.assertLess(
                time.monotonic(), deadline,
                f"{hz} Hz were heard for {seconds:.2f} s of {TALK_S}")
            time.sleep(TALK_LOOK_S)

    def test_3_it_dials_by_its_keypad_and_shows_what_came_of_it(self):
        for code, colour, on_ms, off_ms in RESULTS:
            with self.subTest(code):
                call = self.dialled("100")
                call.reply(180)
                call.refuse(code)
                lamp = ("line1", colour)
                lamps.wait(self.front.lit, {lamp}, 2.0)
                lamps.check_blink(self.front.lit, lamp, on_ms, off_ms)
                self.check_picture(f"result-{code}")
                self.press("reject")
                lamps.check_dark(self.front.lit, DARK_S)

    def dialled(self, number):
        """Dial by the keypad; gives the call that comes of it."""
        start = self.station.peer.mark()
        self.station.qemu.key(*(KEYPAD[digit] for digit in number),
                              KEYPAD["send"])
        call = IncomingCall.wait(self.station.peer, 5.0, start)
        self.assertIn(f"<sip:{number}@", call.invite.get("To"))
        return call

    def test_4_a_usb_keypad_comes_goes_and_comes_back(self):
        qmp, run = self.station.qmp, self.station.console.run
        opened = ("ls -l /proc/$(cat /run/phone.pid)/fd | "
                  f"grep -q {KEYPAD_DEVICE}")
        for number in ("101", "102"):
            qmp.do("device_add", driver="usb-kbd", id="keypad")
            run(f"until {opened}; do usleep 20000; done")
            time.sleep(USB_FRESH_S)
            self.dialled(number).refuse(486)
            self.press("reject")
            qmp.do("device_del", id="keypad")
            run(f"while {opened}; do usleep 20000; done")
        self.dialled("103").refuse(486)     # the other keypad is still here

    def test_5_a_press_is_603_on_the_wire_at_once(self):
        took_ms = []
        for _ in range(PRESSES):
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
        self.figures.append((f"button edge to 603, {PRESSES} presses",
                             f"p50 {p50:.0f} ms, p99 {p99:.0f} ms"))
        self.assertLess(p50, 100)

    def test_6_it_sleeps_while_nothing_happens(self):
        self.station.wait_state("idle", timeout=15)
        before = self.station.status()
        begin = time.monotonic()
        time.sleep(IDLE_S)
        after = self.station.status()
        seconds = time.monotonic() - begin
        rate = (after["switches"] - before["switches"]) / seconds
        self.figures += [
            ("wake-ups a second, idle", f"{rate:.1f}"),
            ("memory (RSS)", after["VmRSS"].strip()),
            ("program, stripped", f"{self.station.size / 1024:.0f} KiB")]
        self.assertLessEqual(rate, WAKE_UPS_MAX)


class NotComingUp(unittest.TestCase):
    """A machine that fails does so in time, and says what it said last."""

    def test_a_machine_that_ends_is_told_with_its_console(self):
        broken = dataclasses.replace(VIRT, setup="echo broken; poweroff -f")
        with self.assertRaisesRegex(MachineError,
                                    r"(?s)the machine ended.*broken"):
            with Station(broken):
                self.fail("it came up")

    def test_a_machine_that_hangs_is_ended_with_its_console(self):
        hangs = dataclasses.replace(VIRT, setup="echo stuck; sleep 1000",
                                    boot_s=8)
        with self.assertRaisesRegex(MachineError,
                                    r"(?s)not enough.*stuck"):
            with Station(hangs):
                self.fail("it came up")


if __name__ == "__main__":
    unittest.main()
