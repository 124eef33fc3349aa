"""What is not sound is refused and never rings; what only looks odd rings.

Relatives of the torture messages, each a proper message with one change.
"""

import re
import time

from support import Endpoint, IncomingCall, WireTest, options, unittest

from peer import message, sdp
from peer.dialog import OutgoingCall

LENGTH = re.compile(rb"Content-Length: (\d+)")
SETTLE_S = 0.1


def headed(*lines):
    """An edit: more header lines, behind the others."""
    def edit(raw):
        head, body = raw.split(b"\r\n\r\n", 1)
        return b"\r\n".join([head, *lines]) + b"\r\n\r\n" + body
    return edit


def length(form):
    """An edit: Content-Length's line becomes form, %d in it the number."""
    def edit(raw):
        number = int(LENGTH.search(raw).group(1))
        line = form % number if b"%" in form else form
        return LENGTH.sub(lambda _: line, raw, count=1) if form \
            else raw.replace(b"Content-Length: %d\r\n" % number, b"")
    return edit


def swapped(name, value):
    """An edit: another value for the header."""
    def edit(raw):
        return re.sub(rb"\r\n%b: [^\r]*" % name,
                      lambda _: b"\r\n%b: %b" % (name, value), raw, count=1)
    return edit


def to_its_end(raw):
    """An edit: the Content-Length is one octet more than there are."""
    return LENGTH.sub(lambda m: b"Content-Length: %d"
                      % (int(m.group(1)) + 1), raw)


# name of the row, edit of a sound INVITE; each is 400 by UDP, and by TCP
# the end of the connection as well
LENGTHS_THAT_ARE_NONE = [
    ("negative", length(b"Content-Length: -%d")),
    ("signed", length(b"Content-Length: +%d")),
    ("hexadecimal", length(b"Content-Length: 0x%x")),
    ("empty", length(b"Content-Length:")),
    ("a word", length(b"Content-Length: many")),
    ("two numbers", length(b"Content-Length: %d 1")),
    ("twice, differing", headed(b"Content-Length: 1")),
    ("twice, compact", headed(b"l: 0")),
]

REPEATED = [
    ("From", headed(b"From: <sip:101@127.0.0.1>;tag=second")),
    ("From, compact", headed(b"f: <sip:101@127.0.0.1>;tag=second")),
    ("To", headed(b"To: <sip:205@127.0.0.1>")),
    ("To, compact", headed(b"t: <sip:205@127.0.0.1>")),
    ("Call-ID", headed(b"Call-ID: second")),
    ("Call-ID, compact", headed(b"i: second")),
    ("CSeq", headed(b"CSeq: 2 INVITE")),
    ("Content-Type", headed(b"Content-Type: text/plain")),
    ("Content-Type, compact", headed(b"c: text/plain")),
    ("in capitals", headed(b"CALL-ID: second")),
]

OPEN_QUOTES = [
    ("To", swapped(b"To", b'"Bob <sip:204@127.0.0.1>')),
    ("From", swapped(b"From", b'"Al <sip:1@127.0.0.1>;tag=1')),
    ("the closing one escaped",
     swapped(b"From", b'"Al\\" <sip:1@127.0.0.1>;tag=1')),
    ("a third one", swapped(b"From", b'"Al" " <sip:1@127.0.0.1>;tag=1')),
]

# An odd look is no fault; each rings
HONEST = [
    ("no Content-Length", length(b"")),
    ("compact Content-Length", length(b"l: %d")),
    ("blanks around the colon", length(b"Content-Length \t:  %d \t")),
    ("folded Content-Length", length(b"Content-Length:\r\n  %d")),
    ("zeros before it", length(b"Content-Length: 0000%d")),
    ("line ends behind the body", lambda raw: raw + b"\r\n\r\n"),
    ("another request behind the body",
     lambda raw: raw + b"BYE sip:204@x SIP/2.0\r\n\r\n"),
    ("NULs behind the body", lambda raw: raw + b"\0" * 64),
    ("headers that may be many", headed(
        b"Record-Route: <sip:a.invalid;lr>", b"Record-Route: <sip:b.invalid>",
        b"Subject: one", b"Subject: two", b"Max-Forwards: 69",
        b"User-Agent: one", b"User-Agent: two")),
    # Names that libre's hash gives the number of To, From, Call-ID, CSeq,
    # Content-Type and Content-Length
    ("names with the numbers of others", headed(
        b"Note-6718: x", b"Note-1841: x", b"Note-7215: x", b"Note-1824: x",
        b"Note-4079: x", b"Note-1064: 1")),
    ("quotes within quotes",
     swapped(b"From", b'"A \\"B\\", <C>; \\\\" <sip:1@127.0.0.1>;tag=1')),
    ("an open quote in free text", headed(b'Subject: 19" rack')),
    ("a quote in a Call-ID",
     lambda raw: raw.replace(b"@peer", b'"@peer')),
]

ACCEPTS_THAT_RING = [
    (), (b"Accept: application/sdp",), (b"accept: Application/SDP;level=1",),
    (b"Accept: text/plain, application/sdp",), (b"Accept: */*",),
    (b"Accept: text/plain", b"Accept: application/x, application/*;q=0.1"),
]
ACCEPTS_THAT_DO_NOT = [
    (b"Accept: text/plain",), (b"Accept: application/sdpx",), (b"Accept:",),
    (b"Accept: application/sdp;q=0.0",), (b"Accept: text/*, image/*",),
    (b"Accept: sdp",),
]

GARBAGE = b"<audio/>\r\n"
NO_CODEC = sdp.build("127.0.0.1", 9, (18,))
OFFER = sdp.build("127.0.0.1", 9, (sdp.PCMA,))

# headers, body, status
BODIES = [
    ([("Content-Type", "application/sdp")], OFFER, 180),
    ([("c", "Application/SDP;charset=x")], OFFER, 180),
    ([("Content-Type", "application/sdp")], b"", 180),
    ([("Content-Type", "text/plain")], b"", 180),
    ([("Content-Type", "application/sdp"),
      ("Content-Encoding", "identity")], OFFER, 180),
    ([("Content-Type", "application/isup"),
      ("Content-Disposition", "signal;handling=optional")], GARBAGE, 180),
    ([("Content-Type", "application/isup"),
      ("Content-Disposition", "signal;handling=required")], GARBAGE, 415),
    ([("Content-Type", "application/isup")], GARBAGE, 415),
    ([("Content-Type", "application/sdp-not")], OFFER, 415),
    ([("Content-Type", "text/sdp")], OFFER, 415),
    ([("Content-Type", "application/sdp"),
      ("Content-Encoding", "gzip")], OFFER, 415),
    ([("Content-Type", "application/sdp")], GARBAGE, 400),
    ([("Content-Type", "application/sdp")], OFFER[:-2], 400),
    ([("Content-Type", "application/sdp")], OFFER.replace(b"audio ", b""),
     400),
    ([("Content-Type", "application/sdp")],
     OFFER.replace(b"v=0", b"v=1"), 400),
    ([("Content-Type", "application/sdp")], NO_CODEC, 488),
]


def multipart(*parts, boundary=b"cut", preamble=b""):
    """A body of parts, each (headers, content)."""
    text = preamble
    for headers, content in parts:
        text += b"--%b\r\n%b\r\n\r\n%b\r\n" % (boundary, headers, content)
    return text + b"--%b--\r\n" % boundary


SDP_PART = (b"Content-Type: application/sdp", OFFER)
ISUP_PART = (b"Content-Type: application/isup\r\n"
             b"Content-Disposition: signal;handling=optional",
             b"\x01\0\x60\r\n--cutter\r\n\xff")

# type, body, status
MULTIPARTS = [
    ("multipart/mixed;boundary=cut", multipart(SDP_PART), 180),
    ("multipart/mixed ; boundary=cut ; x=y", multipart(SDP_PART), 180),
    ('Multipart/Mixed; x=y; boundary="cut"',
     multipart(SDP_PART, ISUP_PART), 180),
    ("multipart/alternative;boundary=cut",
     multipart(ISUP_PART, SDP_PART), 180),
    ("multipart/mixed;boundary=cut",
     multipart(SDP_PART, preamble=b"For readers of old\r\n"), 180),
    ('multipart/mixed;boundary="a b;c, d"',
     multipart(SDP_PART, boundary=b"a b;c, d"), 180),
    ("multipart/mixed;boundary=" + "b" * 70,
     multipart(SDP_PART, boundary=b"b" * 70), 180),
    ("multipart/mixed;boundary=cut", multipart(ISUP_PART), 415),
    ("multipart/mixed;boundary=other", multipart(SDP_PART), 400),
    ("multipart/mixed;boundary=", multipart(SDP_PART), 400),
    ("multipart/mixed", multipart(SDP_PART), 400),
    ("multipart/mixed;boundary=cut", b"--cut", 400),
    ("multipart/mixed;boundary=cut", b"--cut\r\n--cut\r\n--cut--", 415),
    ("multipart/mixed;boundary=cut",
     multipart((SDP_PART[0], GARBAGE)), 400),
]
PATTERN = "[a]+[b]+[c]+[d]+[e]+[f]+[g]+[h]+"
MATCHING = multipart(SDP_PART, boundary=b"abcdefgh")


class SoundTest(WireTest):
    """Sends an INVITE that was edited; sees what came of it."""

    def send(self, edit=lambda raw: raw, endpoint=None, transport="udp",
             **more):
        endpoint = endpoint or self.peer
        where = self.phone.addresses[transport]
        call = OutgoingCall(endpoint, where, transport=transport, **more)
        call.invite_bytes = edit(call.invite_bytes)
        call.call_id = message.parse(call.invite_bytes).call_id
        call.sent = endpoint.mark()
        return call.invite()

    def answer(self, call):
        """The first response: 180, and then it is declined, or a refusal."""
        answer = call.endpoint.wait_for(
            lambda m: m.is_response and m.status > 100 and call.mine(m),
            start=call.sent).message
        if answer.status == 180:
            self.phone.wait_state("incoming")
            self.leave()
            self.assertEqual(call.final().status, 603)
        else:
            self.assertNotEqual(self.phone.state, "incoming")
            if call.transport == "udp":
                call.ack(answer)
            self.leave()
        return answer

    def leave(self):
        """Back to idle, without a key too many: it would meet the next."""
        while (state := self.phone.state) != "idle":
            self.phone.tap("reject")
            self.phone.wait(lambda s: s["state"] != state)

    def check(self, status, edit=lambda raw: raw, **more):
        answer = self.answer(self.send(edit, **more))
        self.assertEqual(answer.status, status)
        return answer


class Framing(SoundTest):
    def test_what_looks_odd_rings(self):
        for name, edit in HONEST:
            with self.subTest(name):
                self.check(180, edit)

    def test_late_offers_ring(self):
        for name, edit in [("Content-Length 0", lambda raw: raw),
                           ("none", length(b"")),
                           ("line ends behind it", lambda raw: raw + b"\r\n"),
                           ("none, and line ends",
                            lambda raw: length(b"")(raw) + b"\r\n")]:
            with self.subTest(name):
                self.check(180, edit, body=b"")

    def test_a_retransmission_is_the_same_call(self):
        call = self.ring()
        call.invite()
        time.sleep(SETTLE_S)
        self.assertEqual(set(call.statuses()), {180})
        self.phone.hangup()
        self.assertEqual(len(self.phone.wait_calls(1)), 1)

    def test_a_body_shorter_than_its_length_is_refused_each_time(self):
        call = self.send(to_its_end)
        self.assertEqual(self.answer(call).status, 400)
        call.invite()
        time.sleep(SETTLE_S)
        self.assertEqual(call.statuses(), [400, 400])
        self.assertEqual(self.phone.calls(), [])

    def test_a_length_that_is_none_is_refused(self):
        for name, edit in LENGTHS_THAT_ARE_NONE:
            with self.subTest(name):
                self.check(400, edit)
        self.check(400, length(b"Content-Length: 4294967296"))
        self.check(400, length(b"Content-Length: " + b"9" * 40))
        self.assert_rings()

    def test_on_a_stream_it_is_the_connections_end(self):
        rows = [*LENGTHS_THAT_ARE_NONE, ("none", length(b""))]
        for name, edit in rows:
            with self.subTest(name), Endpoint() as stranger:
                call = self.send(edit, stranger, "tcp")
                self.assertEqual(self.answer(call).status, 400)
                deadline = time.monotonic() + 1
                while stranger.connected(self.phone.tcp) \
                        and time.monotonic() < deadline:
                    time.sleep(SETTLE_S / 10)
                self.assertFalse(stranger.connected(self.phone.tcp))
        self.assert_rings(transport="tcp")

    def test_a_length_beyond_32_bits_hides_no_request(self):
        with Endpoint() as stranger:
            hidden = OutgoingCall(stranger, self.phone.tcp, transport="tcp")
            call = self.send(
                lambda raw: length(b"Content-Length: 4294967296")(raw)
                + hidden.invite_bytes, stranger, "tcp", body=b"")
            time.sleep(SETTLE_S)
            self.assertEqual(call.statuses() + hidden.statuses(), [])
            self.assertEqual(self.phone.state, "idle")

    def test_on_a_stream_the_rest_of_a_body_is_waited_for(self):
        call = OutgoingCall(self.peer, self.phone.tcp, transport="tcp")
        call.sent = self.peer.mark()
        raw = call.invite_bytes
        for part in raw[:-20], raw[-20:-1]:
            self.peer.send(part, self.phone.tcp, "tcp")
            time.sleep(SETTLE_S)
            self.assertEqual(call.statuses(), [])
        self.peer.send(raw[-1:], self.phone.tcp, "tcp")
        self.assertEqual(self.answer(call).status, 180)


class Unsound(SoundTest):
    def test_headers_that_come_once_must_not_come_twice(self):
        for name, edit in REPEATED:
            with self.subTest(name):
                answer = self.check(400, edit)
                for header in "From", "To", "Call-ID", "CSeq":
                    self.assertEqual(len(answer.all(header)), 1)
        self.assert_rings()

    def test_a_quote_must_end(self):
        for name, edit in OPEN_QUOTES:
            with self.subTest(name):
                self.check(400, edit)
        self.assert_rings()

    def test_responses_that_are_not_sound_are_none(self):
        rows = [*REPEATED, OPEN_QUOTES[0],
                ("too short", to_its_end), *LENGTHS_THAT_ARE_NONE]
        self.phone.dial(self.peer.uri("anna"))
        call = IncomingCall.wait(self.peer)
        call.reply(180)
        self.phone.wait_state("ringback")
        for name, edit in rows:
            with self.subTest(name):
                raw = call.reply(100, headers=[
                    ("Content-Type", "text/plain")]).replace(
                        b" 100 Trying", b" 486 Busy Here")
                raw = edit(raw.replace(b"Content-Length: 0",
                                       b"Content-Length: 3") + b"abc")
                self.peer.send(raw, call.peer)
        time.sleep(SETTLE_S)
        self.assertEqual(self.phone.state, "ringback")
        call.refuse(486)
        self.phone.wait_state("result")


class Accept(SoundTest):
    def test_who_takes_sdp_is_rung_for(self):
        for lines in ACCEPTS_THAT_RING:
            with self.subTest(lines):
                self.check(180, headed(*lines))
                self.check(180, headed(*lines), body=b"")

    def test_who_does_not_gets_406(self):
        for lines in ACCEPTS_THAT_DO_NOT:
            with self.subTest(lines):
                self.check(406, headed(*lines))
                self.check(406, headed(*lines), body=b"")


class Require(SoundTest):
    def test_all_that_is_not_supported_is_named(self):
        lines = headed(b"Require: alpha, beta", b"Require: gamma")
        self.assertEqual(self.check(420, lines).get("Unsupported"),
                         "alpha, beta, gamma")

    def test_options_get_420_also(self):
        call = OutgoingCall(self.peer, self.phone.address)
        request = call.request("OPTIONS", [("Require", "alpha,beta")])
        answer = call.transact(request)
        self.assertEqual(answer.status, 420)
        self.assertEqual(answer.get("Unsupported"), "alpha, beta")
        self.assertEqual(
            options(self.peer, self.phone.address)[0].status, 200)

    def test_nothing_and_what_is_for_proxies_is_not_minded(self):
        self.check(180, headed(b"Require:"))
        self.check(180, headed(b"Proxy-Require: alpha"))
        self.check(180, headed(b"Supported: alpha"))


class Bodies(SoundTest):
    def test_a_body_is_refused_as_what_it_is(self):
        for headers, body, status in BODIES:
            with self.subTest(f"{headers} {body[:20]}"):
                answer = self.check(status, headers=headers, body=body)
                if status == 415:
                    self.assertIn("application/sdp", answer.get("Accept"))
        self.assert_rings()

    def test_a_body_without_a_type_is_sdp(self):
        def untyped(raw):
            return raw.replace(b"Content-Type: application/sdp\r\n", b"")
        self.check(180, untyped)
        self.check(400, untyped, body=GARBAGE)
        self.assert_rings()

    def test_an_offer_within_a_call_is_no_different(self):
        call = self.ring()
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        self.phone.wait_state("talking")
        rows = [("text/plain", GARBAGE, 488),
                ("application/sdp", GARBAGE, 488),
                ("multipart/mixed;boundary=cut", multipart(ISUP_PART), 488),
                ("multipart/mixed;boundary=cut", multipart(SDP_PART), 200),
                ("application/sdp", OFFER, 200)]
        for kind, body, status in rows:
            with self.subTest(f"{kind} {body[:20]}"):
                request = call.request("INVITE", [("Content-Type", kind)],
                                       body)
                answer = call.transact(request)
                branch = request.branch if status >= 300 else None
                call.send(call.request("ACK", cseq=call.cseq, branch=branch))
                self.assertEqual(answer.status, status)
                if status == 200:
                    self.assertEqual(sdp.Media(answer.body).codecs,
                                     [sdp.PCMA])
        self.assertEqual(call.bye().status, 200)


class Multipart(SoundTest):
    def test_sdp_is_found_among_the_parts(self):
        for kind, body, status in MULTIPARTS:
            with self.subTest(f"{kind} {body[:30]}"):
                self.check(status, headers=[("Content-Type", kind)],
                           body=body)
        self.assert_rings()

    def test_what_is_found_is_what_is_answered(self):
        kind = "multipart/mixed;boundary=cut"
        call = self.ring(headers=[("Content-Type", kind)],
                         body=multipart(ISUP_PART, SDP_PART))
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        self.assertEqual(call.media.codecs, [sdp.PCMA])

    def test_a_boundary_is_no_pattern(self):
        for boundary in PATTERN, f'"{PATTERN}"', "[", "[a", "[a]+", "\\":
            with self.subTest(boundary):
                kind = f"multipart/mixed;boundary={boundary}"
                self.check(400, headers=[("Content-Type", kind)],
                           body=MATCHING)
        self.assert_rings()

    def test_nor_in_the_answer_to_our_call(self):
        kind = f"multipart/mixed;boundary={PATTERN}"
        for status in 183, 200:
            with self.subTest(status):
                start = self.peer.mark()
                self.phone.dial(self.peer.uri("anna"))
                call = IncomingCall.wait(self.peer, start=start)
                call.reply(status, headers=[("Content-Type", kind)],
                           body=MATCHING)
                time.sleep(SETTLE_S)
                self.assert_alive()
                self.phone.hangup()
        self.assert_rings()

    def test_our_call_may_be_answered_in_parts(self):
        self.phone.dial(self.peer.uri("anna"))
        call = IncomingCall.wait(self.peer)
        call.reply(200, headers=[("Content-Type",
                                  "multipart/mixed;boundary=cut")],
                   body=multipart(ISUP_PART, SDP_PART))
        call.wait_ack()
        self.phone.wait_state("talking")
        self.assertIn("PCMA", self.phone.show()["media"]["codec"].upper())


if __name__ == "__main__":
    unittest.main()
