"""The i.MX6 desk phone in QEMU: called, declined by its key, calling back,
and what its OLED shows.

Keys are pressed and lamps are read at the processor's pins, SIP is on the
host's sockets.
"""

import unittest

import picture
from phone import PhoneTest
from sabrelite import BOARD, SABRELITE
from station import build_folder

PRESSES = 20


@unittest.skipUnless(
    (build_folder(SABRELITE.build) / "ringfence").exists(),
    "no phone for armhf: ./test boards builds it, when Debian's packages "
    "for armhf can be had")
class Sabrelite(PhoneTest):
    machine = SABRELITE
    board = BOARD

    def check_picture(self, name):
        picture.check(self.station.qemu, name, device="oled")

    def test_1_a_call_rings_and_is_declined_by_the_key(self):
        self.check_declined_sipp(lambda: self.check_picture("oled-incoming"))
        self.check_picture("oled-declined")

    def test_2_a_call_back_that_is_declined_lights_its_lamp(self):
        self.check_call_back()

    def test_3_a_press_is_603_on_the_wire_at_once(self):
        self.check_presses(PRESSES)


if __name__ == "__main__":
    unittest.main()
