"""The Raspberry Pi in QEMU: called, declined by its button, calling back.

Buttons are pressed and lamps are read at the lines of its header, SIP is on
the host's sockets.
"""

import unittest

import picture
from phone import PhoneTest
from raspi3b import (BOARD, BOARD_HANDSET, BOARD_OLED, HANDSET, I2C_SINCE,
                     RASPI3B, has_i2c, with_oled)
from station import Station

from peer.dialog import IncomingCall, OutgoingCall

PRESSES = 20


class Raspi3b(PhoneTest):
    machine = with_oled(RASPI3B) if has_i2c() else RASPI3B
    board = BOARD + (BOARD_OLED if has_i2c() else "")

    def check_picture(self, name):
        picture.check(self.station.qemu, name, device="oled")

    def test_1_a_call_rings_and_is_declined_by_the_button(self):
        self.check_declined_sipp()

    def test_2_a_call_back_that_is_declined_lights_its_lamp(self):
        self.check_call_back()

    def test_3_a_press_is_603_on_the_wire_at_once(self):
        self.check_presses(PRESSES)

    @unittest.skipUnless(
        has_i2c(), f"QEMU {I2C_SINCE} gave this board an I2C controller; "
        "this one is older, so there is no OLED")
    def test_4_the_oled_says_that_a_call_was_declined(self):
        self.call(from_name="sipp")     # as the goldens have it
        self.check_picture("oled-incoming")
        self.press("reject")
        self.check_picture("oled-declined")


class UsbHandset(unittest.TestCase):
    """No pin is used: all keys are the handset's, the far end and what the
    phone says of itself are the eye."""

    @classmethod
    def setUpClass(cls):
        cls.station = cls.enterClassContext(Station(HANDSET, BOARD_HANDSET))
        cls.press = cls.station.front.press

    def test_1_it_starts_without_a_word_of_what_is_missing(self):
        said = [line for _, line in self.station.console.lines
                if "ringfence:" in line]
        self.assertEqual(len(said), 1, said)
        self.assertIn("ready", said[0])
        held = self.station.console.run(
            "ls -l /proc/$(cat /run/phone.pid)/fd")
        self.assertIn("/dev/input/event0", held)
        self.assertNotIn("gpio", held)

    def test_2_a_call_is_declined_by_the_handset(self):
        call = OutgoingCall(self.station.peer, self.station.address).invite()
        call.wait(180)
        self.press("reject")
        self.assertEqual(call.final().status, 603)

    def test_3_who_was_declined_is_called_back_by_the_handset(self):
        peer = self.station.peer
        call = OutgoingCall(
            peer, self.station.address,
            from_value=f"<sip:100@{peer.host}:{peer.port}>").invite()
        call.wait(180)
        self.press("reject")
        self.assertEqual(call.final().status, 603)
        self.press("reject")    # the notice
        self.press("up")        # the list of calls, at its newest
        start = peer.mark()
        self.press("ok")
        back = IncomingCall.wait(peer, 5.0, start)
        self.assertIn("<sip:100@", back.invite.get("To"))
        back.refuse(603)
        self.station.wait_state("result")
        self.press("reject")
        self.station.wait_state("idle")


if __name__ == "__main__":
    unittest.main()
