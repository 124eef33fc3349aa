"""Texts that a stranger chose: the phone lives, answers, and shows none.

After each the phone answers OPTIONS without a stall, its screen has no
control character, and the next call rings.
"""

import contextlib
import os
import time
import unicodedata

from support import (UNLIMITED, Endpoint, IncomingCall, WireTest,
                     unittest)

from peer.dialog import OutgoingCall
from peer.ping import Pinger

# A stall counts if it comes each time: a busy machine also hesitates
STALL_S = float(os.environ.get("RINGFENCE_STALL_MS", "50")) / 1000
TRIES = 3
LOOK_S = 0.1
SPOOFING = {chr(c) for c in (*range(0x202A, 0x202F),
                             *range(0x2066, 0x206A))}

FORMATS = "%s%n%H%p%x%s%s%n"
DATAGRAM_MAX = 8192     # what is longer is dropped unread
COLONS = ":" * 6800
# A reader that begins anew at each of them takes time by the square
SLOW = f"{COLONS} x"

# name of the row, the From header's value
ADDRESSES = [
    ("format in the user part", f"<sip:{FORMATS}@127.0.0.1>"),
    ("long format in the user part", f"<sip:{'%H' * 60}@127.0.0.1>"),
    ("escaped space in the user part", "<sip:Room%20Hall@127.0.0.1>"),
    ("format in the host", "<sip:100@%s%H%n.invalid>"),
    ("format in the display name", f'"{FORMATS}" <sip:100@127.0.0.1>'),
    ("escaped space in the name", '"Room%20Hall" <sip:100@127.0.0.1>'),
    ("widths in the name", '"%999999999d%*.*s%hhn" <sip:100@127.0.0.1>'),
    ("control characters",
     '"\x1b[2J\x07\x08\x7fBell\x01\t\x1f" <sip:100@127.0.0.1>'),
    ("C1 control characters", '"\x9b2J\x85\x90" <sip:100@127.0.0.1>'),
    ("a NUL in the name", '"Zo\x00e" <sip:100@127.0.0.1>'),
    ("escaped controls in the user part", "<sip:%00%1b%0d%0a@127.0.0.1>"),
    ("bytes ff fe", '"\udcff\udcfe\udcff" <sip:100@127.0.0.1>'),
    ("ff fe in the user part", "<sip:\udcff\udcfe@127.0.0.1>"),
    ("cut UTF-8", '"Zo\udcc3" <sip:100@127.0.0.1>'),
    ("overlong UTF-8", '"\udcc0\udcaf\udce0\udc80\udcaf" '
                       '<sip:100@127.0.0.1>'),
    ("surrogates in UTF-8", '"\udced\udca0\udc80" <sip:100@127.0.0.1>'),
    ("writing turned round", '"\u202egnp.elif\u2066" <sip:100@127.0.0.1>'),
    ("quotes and brackets", '"\\"<sip:x@y>\\"" <sip:100@127.0.0.1>'),
    ("no name, no user", "<sip:127.0.0.1>"),
    ("a tel URI", "<tel:+4930123;phone-context=x>"),
    ("nothing at all", ""),
    ("only brackets", "<>"),
    ("an open bracket", "<sip:100@127.0.0.1"),
    ("7 KB of name", f'"{"n" * 7000}" <sip:100@127.0.0.1>'),
    ("7 KB of user part", f"<sip:{'1' * 7000}@127.0.0.1>"),
    ("7 KB of colons", COLONS),
    ("7 KB of colons and a word", SLOW),
    ("7 KB of semicolons and a word", f"{';' * 6800} x"),
    ("7 KB of colons before an address", f"{COLONS}<sip:>"),
    ("7 KB of colons after an address", f"<sip:100@x>{COLONS}"),
    ("7 KB of quotes", f"{chr(34) * 7001}<sip:100@127.0.0.1>"),
    ("7 KB of brackets", "<" * 7000),
    ("7 KB of parameters", f"<sip:100@127.0.0.1>{';a=b' * 1700}"),
]

# headers that replace or join those of a proper INVITE
OTHERS = [
    ("Contact of colons", [("Contact", SLOW)]),
    ("Reply-To of colons", [("Reply-To", SLOW)]),
    ("Route of colons", [("Route", SLOW)]),
    ("a second From, compact", [("f", SLOW)]),
    ("a second To, folded", [("t", f"{COLONS}\r\n x")]),
    ("Route of commas", [("Route", "<sip:a;lr>," * 600)]),
    ("Via repeated", [("Via", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx")]
     * 120),
    ("Subject with a format", [("Subject", FORMATS)]),
    ("identity with a format",
     [("P-Asserted-Identity", f'"{FORMATS}" <sip:{FORMATS}@x>')]),
    ("Alert-Info with a format", [("Alert-Info", f"<{FORMATS}>")]),
    ("User-Agent with a format", [("User-Agent", FORMATS)]),
    ("Reason and Diversion",
     [("Diversion", f"<sip:{FORMATS}@x>;reason=%s%n"),
      ("Reason", f"SIP;text=\"{FORMATS}\"")]),
    ("800 small headers", [("X", "y")] * 800),
]


class HostileTest(WireTest):
    MORE = UNLIMITED

    def setUp(self):
        super().setUp()
        self.phone.clock("2026-11-20T10:00:00+01:00")

    @contextlib.contextmanager
    def row(self, name):
        """A subtest with a phone that lives: the one before may not."""
        if not self.phone.alive:
            self.setUp()
        with self.subTest(name):
            yield

    def strange(self):
        """What on the screen or in the history must not be there."""
        text = list(self.phone.show()["lines"])
        for entry in self.phone.calls()[:3]:
            text += [entry[k] or "" for k in ("number", "uri", "name",
                                              "phrase")]
        return [c for c in "".join(text)
                if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
                or c in SPOOFING]

    def check_after(self):
        self.assert_alive()
        self.assertEqual(self.strange(), [])
        self.assert_rings()

    def stall(self, attack):
        """The worst answer to OPTIONS, the best of some tries."""
        worst = []
        for _ in range(TRIES):
            with Pinger(self.phone.address) as pinger:
                attack()
                time.sleep(LOOK_S)
                self.assertEqual(self.strange(), [])
            worst.append(pinger.worst)
            self.phone.hangup()
            if worst[-1] < STALL_S:
                break
        return min(worst)

    def attack(self, **more):
        """Call; take back what rings."""
        call = self.call(**more)
        self.assertLessEqual(len(call.invite_bytes), DATAGRAM_MAX)
        try:
            answer = self.peer.wait_for(
                lambda m: m.is_response and call.mine(m)
                and m.status > 100, timeout=LOOK_S).message
        except TimeoutError:
            return
        self.assertEqual(self.strange(), [])
        if answer.status < 200:
            call.cancel()
        call.final()


class InvitesByUdp(HostileTest):
    def test_addresses(self):
        for name, value in ADDRESSES:
            with self.row(name):
                self.assertLess(self.stall(
                    lambda: self.attack(from_value=value)), STALL_S)
                self.check_after()

    def test_other_headers(self):
        for name, headers in OTHERS:
            with self.row(name):
                self.assertLess(self.stall(
                    lambda: self.attack(headers=headers)), STALL_S)
                self.check_after()


class Bytes(HostileTest):
    def test_what_is_no_sip_at_all(self):
        rows = [b"\0", b"\r\n\r\n", b"\xff\xfe" * 500, b"%s%n%H" * 100,
                b"INVITE", b"INVITE sip:204@x SIP/2.0\r\n\r\n",
                b"SIP/2.0 200 OK\r\n\r\n", b"SIP/2.0 999 %s%n\r\n\r\n",
                b"INVITE " + b"a" * 7000 + b" SIP/2.0\r\n\r\n",
                b":" * 8000 + b"\r\n\r\n", b"A" * 60000]
        for row in rows:
            with self.row(row[:30]):
                self.assertLess(self.stall(
                    lambda: self.peer.send(row, self.phone.address)),
                    STALL_S)
        self.check_after()

    def test_stray_responses_with_formats(self):
        for status in 100, 180, 200, 407, 486, 603:
            self.peer.send(
                f"SIP/2.0 {status} %s%n%H\r\n"
                f"Via: SIP/2.0/UDP {self.phone.address[0]}:"
                f"{self.phone.address[1]};branch=z9hG4bKstray\r\n"
                "From: <sip:204@x>;tag=1\r\nTo: <sip:%s%H@x>;tag=2\r\n"
                "Call-ID: %s%H\r\nCSeq: 1 INVITE\r\n"
                "Content-Length: 0\r\n\r\n".encode(), self.phone.address)
        self.check_after()


class ByTcp(HostileTest):
    def attack_tcp(self, **more):
        """From an endpoint of its own: the connection may be closed."""
        with Endpoint() as stranger:
            call = OutgoingCall(stranger, self.phone.tcp, transport="tcp",
                                **more)
            try:
                call.invite()
                answer = stranger.wait_for(
                    lambda m: m.is_response and m.status > 100,
                    timeout=LOOK_S).message
                if answer.status < 200:
                    self.assertEqual(self.strange(), [])
                    call.cancel()
                    call.final()
            except (TimeoutError, OSError):
                pass

    def test_60_kb_of_name_colons_or_headers(self):
        rows = [
            ("name", {"from_value": f'"{"n" * 60000}" <sip:100@x>'}),
            ("colons", {"from_value": f"{':' * 60000} x"}),
            ("colons, 15 KB", {"from_value": f"{':' * 15000} x"}),
            ("contact", {"headers": [("Contact", f"{':' * 60000} x")]}),
            ("headers", {"headers": [("X-%d" % n, "y")
                                     for n in range(6000)]}),
            ("body", {"body": b"v=0\r\n" + b"a=x:%s%n\r\n" * 6000}),
            ("formats", {"from_value": f"<sip:{'%H' * 30000}@x>"}),
        ]
        for name, more in rows:
            with self.row(name):
                self.assertLess(self.stall(
                    lambda: self.attack_tcp(**more)), STALL_S)
                self.check_after()

    def test_60_kb_in_pieces(self):
        def pieces():
            with Endpoint() as stranger:
                raw = b"INVITE sip:204@x SIP/2.0\r\nFrom: " + b":" * 60000
                try:
                    for at in range(0, len(raw), 3000):
                        stranger.send(raw[at:at + 3000], self.phone.tcp,
                                      "tcp")
                        time.sleep(0.002)
                except OSError:
                    pass
        self.assertLess(self.stall(pieces), STALL_S)
        self.check_after()

    def test_a_head_without_an_end(self):
        def endless():
            with Endpoint() as stranger:
                try:
                    for _ in range(20):
                        stranger.send(b"X: " + b"y" * 4000 + b"\r\n",
                                      self.phone.tcp, "tcp")
                except OSError:
                    pass
        self.assertLess(self.stall(endless), STALL_S)
        self.check_after()

    def test_lengths_that_lie(self):
        for length in "-1", "99999999999", "0x10", "":
            with Endpoint() as stranger:
                raw = ("OPTIONS sip:204@x SIP/2.0\r\n"
                       "Via: SIP/2.0/TCP x;branch=z9hG4bK1\r\n"
                       "From: <sip:a@x>;tag=1\r\nTo: <sip:204@x>\r\n"
                       "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\n"
                       f"Content-Length: {length}\r\n\r\n").encode()
                stranger.send(raw, self.phone.tcp, "tcp")
                time.sleep(0.05)
        self.check_after()


class OurCalls(HostileTest):
    PHRASES = ["%s%H", "%H%H%H%H", "%s%s%s%s%n", "\x1b[2J\x07",
               "\udcff\udcfe", "\u202egnp", "%" * 500, ""]

    def test_phrases_of_refusals(self):
        for status in 480, 486, 603:
            for phrase in self.PHRASES:
                with self.row(f"{status} {phrase[:16]!a}"):
                    start = self.peer.mark()
                    self.phone.dial(self.peer.uri("anna"))
                    call = IncomingCall.wait(self.peer, start=start)
                    call.refuse(status, phrase)
                    self.phone.wait_state("result")
                    self.assertEqual(self.strange(), [])
                    entry = self.phone.calls()[0]
                    self.assertEqual(entry["code"], status)
                    self.phone.hangup()
        self.check_after()

    def test_a_phrase_that_is_too_long_is_cut_or_not_read(self):
        for phrase in "%" * 3000, "n" * 7000, "%H" * 3500:
            start = self.peer.mark()
            self.phone.dial(self.peer.uri("anna"))
            call = IncomingCall.wait(self.peer, start=start)
            call.reply(180)
            self.phone.wait_state("ringback")
            call.reply(486, phrase)
            time.sleep(LOOK_S)
            self.assertEqual(self.strange(), [])
            if self.phone.state == "ringback":
                self.phone.tap("reject")
                call.wait_cancel()
            self.phone.hangup()
        self.check_after()

    def test_phrases_and_headers_of_progress(self):
        for status in 180, 183:
            start = self.peer.mark()
            self.phone.dial(self.peer.uri("anna"))
            call = IncomingCall.wait(self.peer, start=start)
            call.reply(status, "%s%n%H", headers=[
                ("Contact", "<sip:%s%H@127.0.0.1>"),
                ("Warning", '399 %s%H "%s%n"')])
            self.phone.wait_state("ringback")
            call.refuse(486, "%s%H", headers=[
                ("Retry-After", "%s%n"), ("Reason", "%H%H;cause=%s"),
                ("Warning", "%s%H")])
            self.phone.wait_state("result")
            self.assertEqual(self.strange(), [])
            self.phone.hangup()
        self.check_after()

    def test_boundaries_of_a_body_in_parts(self):
        for edge, body in (
                ("x" + "[^]+" * 8, b"--x" + b"--x y" * 8),
                ('"x[a]*[b]*[c]*[d]*[e]*[f]*[g]*[h]*"', b"--x--x"),
                ("x", b"--x--x--x\r\n\r\nv=0"), ("%s%n", b"--%s%n"),
                ("x", b"--"), ("", b"----")):
            for status in 183, 200:
                with self.row(f"{status} {edge}"):
                    start = self.peer.mark()
                    self.phone.dial(self.peer.uri("anna"))
                    call = IncomingCall.wait(self.peer, start=start)
                    call.reply(status, body=body, headers=[
                        ("Content-Type", "multipart/mixed;boundary="
                         + edge)])
                    if status < 200:
                        self.phone.wait_state("ringback")
                        call.refuse(486)
                    else:
                        call.wait_bye()
                    self.phone.wait_state("result")
                    self.phone.hangup()
        self.check_after()

    def test_retry_after_values_that_make_no_sense(self):
        for value in "-1", "4294967296", "99999999999999999999", "x", "":
            start = self.peer.mark()
            self.phone.dial(self.peer.uri("anna"))
            IncomingCall.wait(self.peer, start=start).refuse(
                480, headers=[("Retry-After", value)])
            show = self.phone.wait_state("result")
            self.assertEqual(show["lines"][1], "Not available")
            self.phone.hangup()
        self.check_after()

    def test_a_hostile_answer_to_our_call(self):
        start = self.peer.mark()
        self.phone.dial(self.peer.uri("anna"))
        call = IncomingCall.wait(self.peer, start=start)
        call.reply(200, "%s%H%n",
                   body=b"v=0\r\no=%s%n 1 1 IN IP4 %H\r\ns=%s\r\n"
                        b"c=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                        b"m=audio 9 RTP/AVP 0\r\na=%s:%n%H\r\n")
        call.wait_ack()
        time.sleep(LOOK_S)
        self.assertEqual(self.strange(), [])
        self.phone.hangup()
        self.check_after()


if __name__ == "__main__":
    unittest.main()
