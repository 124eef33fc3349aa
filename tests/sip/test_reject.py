"""The reject key: one 603 with its reason, whatever crosses it."""

import time

from support import UNLIMITED, WireTest, unittest

BOUNCES = 3
BOUNCE_S = 0.002
SETTLE_S = 0.3
MANY = 100


class Reject(WireTest):
    def test_the_key_answers_603_decline_with_its_reason_after_a_180(self):
        call = self.ring()
        self.phone.tap("reject")
        self.assert_declined(call.final())
        self.assertEqual([s for s in call.statuses() if s > 100],
                         [180, 603])
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual(
            (entry["direction"], entry["number"], entry["code"],
             entry["decided_by"], entry["rule"], entry["missed"]),
            ("in", "100", 603, "user", None, False))

    def test_the_soft_key_that_says_reject_does_the_same(self):
        call = self.ring()
        place = self.phone.show()["softkeys"].index("reject")
        self.phone.tap(f"soft{place + 1}")
        self.assert_declined(call.final())

    def test_ringing_shows_name_number_lamp_and_tone(self):
        self.ring(from_user="+49301234567", from_name="Zoë Müller 田中")
        show = self.phone.show()
        self.assertEqual(len(show["lines"]), 4)
        self.assertIn("Zoë Müller 田中", show["lines"][1])
        self.assertIn("+49301234567", " ".join(show["lines"]))
        self.assertEqual(show["softkeys"],
                         ["answer", "silence", "", "reject"])
        self.assertEqual(show["leds"]["ring"], {
            "colour": "white", "on_ms": 250, "off_ms": 250})
        self.assertEqual(show["tone"], "ring")

    def test_silenced_it_rings_on_for_the_caller(self):
        call = self.ring()
        self.phone.tap("volume_down")
        show = self.phone.wait(lambda s: s["tone"] == "none")
        self.assertEqual(show["state"], "incoming")
        self.assertEqual([s for s in call.statuses() if s > 100], [180])
        self.phone.tap("reject")
        self.assert_declined(call.final())

    def test_the_same_invite_twice_gets_the_same_answer(self):
        call = self.ring()
        self.phone.tap("reject")
        first = call.final(ack=False)
        call.invite()
        time.sleep(SETTLE_S)
        finals = [m for m in call.responses() if m.status >= 200]
        self.assertGreater(len(finals), 1, "the repeat is answered")
        self.assertEqual({m.raw for m in finals}, {first.raw})
        call.ack(first)
        self.assertEqual(len(self.phone.calls()), 1)

    def test_bounces_of_two_milliseconds_give_one_603(self):
        call = self.ring()
        for _ in range(BOUNCES):
            self.phone.do("press", "reject")
            time.sleep(BOUNCE_S)
            self.phone.do("release", "reject")
            time.sleep(BOUNCE_S)
        self.phone.do("press", "reject")
        self.assert_declined(call.final())
        for _ in range(BOUNCES):
            self.phone.do("release", "reject")
            time.sleep(BOUNCE_S)
            self.phone.do("press", "reject")
            time.sleep(BOUNCE_S)
        self.phone.do("release", "reject")
        time.sleep(SETTLE_S)
        self.assertEqual([s for s in call.statuses() if s > 100],
                         [180, 603])
        self.assertEqual(len(self.phone.calls()), 1)

    def test_a_spike_of_two_milliseconds_declines_nothing(self):
        call = self.ring()
        self.phone.do("press", "reject")
        self.phone.do("release", "reject")
        time.sleep(SETTLE_S)
        self.assertEqual(self.phone.state, "incoming")
        self.phone.tap("reject")
        self.assert_declined(call.final())

    def test_a_cancel_that_crosses_the_603_gets_no_487(self):
        call = self.ring()
        self.phone.tap("reject")
        answer = call.final(ack=False)
        call.cancel()
        # RFC 3261 9.2: answered, without an effect on the INVITE
        call.wait(200, method="CANCEL")
        time.sleep(SETTLE_S)
        call.ack(answer)
        self.assertNotIn(487, call.statuses())
        self.assertEqual({s for s in call.statuses() if s >= 200}, {603})
        entries = self.phone.calls()
        self.assertEqual([(e["code"], e["decided_by"]) for e in entries],
                         [(603, "user")])

    def test_the_key_behind_a_cancel_sends_nothing(self):
        call = self.ring()
        call.cancel()
        self.phone.tap("reject")
        self.assertEqual(call.final().status, 487)
        time.sleep(SETTLE_S)
        self.assertEqual([s for s in call.statuses() if s > 100],
                         [180, 487])
        entries = self.phone.calls()
        self.assertEqual(
            [(e["code"], e["decided_by"], e["missed"]) for e in entries],
            [(487, "caller", True)])


class NothingDisclosed(WireTest):
    """What a caller is told does not say who declined."""

    SETTINGS = {"phone_more": "disclose = nothing\n"}
    MORE = """[reject]
hours = 480
[hours]
timezone = UTC
open = Mo-Fr 09:00-18:00
[rule rude]
number = 555
action = reject 486
[rule in]
number = 300
action = ring
"""

    @staticmethod
    def told(answer):
        """All that is not this very call's, in its order."""
        own = {"Via", "From", "To", "Call-ID", "CSeq"}
        return (answer.start, [name for name, _ in answer.headers],
                [pair for pair in answer.headers if pair[0] not in own])

    def test_a_rule_and_the_hours_answer_as_the_key_does(self):
        self.phone.clock("2026-11-21T12:00:00Z")    # a Saturday
        call = self.ring(from_user="300")
        self.phone.tap("reject")
        by_hand = self.told(call.final())
        for user, by in ("555", "rule"), ("301", "hours"):
            with self.subTest(by):
                answer = self.call(from_user=user).final()
                self.assertEqual(self.told(answer), by_hand)
                self.assertEqual(self.phone.calls()[0]["decided_by"], by)


class Many(WireTest):
    MORE = UNLIMITED

    def test_after_a_hundred_rejects_the_next_rings_and_dial_works(self):
        for n in range(MANY):
            call = self.ring(from_user=f"1{n:03}")
            self.phone.do("tap", "reject", 12)
            self.assertEqual(call.final().status, 603, f"call {n + 1}")
            self.phone.wait(lambda s: s["state"] != "incoming")
            time.sleep(0.03)    # the key is up again
        self.assert_rings()
        self.phone.hangup()
        self.phone.dial(self.peer.uri("anna"))
        self.peer.wait_request("INVITE")
        self.phone.wait_state("calling")


if __name__ == "__main__":
    unittest.main()
