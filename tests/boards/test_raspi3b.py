"""The Raspberry Pi in QEMU: called, declined by its button, calling back.

Buttons are pressed and lamps are read at the lines of its header, SIP is on
the host's sockets.
"""

import unittest

import picture
from phone import PhoneTest
from raspi3b import (BOARD, BOARD_OLED, I2C_SINCE, RASPI3B, has_i2c,
                     with_oled)

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


if __name__ == "__main__":
    unittest.main()
