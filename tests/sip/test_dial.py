"""Calls of ours: by keys and by `dial`, and what their end looks like."""

import itertools
import time

from support import LAMP_OFF, Endpoint, IncomingCall, WireTest, lamp, \
    unittest

from peer import sdp
from peer.dialog import reply_to
from peer.rtp import RtpSocket

ZONE = """[hours]
timezone = Europe/Berlin
open = Mo-Fr 09:00-18:00
outside = ring
"""
SETTLE_S = 0.3
PACKETS = 10

# code, phrase, lamp, tone, soft keys
REFUSALS = [
    (480, "Temporarily Unavailable", lamp("amber", 1000, 1000),
     "congestion", ["retry", "remind", "", "ok"]),
    (486, "Busy Here", lamp("amber", 250, 250), "busy",
     ["retry", "", "", "ok"]),
    (603, "Decline", lamp("red", 1500, 500), "declined",
     ["", "remind", "", "ok"]),
]


class DialTest(WireTest):
    MORE = ZONE
    SETTINGS = {"account": "sip:204@{peer}"}

    def dialled(self, user="anna"):
        """Dial the peer; gives its side of the call."""
        start = self.peer.mark()
        self.phone.dial(self.peer.uri(user))
        return IncomingCall.wait(self.peer, start=start)

    def refused(self, status, reason=None, headers=()):
        """Dial, be refused; gives what is shown then."""
        self.dialled().refuse(status, reason, headers)
        return self.phone.wait_state("result")


class Refused(DialTest):
    def test_480_486_and_603_each_have_lamp_tone_and_soft_keys(self):
        for code, phrase, light, tone, softkeys in REFUSALS:
            with self.subTest(code):
                show = self.refused(code)
                self.assertEqual(show["leds"]["line1"], light)
                self.assertEqual(show["tone"], tone)
                self.assertEqual(show["softkeys"], softkeys)
                entry = self.phone.calls()[0]
                self.assertEqual(
                    (entry["direction"], entry["number"], entry["code"],
                     entry["phrase"], entry["decided_by"],
                     entry["missed"]),
                    ("out", "anna", code, phrase, "remote", False))
                self.phone.hangup()
                self.assertEqual(self.phone.show()["leds"]["line1"],
                                 LAMP_OFF)

    def test_480_486_and_603_differ_pairwise_in_everything(self):
        shows = []
        for code, *_ in REFUSALS:
            shows.append(self.refused(code))
            self.phone.hangup()
        for one, other in itertools.combinations(shows, 2):
            self.assertNotEqual(one["lines"][1], other["lines"][1])
            self.assertNotEqual(one["leds"]["line1"],
                                other["leds"]["line1"])
            self.assertNotEqual(one["tone"], other["tone"])
            self.assertNotEqual(one["softkeys"], other["softkeys"])
        titles = [s["lines"][1] for s in shows]
        self.assertEqual(titles, ["Not available", "Busy",
                                  "Call declined"])

    def test_480_with_retry_after_says_from_when(self):
        self.phone.clock("2026-11-20T06:04:00+01:00")
        show = self.refused(480, headers=[("Retry-After", "10560")])
        self.assertIn("from 09:00", " ".join(show["lines"]))
        self.phone.hangup()
        self.phone.clock("2026-11-20T18:04:00+01:00")
        show = self.refused(480, headers=[("Retry-After", "53760")])
        self.assertIn("09:00", " ".join(show["lines"]))
        self.phone.hangup()
        show = self.refused(480)
        self.assertNotIn("from ", " ".join(show["lines"]))

    def test_retry_after_with_comment_and_parameters_is_read(self):
        self.phone.clock("2026-11-20T06:04:00+01:00")
        show = self.refused(480, headers=[
            ("Retry-After", "10560 (in the morning);duration=3600")])
        self.assertIn("from 09:00", " ".join(show["lines"]))

    def test_without_a_clock_no_time_of_day_is_said(self):
        self.phone.clock("unset")
        show = self.refused(480, headers=[("Retry-After", "10560")])
        self.assertNotRegex(" ".join(show["lines"]), r"from \d\d:\d\d")
        self.assertEqual(show["lines"][1], "Not available")

    def test_the_phrase_of_the_far_end_does_not_change_the_meaning(self):
        show = self.refused(486, "Decline")
        self.assertEqual(show["lines"][1], "Busy")

    def test_other_codes_have_a_row_and_no_two_look_like_busy(self):
        for code in 400, 403, 404, 408, 410, 484, 488, 500, 503, 504, \
                599, 600, 604, 606, 607, 608, 699:
            with self.subTest(code):
                show = self.refused(code, "Because")
                self.assertEqual(self.phone.calls()[0]["code"], code)
                self.assertTrue(show["lines"][1])
                self.assertNotEqual(show["leds"]["line1"], LAMP_OFF)
                self.assertNotEqual(show["tone"], "none")
                if code != 600:
                    self.assertNotEqual(show["tone"], "busy")
                self.phone.hangup()

    def test_404_and_503_differ(self):
        first = self.refused(404)
        self.phone.hangup()
        second = self.refused(503)
        self.assertNotEqual(first["lines"][1], second["lines"][1])
        self.assertEqual(second["leds"]["line1"], lamp("red", 100, 900))
        self.assertEqual(second["tone"], "sit")

    def test_a_tone_ends_after_ten_seconds_or_with_a_key(self):
        show = self.refused(486)
        self.assertEqual(show["tone"], "busy")
        self.phone.tap("ok")
        show = self.phone.wait_state("idle")
        self.assertEqual(show["tone"], "none")

    def test_retry_calls_the_same_again(self):
        self.refused(486)
        start = self.peer.mark()
        self.phone.tap("soft1")
        call = IncomingCall.wait(self.peer, start=start)
        self.assertIn("anna@", call.invite.uri)
        call.refuse(486)

    def test_the_refusal_is_acknowledged_once_each_time_it_comes(self):
        call = self.dialled()
        call.refuse(486)
        mark = self.peer.mark()
        call.reply(486)
        call.wait_request("ACK", start=mark)
        time.sleep(SETTLE_S)
        acks = self.peer.received(lambda m: m.method == "ACK"
                                  and m.is_request)
        self.assertEqual(len(acks), 2)
        self.assertEqual({m.branch for m in acks}, {call.invite.branch})
        self.assertEqual(len(self.phone.calls()), 1)


class Moved(DialTest):
    def test_a_302_is_shown_as_moved_and_not_followed(self):
        with Endpoint() as elsewhere:
            show = self.refused(302, headers=[
                ("Contact", f"<{elsewhere.uri('premium')}>")])
            self.assertIn("moved", " ".join(show["lines"]).lower())
            time.sleep(0.5)
            self.assertEqual(elsewhere.log, [])
        entry = self.phone.calls()[0]
        self.assertEqual((entry["code"], entry["decided_by"]),
                         (302, "remote"))
        invites = self.peer.received(lambda m: m.is_request
                                     and m.method == "INVITE")
        self.assertEqual(len(invites), 1)

    def test_nor_are_300_301_305_and_380(self):
        with Endpoint() as elsewhere:
            for code in 300, 301, 305, 380:
                self.refused(code, "Elsewhere", [
                    ("Contact", f"<{elsewhere.uri('premium')}>")])
                self.assertEqual(self.phone.calls()[0]["code"], code)
                self.phone.hangup()
            time.sleep(0.2)
            self.assertEqual(elsewhere.log, [])


class Progress(DialTest):
    def test_180_is_ringback_with_its_tone(self):
        call = self.dialled()
        show = self.phone.wait_state("calling")
        self.assertEqual(show["leds"]["line1"], lamp("green", 500, 500))
        self.assertEqual(show["tone"], "none")
        self.assertEqual(show["softkeys"], ["", "", "", "cancel"])
        call.reply(100)
        call.reply(180)
        show = self.phone.wait_state("ringback")
        self.assertEqual(show["leds"]["line1"], lamp("green", 500, 500))
        self.assertEqual(show["tone"], "ringback")
        call.refuse(486)
        self.phone.wait_state("result")

    def test_183_with_audio_has_no_tone_of_ours(self):
        call = self.dialled()
        call.rtp_port = 9
        call.reply(183, body=call.description())
        show = self.phone.wait_state("ringback")
        self.assertEqual(show["tone"], "none")
        call.refuse(480)
        self.phone.wait_state("result")

    def test_a_180_behind_early_media_does_not_end_it(self):
        rtp = self.enterContext(RtpSocket())
        call = self.dialled()
        call.rtp_port = rtp.port
        call.reply(183, body=call.description())
        rtp.wait_packets(PACKETS)
        call.reply(180)
        rtp.wait_packets(len(rtp.packets) + PACKETS)
        show = self.phone.wait_state("ringback")
        self.assertEqual(show["tone"], "none")
        call.refuse(486)
        self.phone.wait_state("result")

    def test_an_answer_that_came_with_the_183_holds_for_the_200(self):
        rtp = self.enterContext(RtpSocket())
        call = self.dialled()
        call.rtp_port = rtp.port
        call.reply(183, body=call.description())
        self.phone.wait_state("ringback")
        call.reply(200)
        call.wait_ack()
        self.phone.wait_state("talking")
        rtp.wait_packets(len(rtp.packets) + PACKETS)
        self.assertEqual(call.bye().status, 200)

    def test_a_second_phone_that_answers_too_is_hung_up(self):
        call = self.dialled()
        call.rtp_port = 9
        call.reply(180)
        call.answer()
        self.phone.wait_state("talking")
        for time_again in False, True:
            mark = self.peer.mark()
            call.tag = "other"
            call.reply(200, body=call.description())
            ack = call.wait_request("ACK", start=mark).message
            self.assertEqual(ack.to_tag, "other")
            if not time_again:
                bye = call.wait_request("BYE", start=mark)
                self.assertEqual(bye.message.to_tag, "other")
                reply_to(self.peer, bye, 200)
        self.assertEqual(len(self.peer.received(
            lambda m: m.is_request and m.method == "BYE")), 1)
        self.assertEqual(self.phone.state, "talking")
        self.assertEqual(call.bye().status, 200)

    def test_a_200_without_audio_for_both_is_hung_up(self):
        for name, codecs, port in (("no SDP", None, 0),
                                   ("no codec of ours", (18,), 9),
                                   ("audio refused", (0,), 0)):
            with self.subTest(name):
                call = self.dialled()
                body = b"" if codecs is None \
                    else sdp.build(self.peer.host, port, codecs)
                call.reply(200, body=body)
                call.wait_ack()
                call.wait_bye()
                self.phone.wait_state("result")
                self.assertEqual(self.phone.calls()[0]["decided_by"],
                                 "phone")
                self.phone.hangup()

    def test_183_without_audio_is_ringback(self):
        call = self.dialled()
        call.reply(183)
        self.phone.wait_state("ringback")
        call.refuse(480)


class OurCancel(DialTest):
    def check(self, key, first):
        call = self.dialled()
        call.reply(first)
        self.phone.wait_state("ringback" if first == 180 else "calling")
        self.phone.tap(key)
        call.wait_cancel()
        show = self.phone.wait(lambda s: s["state"] not in
                               ("calling", "ringback"))
        self.assertEqual(show["state"], "idle")
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual((entry["direction"], entry["decided_by"],
                          entry["missed"]), ("out", "user", False))

    def test_reject_cancels_what_rings(self):
        self.check("reject", 180)

    def test_back_cancels_what_was_only_tried(self):
        self.check("back", 100)

    def test_the_soft_key_cancels(self):
        self.check("soft4", 180)

    def test_before_any_answer_the_cancel_waits_for_one(self):
        call = self.dialled()
        self.phone.wait_state("calling")
        self.phone.tap("reject")
        time.sleep(0.2)
        # RFC 3261 9.1: no CANCEL before a provisional response
        self.assertFalse(self.peer.received(
            lambda m: m.method == "CANCEL" and m.is_request))
        call.reply(180)
        call.wait_cancel()
        self.phone.wait_state("idle")

    def test_a_200_that_crosses_our_cancel_is_hung_up(self):
        call = self.dialled()
        call.reply(180)
        self.phone.wait_state("ringback")
        self.phone.tap("reject")
        call.wait_request("CANCEL")
        call.rtp_port = 9
        call.answer()
        call.wait_bye()
        self.phone.wait_state("idle")


class Keys(DialTest):
    def test_digits_and_hash_call_the_accounts_domain(self):
        self.phone.tap("4", "8")
        show = self.phone.wait_state("dialling")
        self.assertIn("48", " ".join(show["lines"]))
        self.assertEqual(show["softkeys"],
                         ["call", "delete", "", "cancel"])
        self.phone.tap("0", "hash")
        call = IncomingCall.wait(self.peer)
        self.assertTrue(call.invite.uri.startswith("sip:480@"))
        self.assertEqual(call.invite.get("Max-Forwards"), "70")
        call.refuse(480)
        show = self.phone.wait_state("result")
        self.assertEqual(show["lines"][1], "Not available")
        self.assertEqual(self.phone.calls()[0]["number"], "480")

    def test_back_deletes_and_reject_clears(self):
        self.phone.tap("4", "9", "back", "8", "0")
        show = self.phone.wait_state("dialling")
        self.assertIn("480", " ".join(show["lines"]))
        self.phone.tap("reject")
        self.phone.wait_state("idle")

    def test_answer_sends_and_redial_does_it_again(self):
        self.phone.tap("6", "0", "3", "answer")
        IncomingCall.wait(self.peer).refuse(603)
        self.phone.wait_state("result")
        start = self.peer.mark()
        self.phone.tap("redial")
        call = IncomingCall.wait(self.peer, start=start)
        self.assertTrue(call.invite.uri.startswith("sip:603@"))
        call.refuse(603)

    def test_the_handset_dials(self):
        self.phone.do("press", "hook")
        self.phone.wait_state("dialling")
        self.phone.tap("4", "8", "6", "hash")
        call = IncomingCall.wait(self.peer)
        call.reply(180)
        self.phone.wait_state("ringback")
        self.phone.do("release", "hook")
        call.wait_cancel()
        self.phone.wait_state("idle")

    def test_zero_held_is_a_plus(self):
        self.phone.tap("0", ms=1100)
        self.phone.tap("4", "9")
        show = self.phone.wait_state("dialling")
        self.assertIn("+49", " ".join(show["lines"]))

    def test_ctl_dial_of_digits_does_the_same(self):
        self.phone.dial("480")
        call = IncomingCall.wait(self.peer)
        self.assertTrue(call.invite.uri.startswith("sip:480@"))
        call.refuse(480)

    def test_our_invite_is_well_formed_and_says_who_calls(self):
        call = self.dialled()
        invite = call.invite
        self.assertIn("sip:204@", invite.get("From"))
        self.assertTrue(invite.from_tag)
        self.assertFalse(invite.to_tag)
        self.assertTrue(invite.branch.startswith("z9hG4bK"))
        self.assertEqual(len(invite.all("Contact")), 1)
        self.assertIn("204@", invite.get("Contact"))
        self.assertNotRegex(invite.get("Contact"), r"0x[0-9a-f]{4,}")
        self.assertNotRegex(invite.raw, rb"(?i)baresip v\d")
        call.refuse(486)


if __name__ == "__main__":
    unittest.main()
