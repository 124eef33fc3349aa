"""A far end that says nothing: the whole of timer B, 32 s (RFC 3261 17.1)."""

import time

from support import Endpoint, IncomingCall, WireTest, lamp, unittest

TIMER_B_S = 32


class Silence(WireTest):
    def test_nobody_answers_and_the_phone_says_so(self):
        with Endpoint() as silent:
            begin = time.monotonic()
            self.phone.dial(silent.uri("nobody"))
            show = self.phone.wait_state("result", timeout=TIMER_B_S + 6)
            spent = time.monotonic() - begin
            self.assertTrue(TIMER_B_S - 2 < spent < TIMER_B_S + 4, spent)
            invites = [e.raw for e in silent.log if not e.sent]
        self.assertEqual(len(set(invites)), 1)
        self.assertEqual(len(invites), 7)       # T1 doubling, 64 T1 in all
        self.assertEqual(show["leds"]["line1"], lamp("red", 100, 900))
        self.assertEqual(show["tone"], "sit")
        entry = self.phone.calls()[0]
        self.assertEqual((entry["code"], entry["decided_by"]),
                         (0, "network"))
        self.assert_rings()

    def test_nor_by_a_connection_that_stands_already(self):
        """What was not heard is no name that was not found."""
        self.phone.dial(self.peer.uri("anna", "tcp"))
        IncomingCall.wait(self.peer).refuse(486)
        self.phone.wait_state("result")
        mark = self.peer.mark()
        self.phone.dial(self.peer.uri("anna", "tcp"))
        IncomingCall.wait(self.peer, start=mark)
        show = self.phone.wait_state("result", timeout=TIMER_B_S + 6)
        self.assertEqual(show["lines"][1], "No response")


if __name__ == "__main__":
    unittest.main()
