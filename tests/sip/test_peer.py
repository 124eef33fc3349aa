"""The far end against itself: what the other tests take for granted."""

import threading

from support import Endpoint, IncomingCall, OutgoingCall, options, unittest

from peer import message as sip
from peer import rtp
from peer.dialog import new_tag, reply_to
from peer.registrar import Registrar, digest_holds

INVITE = (b"INVITE sip:204@127.0.0.1 SIP/2.0\r\n"
          b"v: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKa;rport\r\n"
          b"f: \"a;tag=no \\\" <x>\" <sip:100@x;tag=uri>;tag=yes\r\n"
          b"t: <sip:204@x>\r\ni: one\r\nCSeq: 1 INVITE\r\n"
          b"Subject: first\r\n second \xff\r\nl: 2\r\n\r\nhi")


class Messages(unittest.TestCase):
    def test_compact_folded_and_odd_bytes_are_read_and_kept(self):
        message = sip.parse(INVITE)
        self.assertEqual((message.method, message.cseq, message.branch),
                         ("INVITE", (1, "INVITE"), "z9hG4bKa"))
        self.assertEqual((message.from_tag, message.to_tag),
                         ("yes", None))
        self.assertEqual(message.get("subject"), "first second \udcff")
        self.assertEqual((message.raw, message.body), (INVITE, b"hi"))

    def test_a_stream_is_cut_into_messages(self):
        stream = b"\r\n\r\n" + INVITE + INVITE[:-1]
        raw, used = sip.frame(stream)
        self.assertEqual(raw, INVITE)
        self.assertEqual(sip.frame(stream[used:]), (None, 0))

    def test_what_is_no_message_is_said_to_be_none(self):
        for data in b"", b"\0", b"GET / HTTP/1.1\r\n\r\n":
            with self.assertRaises(sip.MessageError):
                sip.parse(data)


class Calls(unittest.TestCase):
    def setUp(self):
        self.one = self.enterContext(Endpoint(user="one"))
        self.two = self.enterContext(Endpoint(user="two"))

    def test_a_call_is_answered_talks_and_ends(self):
        for transport in "udp", "tcp":
            with self.subTest(transport), rtp.RtpSocket() as here, \
                    rtp.RtpSocket() as there:
                start = self.two.mark()
                call = OutgoingCall(self.one, self.two.address,
                                    transport=transport,
                                    rtp_port=here.port).invite()
                other = IncomingCall.wait(self.two, start=start,
                                          rtp_port=there.port)
                other.reply(180)
                call.wait(180)
                other.reply(200, body=other.description())
                self.assertEqual(call.final().status, 200)
                other.wait_request("ACK", start=start)
                here.start(0, call.media.address)
                there.start(8, other.offer.address)
                for packet, codec in ((there.wait_packets(3)[1], 0),
                                      (here.wait_packets(3)[1], 8)):
                    self.assertEqual(packet.payload_type, codec)
                    self.assertAlmostEqual(
                        rtp.level(codec, packet.payload), 5657, delta=300)
                hanger = threading.Thread(target=other.wait_bye)
                hanger.start()
                self.assertEqual(call.bye().status, 200)
                hanger.join()

    def test_a_refusal_is_acknowledged_in_its_transaction(self):
        call = OutgoingCall(self.one, self.two.address).invite()
        other = IncomingCall.wait(self.two)
        other.reply(603)
        self.assertEqual(call.final().start, "SIP/2.0 603 Decline")
        ack = other.wait_ack().message
        self.assertEqual(ack.branch, other.invite.branch)
        self.assertEqual(ack.to_tag, other.tag)
        call.invite()
        call.invite()
        last = call.request("OPTIONS")
        self.assertEqual(call.send(last), last.to_bytes())
        self.two.wait_request("OPTIONS")
        invites = [m.raw for m in self.two.received(
            lambda m: m.method == "INVITE")]
        self.assertEqual(invites, [call.invite_bytes] * 3)

    def test_waiting_in_vain_tells_what_came(self):
        OutgoingCall(self.one, self.two.address).invite()
        self.two.wait_request("INVITE")
        with self.assertRaisesRegex(TimeoutError, "<- udp INVITE"):
            self.two.wait_request("BYE", timeout=0.05)

    def test_options_are_timed(self):
        def answer(endpoint, entry):
            if entry.message.is_request:
                reply_to(endpoint, entry, 200, to_tag=new_tag())
        with Endpoint(on_message=answer) as three:
            message, seconds = options(self.one, three.address)
            self.assertEqual(message.status, 200)
            self.assertLess(seconds, 1)


class Sound(unittest.TestCase):
    def test_every_code_word_is_its_samples_code_word(self):
        for codec, encode in rtp.ENCODE.items():
            for byte, sample in enumerate(rtp.DECODE[codec]):
                self.assertEqual(rtp.DECODE[codec][encode(sample)], sample,
                                 f"codec {codec}, byte {byte}")

    def test_known_code_words(self):
        # ITU-T G.711: silence, and the loudest positive sample
        self.assertEqual(rtp.encode_pcmu(0), 0xFF)
        self.assertEqual(rtp.encode_pcmu(32635), 0x80)
        self.assertEqual(rtp.encode_pcma(0), 0xD5)
        self.assertEqual(rtp.encode_pcma(32767), 0xAA)


class Digests(unittest.TestCase):
    # RFC 2617 3.5
    VALUE = ('Digest username="Mufasa", realm="testrealm@host.com", '
             'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", '
             'uri="/dir/index.html", qop=auth, nc=00000001, '
             'cnonce="0a4f113b", '
             'response="6629fae49393a05397450978507c4ef1"')

    def holds(self, password):
        return digest_holds(self.VALUE, "GET", "Mufasa", password,
                            "testrealm@host.com",
                            "dcd98b7102dd2f0e8b11d0f600bfb0c093")

    def test_the_example_of_the_rfc_holds_and_another_password_not(self):
        self.assertTrue(self.holds("Circle Of Life"))
        self.assertFalse(self.holds("Circle of Life"))

    def test_the_registrar_challenges_who_proves_nothing(self):
        with Registrar() as registrar, Endpoint() as one:
            call = OutgoingCall(one, registrar.endpoint.address)
            one.send(call.request("REGISTER"), registrar.endpoint.address)
            answer = one.wait_for(lambda m: m.is_response).message
            self.assertEqual(answer.status, 401)
            self.assertIn("nonce=", answer.get("WWW-Authenticate"))
            self.assertEqual(registrar.contacts, [])


if __name__ == "__main__":
    unittest.main()
