"""A call that is answered: G.711 both ways, hold, and its end."""

import threading
import time

from support import WireTest, lamp, unittest

from peer import sdp
from peer.dialog import IncomingCall
from peer.rtp import RtpSocket

PACKETS = 25


class Answer(WireTest):
    def setUp(self):
        super().setUp()
        self.rtp = self.enterContext(RtpSocket())

    def answered(self, **more):
        call = self.ring(rtp_port=self.rtp.port, **more)
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        self.phone.wait_state("talking")
        return call

    def check_media(self, call, codec, name):
        self.assertEqual(call.media.codecs[0], codec)
        self.rtp.start(codec, call.media.address)
        packets = self.rtp.wait_packets(PACKETS)
        self.assertEqual({p.payload_type for p in packets}, {codec})
        self.assertEqual({len(p.payload) for p in packets}, {160})
        numbers = [p.sequence for p in packets]
        self.assertEqual(numbers, [(numbers[0] + n) & 0xFFFF
                                   for n in range(len(numbers))])
        spent = packets[-1].at - packets[0].at
        self.assertAlmostEqual(spent, 0.02 * (len(packets) - 1), delta=0.2)
        show = self.phone.wait(
            lambda s: s["media"] and s["media"]["received"] >= PACKETS)
        self.assertGreaterEqual(show["media"]["sent"], PACKETS)
        self.assertIn(name, show["media"]["codec"].upper())

    def test_audio_runs_both_ways_and_the_caller_hangs_up(self):
        call = self.answered(codecs=(sdp.PCMU,))
        show = self.phone.show()
        self.assertEqual(show["leds"]["line1"], lamp("green", 1000, 0))
        self.assertEqual(show["softkeys"], ["hold", "", "mute", "end"])
        self.assertEqual(show["tone"], "none")
        self.check_media(call, sdp.PCMU, "PCMU")
        self.assertEqual(call.bye().status, 200)
        self.phone.wait(lambda s: s["state"] != "talking")
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual((entry["code"], entry["decided_by"],
                          entry["missed"]), (200, "none", False))
        self.assertIsNone(self.phone.show()["media"])

    def test_a_law_as_well_and_the_phone_hangs_up(self):
        call = self.answered(codecs=(sdp.PCMA,))
        self.check_media(call, sdp.PCMA, "PCMA")
        self.phone.tap("reject")
        call.wait_bye()
        self.phone.wait_state("idle")
        self.assertEqual(self.phone.wait_calls(1)[0]["code"], 200)

    def test_an_offer_in_the_200_is_answered_in_the_ack(self):
        call = self.ring(body=b"")
        self.phone.tap("answer")
        answer = call.final(ack=False)
        self.assertEqual(answer.status, 200)
        offer = sdp.Media(answer.body)
        self.assertIn(sdp.PCMU, offer.codecs)
        call.remote = answer.get("To")
        call.rtp_port, call.codecs = self.rtp.port, (sdp.PCMU,)
        call.send(call.request("ACK", cseq=1, body=call.description()))
        self.phone.wait_state("talking")
        self.rtp.wait_packets(PACKETS)
        self.assertEqual(call.bye().status, 200)

    def test_an_ack_that_owes_the_answer_ends_the_call(self):
        call = self.ring(body=b"")
        self.phone.tap("answer")
        call.final()
        call.wait_bye()
        self.phone.wait(lambda s: s["state"] != "talking")
        self.assertEqual(self.phone.wait_calls(1)[0]["decided_by"], "phone")

    def test_an_offer_beside_another_body_is_found(self):
        body = (b"--edge\r\nContent-Type: application/isup\r\n\r\n\1\r\n"
                b"--edge\r\nContent-Type: application/sdp\r\n\r\n"
                + sdp.build(self.peer.host, self.rtp.port) + b"--edge--\r\n")
        for edge in "edge", '"edge"':
            with self.subTest(edge):
                self.phone.hangup()
                call = self.ring(body=body, headers=[
                    ("Content-Type", f"multipart/mixed;boundary={edge}")])
                self.phone.tap("answer")
                self.assertEqual(call.final().status, 200)
                self.rtp.wait_packets(len(self.rtp.packets) + PACKETS)
                self.assertEqual(call.bye().status, 200)
                self.phone.wait(lambda s: s["state"] != "talking")

    def test_what_is_no_offer_is_told_why_and_does_not_ring(self):
        for kind, body, status in (
                ("text/plain", b"hello", 415),
                ("application/sdp", b"v=0\r\nm=audio\r\n", 400),
                ("multipart/mixed;boundary=x", b"--x--x--x", 400)):
            with self.subTest(kind):
                call = self.call(body=body, headers=[("Content-Type", kind)])
                answer = call.final()
                self.assertEqual(answer.status, status)
                self.assertNotIn(180, call.statuses())
                if status == 415:
                    self.assertEqual(answer.get("Accept"), "application/sdp")
        self.assert_rings()

    def test_each_key_that_answers_does(self):
        for key in "answer", "ok", "speaker", "line1", "soft1":
            with self.subTest(key):
                self.phone.hangup()
                call = self.ring()
                self.phone.tap(key)
                self.assertEqual(call.final().status, 200)
                self.phone.wait_state("talking")
                self.assertEqual(call.bye().status, 200)
                self.phone.wait(lambda s: s["state"] != "talking")

    def test_the_handset_answers_and_hangs_up(self):
        call = self.ring()
        self.phone.do("press", "hook")
        self.assertEqual(call.final().status, 200)
        self.phone.wait_state("talking")
        self.phone.do("release", "hook")
        call.wait_bye()
        self.phone.wait_state("idle")

    def test_the_200_is_repeated_until_its_ack(self):
        call = self.ring()
        self.phone.tap("answer")
        answer = call.final(ack=False)
        time.sleep(1.0)
        finals = [m for m in call.responses() if m.status == 200]
        self.assertGreater(len(finals), 1)
        call.ack(answer)
        mark = self.peer.mark()
        time.sleep(1.2)
        self.assertFalse(self.peer.received(
            lambda m: m.status == 200 and m.method == "INVITE", mark))
        self.assertEqual(call.bye().status, 200)

    def test_hold_and_resume_by_us(self):
        call = self.answered()
        mark = self.peer.mark()
        self.phone.tap("line1")
        offer = call.answer_reinvite(start=mark)
        self.assertIn(offer.direction, ("sendonly", "inactive"))
        show = self.phone.wait_state("held")
        self.assertEqual(show["leds"]["line1"], lamp("green", 1000, 1000))
        self.assertEqual(show["softkeys"], ["resume", "", "", "end"])
        mark = self.peer.mark()
        self.phone.tap("line1")
        offer = call.answer_reinvite(start=mark)
        self.assertEqual(offer.direction, "sendrecv")
        self.phone.wait_state("talking")
        self.rtp.start(call.media.codecs[0], call.media.address)
        self.rtp.wait_packets(len(self.rtp.packets) + PACKETS)
        self.assertEqual(call.bye().status, 200)

    def test_hold_by_the_far_end_is_shown(self):
        call = self.answered()
        answer = call.reinvite("sendonly")
        self.assertEqual(answer.status, 200)
        self.assertIn(sdp.Media(answer.body).direction,
                      ("recvonly", "inactive"))
        self.phone.wait(lambda s: s["leds"]["line1"]
                        == lamp("green", 1000, 1000))
        self.assertEqual(call.reinvite("sendrecv").status, 200)
        self.phone.wait(lambda s: s["leds"]["line1"]
                        == lamp("green", 1000, 0))
        self.assertEqual(call.bye().status, 200)

    def test_hold_by_no_address_is_shown_too(self):
        call = self.answered()
        offer = call.request("INVITE", body=call.description().replace(
            b"c=IN IP4 127.0.0.1", b"c=IN IP4 0.0.0.0"))
        self.assertEqual(call.transact(offer).status, 200)
        call.send(call.request("ACK", cseq=call.cseq))
        self.phone.wait(lambda s: s["leds"]["line1"]
                        == lamp("green", 1000, 1000))
        self.assertEqual(call.reinvite("sendrecv").status, 200)
        self.phone.wait(lambda s: s["leds"]["line1"]
                        == lamp("green", 1000, 0))
        self.assertEqual(call.bye().status, 200)

    def test_mute_is_shown_and_sends_silence(self):
        call = self.answered()
        self.phone.tap("mute")
        show = self.phone.wait(lambda s: s["muted"])
        self.assertEqual(show["leds"]["mute"], lamp("red", 1000, 0))
        self.assertEqual(show["softkeys"][2], "unmute")
        self.phone.tap("mute")
        self.phone.wait(lambda s: not s["muted"])
        self.assertEqual(call.bye().status, 200)

    def test_our_own_call_is_answered_and_talks(self):
        self.phone.dial(self.peer.uri("anna"))
        call = IncomingCall.wait(self.peer, rtp_port=self.rtp.port)
        self.assertIn(sdp.PCMU, call.offer.codecs)
        self.assertIn(sdp.PCMA, call.offer.codecs)
        call.reply(180)
        self.phone.wait_state("ringback")
        call.answer()
        self.phone.wait_state("talking")
        self.rtp.start(call.codecs[0], call.offer.address)
        self.rtp.wait_packets(PACKETS)
        self.phone.wait(lambda s: s["media"]["received"] >= PACKETS)
        self.phone.tap("soft4")
        call.wait_bye()
        self.phone.wait_state("idle")
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual((entry["direction"], entry["code"],
                          entry["decided_by"]), ("out", 200, "none"))

    def test_hanging_up_from_both_ends_at_once_is_no_trouble(self):
        call = self.answered()
        tapper = threading.Thread(
            target=self.phone.do, args=("tap", "reject"))
        tapper.start()
        start = self.peer.mark()
        bye = call.request("BYE")
        call.send(bye)
        tapper.join()
        answer = self.peer.wait_for(
            lambda m: m.is_response and m.cseq == bye.cseq
            and call.mine(m) and m.status >= 200, start=start).message
        self.assertIn(answer.status, (200, 481))
        self.phone.wait_state("idle")
        self.assertEqual(len(self.phone.wait_calls(1)), 1)
        self.assert_rings()

    def test_no_common_codec_gets_488_and_does_not_ring(self):
        call = self.call(codecs=(18,), rtp_port=self.rtp.port)
        self.assertEqual(call.final().status, 488)
        self.assertNotIn(180, call.statuses())


if __name__ == "__main__":
    unittest.main()
