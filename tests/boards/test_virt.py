"""The desk phone in QEMU's board virt: called, declined, answered, dialling.

Keys are pressed from outside the machine, lamps are read from their pins,
the screen is a picture of the panel, SIP and RTP are on the host's sockets.
The tests share one machine and are run in their order.
"""

import array
import dataclasses
import time
import unittest

import lamps
import sound
from phone import DARK_S, PhoneTest
from qemu import MachineError
from station import HERE, RtpFromGuest, Station
from virt import BOARD, KEYPAD, VIRT

from peer.dialog import IncomingCall
from peer.rtp import RATE, decode

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

PRESSES = 50
IDLE_S = 12
WAKE_UPS_MAX = 5        # a second, idle

RESULTS = [(480, "amber", 1000, 1000), (486, "amber", 250, 250),
           (603, "red", 1500, 500)]


def said(rtp):
    """What the phone has said so far, as samples."""
    samples = array.array("h")
    for packet in list(rtp.packets):
        samples += decode(packet.payload_type, packet.payload)
    return samples


class Virt(PhoneTest):
    machine = VIRT
    board = BOARD
    device = "default"
    files = {
        "/etc/asound.conf": (HERE / "guest" / "asound.conf").read_bytes(),
        "/etc/speech.raw": sound.sine(RATE, 30, SPEECH_HZ)}

    def test_1_a_call_rings_and_is_declined_by_the_line(self):
        self.check_declined_sipp(lambda: self.check_picture("incoming"))

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

    def test_5_it_sleeps_while_nothing_happens(self):
        self.station.wait_state("idle", timeout=15)
        before = self.station.status()
        begin = time.monotonic()
        time.sleep(IDLE_S)
        after = self.station.status()
        seconds = time.monotonic() - begin
        rate = (after["switches"] - before["switches"]) / seconds
        self.figures.append(("wake-ups a second, idle", f"{rate:.1f}"))
        self.assertLessEqual(rate, WAKE_UPS_MAX)

    def test_6_a_press_is_603_on_the_wire_at_once(self):
        self.check_presses(PRESSES)


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

    def test_a_machine_that_takes_too_long_is_ended_with_its_console(self):
        slow = dataclasses.replace(VIRT, setup="echo slow; sleep 1000",
                                   whole_s=6)
        with self.assertRaisesRegex(MachineError,
                                    r"(?s)not done after 6 s.*slow"):
            with Station(slow):
                self.fail("it came up")


if __name__ == "__main__":
    unittest.main()
