"""Calls that nobody took: given up by the caller, or by our own timer."""

import time

from support import REASON_NO_ANSWER, WireTest, lamp, unittest


class NoAnswer(WireTest):
    SETTINGS = {"ring_timeout_s": 1}

    def test_the_phones_own_timer_sends_480(self):
        begin = time.monotonic()
        call = self.ring()
        answer = call.final()
        spent = time.monotonic() - begin
        self.assert_declined(answer, 480, "Temporarily Unavailable",
                             REASON_NO_ANSWER)
        self.assertTrue(0.95 <= spent < 1.5, spent)
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual((entry["code"], entry["decided_by"],
                          entry["missed"]), (480, "no_answer", True))

    def test_a_step_of_the_clock_does_not_move_it(self):
        self.phone.clock("2026-11-20T10:00:00+01:00")
        begin = time.monotonic()
        call = self.ring()
        self.phone.clock("2026-11-19T10:00:00+01:00")
        self.assertEqual(call.final().status, 480)
        self.assertLess(time.monotonic() - begin, 1.5)


class Cancelled(WireTest):
    def test_the_caller_gives_up(self):
        call = self.ring(from_user="+49301111", from_name="Zoë")
        call.cancel()
        answer = call.final()
        self.assertEqual(answer.start, "SIP/2.0 487 Request Terminated")
        self.assertEqual(call.wait(200, method="CANCEL").status, 200)
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual(
            (entry["number"], entry["name"], entry["code"],
             entry["decided_by"], entry["missed"]),
            ("+49301111", "Zoë", 487, "caller", True))
        show = self.phone.wait(lambda s: s["missed"] == 1)
        self.assertEqual(show["leds"]["message"], lamp("red", 100, 1900))
        self.assertEqual(show["tone"], "none")

    def test_looking_at_the_missed_calls_puts_the_lamp_out(self):
        call = self.ring()
        call.cancel()
        call.final()
        self.phone.wait(lambda s: s["missed"] == 1)
        self.phone.hangup()
        self.phone.tap("message")
        show = self.phone.wait_state("menu")
        self.assertIn("100", " ".join(show["lines"]))
        show = self.phone.wait(lambda s: s["missed"] == 0)
        self.assertEqual(show["leds"]["message"]["colour"], "off")

    def test_a_cancel_of_nothing_gets_481(self):
        call = self.call()
        call.wait(180)
        other = self.call(from_user="101")
        other.final()
        stray = call.request("CANCEL", cseq=7, branch="z9hG4bKstray")
        mark = self.peer.mark()
        self.peer.send(stray, self.phone.address)
        answer = self.peer.wait_for(
            lambda m: m.is_response and m.cseq == (7, "CANCEL"),
            start=mark).message
        self.assertEqual(answer.status, 481)
        self.assertEqual(self.phone.state, "incoming")

    def test_a_cancel_by_tcp(self):
        call = self.ring(transport="tcp")
        call.cancel()
        self.assertEqual(call.final().status, 487)
        self.assertTrue(self.phone.wait_calls(1)[0]["missed"])


if __name__ == "__main__":
    unittest.main()
