"""Two phones of ours call one another: both ends of a refusal at once."""

import unittest

from support import LAMP_OFF, Phone, lamp


class TwoPhones(unittest.TestCase):
    def setUp(self):
        self.callee = self.enterContext(Phone())
        host, port = self.callee.address
        self.uri = f"sip:204@{host}:{port}"
        self.caller = self.enterContext(Phone())

    def ring(self):
        self.caller.dial(self.uri)
        self.callee.wait_state("incoming")
        return self.caller.wait_state("ringback")

    def test_the_one_declines_and_the_other_shows_declined(self):
        show = self.ring()
        self.assertEqual(show["tone"], "ringback")
        self.callee.tap("reject")
        show = self.caller.wait_state("result")
        self.assertIn("Call declined", show["lines"])
        self.assertEqual(show["leds"]["line1"], lamp("red", 1500, 500))
        self.assertNotIn("retry", show["softkeys"])
        self.assertEqual(self.caller.calls()[0]["decided_by"], "remote")
        self.assertEqual(self.callee.calls()[0]["decided_by"], "user")
        self.assertEqual(self.caller.calls()[0]["code"], 603)
        self.assertEqual(self.callee.calls()[0]["code"], 603)

    def test_do_not_disturb_is_not_available(self):
        self.callee.tap("dnd")
        self.caller.dial(self.uri)
        show = self.caller.wait_state("result")
        self.assertIn("Not available", show["lines"])
        self.assertEqual(self.callee.calls()[0]["decided_by"], "dnd")

    def test_the_caller_gives_up_and_the_other_missed_it(self):
        self.ring()
        self.caller.tap("reject")
        show = self.callee.wait(lambda s: s["state"] != "incoming")
        self.assertEqual(show["missed"], 1)
        self.assertEqual(self.callee.calls()[0]["decided_by"], "caller")

    def test_they_talk_hold_and_hang_up(self):
        self.ring()
        self.callee.tap("answer")
        for phone in (self.caller, self.callee):
            phone.wait(lambda s: s["state"] == "talking" and s["media"]
                       and s["media"]["received"] > 10)
        self.caller.tap("soft1")
        self.assertEqual(self.caller.wait_state("held")["leds"]["line1"],
                         lamp("green", 1000, 1000))
        self.callee.wait(lambda s: s["leds"]["line1"]
                         == lamp("green", 1000, 1000))
        self.caller.tap("soft1")
        self.caller.wait_state("talking")
        self.callee.wait(lambda s: s["leds"]["line1"]
                         == lamp("green", 1000, 0))
        self.callee.tap("reject")
        for phone in (self.caller, self.callee):
            show = phone.wait(lambda s: s["state"] not in ("talking", "held"))
            self.assertEqual(show["leds"]["line1"], LAMP_OFF)
            self.assertEqual(phone.calls()[0]["decided_by"], "none")


if __name__ == "__main__":
    unittest.main()
