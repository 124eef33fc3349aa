"""From whom the phone takes anything at all: accept_from.

The registrar has 127.0.0.1; who speaks from another address is a stranger.
"""

import socket
import struct
import time

from support import (Endpoint, IncomingCall, OutgoingCall, RegisterTest,
                     WireTest, unittest)

from peer import message as sip
from peer.dialog import new_branch, new_tag, via
from peer.nameserver import NameServer
from peer.registrar import Registrar

METHODS = ("INVITE", "OPTIONS", "SUBSCRIBE", "MESSAGE", "NOTIFY", "REGISTER",
           "BYE", "CANCEL", "PRACK", "UPDATE", "INFO", "REFER", "PUBLISH",
           "NONSENSE", "SIP/2.0")
JUNK = (b"hello\r\n\r\n", b"\0" * 40, b"SIP/2.0 sip:204@h SIP/2.0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: phone\r\n\r\n")
STUN_COOKIE = 0x2112a442
STUN_BINDING = struct.pack("!HHI12s", 1, 0, STUN_COOKIE, b"transaction.")
SETTLE_S = 0.3
SAYS_ONCE = "ignored what strangers sent"


def request(endpoint, method, to_tag=None, call_id=None, transport="udp"):
    """A request outside of any call."""
    to = "<sip:204@phone>" + (f";tag={to_tag}" if to_tag else "")
    return sip.Message.request(method, "sip:204@phone", [
        ("Via", via(endpoint, transport, new_branch())),
        ("Max-Forwards", "70"),
        ("From", f"<sip:9@{endpoint.host}>;tag={new_tag()}"), ("To", to),
        ("Call-ID", call_id or new_tag()), ("CSeq", f"1 {method}"),
        ("Contact", f"<{endpoint.uri()}>")])


class StrangerTest(RegisterTest):
    """`peer` is a stranger, `other` stands at the registrar's address."""

    def setUp(self):
        super().setUp()
        self.other = self.peer
        self.peer = self.enterContext(Endpoint(host="127.0.0.2"))
        self.wait_registration("ok")

    def send(self, message, transport="udp"):
        """Send it; a connection may be refused or cut."""
        try:
            self.peer.send(message, self.phone.addresses[transport],
                           transport)
        except OSError:
            if transport == "udp":
                raise

    def assert_silent(self):
        time.sleep(SETTLE_S)
        self.assertEqual(self.peer.received(), [])
        self.assertEqual(self.phone.state, "idle")
        self.assertEqual(self.phone.calls(), [])

    def registrar_calls(self, endpoint=None, **more):
        """A call from the registrar's address: it rings."""
        call = OutgoingCall(endpoint or self.other, self.phone.address,
                            **more).invite()
        call.wait(180)
        return call


class Strangers(StrangerTest):
    def check_methods(self, transport):
        for method in METHODS:
            for to_tag in None, "1":
                self.send(request(self.peer, method, to_tag,
                                  transport=transport), transport)
        for junk in JUNK:
            self.send(junk, transport)
        self.assert_silent()
        self.assertGreaterEqual(self.phone.show()["ignored"],
                                1 if transport == "tcp"
                                else 2 * len(METHODS) + len(JUNK))
        call = self.registrar_calls()
        call.cancel()
        self.assertEqual(call.final().status, 487)

    def test_no_method_is_answered_by_udp(self):
        self.check_methods("udp")

    def test_no_method_is_answered_by_tcp(self):
        self.check_methods("tcp")

    def test_no_connection_stands(self):
        with socket.create_connection(
                self.phone.tcp, source_address=("127.0.0.2", 0)) as sock:
            sock.settimeout(2)
            try:
                sock.sendall(b"\r\n\r\n")
                self.assertEqual(sock.recv(16), b"")
            except ConnectionError:
                pass

    def test_stun_is_not_answered(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind(("127.0.0.2", 0))
            sock.settimeout(SETTLE_S)
            sock.sendto(STUN_BINDING, self.phone.address)
            with self.assertRaises(TimeoutError):
                sock.recv(1500)

    def test_a_flood_of_them_is_told_in_one_line(self):
        for _ in range(50):
            self.send(request(self.peer, "INVITE"))
        self.phone.wait(lambda s: s["ignored"] == 50)
        told = [line for line in self.phone.said if SAYS_ONCE in line]
        self.assertEqual(len(told), 1)
        self.assertIn("127.0.0.2", told[0])

    def test_what_our_requests_are_answered_passes(self):
        """A response is ours by its transaction, or nobody's."""
        for status in 180, 200, 486:
            self.send(sip.Message.response(status, "OK", request(
                self.peer, "INVITE").headers))
        self.assert_silent()
        self.assertEqual(self.phone.show()["ignored"], 0)


class Registrars(StrangerTest):
    def test_it_calls_from_any_port(self):
        self.assertNotEqual(self.other.port, self.registrar.endpoint.port)
        call = self.registrar_calls()
        call.cancel()
        self.assertEqual(call.final().status, 487)
        self.assertEqual(self.phone.show()["ignored"], 0)

    def test_it_calls_by_tcp(self):
        call = OutgoingCall(self.other, self.phone.tcp,
                            transport="tcp").invite()
        call.wait(180)
        call.cancel()
        self.assertEqual(call.final().status, 487)

    def test_its_other_requests_are_answered(self):
        for method, status in (("OPTIONS", 200), ("SUBSCRIBE", 489)):
            start = self.other.mark()
            self.other.send(request(self.other, method), self.phone.address)
            answer = self.other.wait_for(lambda m: m.is_response,
                                         start=start).message
            self.assertGreaterEqual(answer.status, 200)


class FarEnd(StrangerTest):
    """Our call went through the registrar, the far end speaks itself."""

    def setUp(self):
        super().setUp()
        self.phone.dial("55")
        proxy = self.registrar.endpoint
        self.call = IncomingCall.wait(proxy)
        self.call.codecs = self.call.codecs[:1]
        self.call.reply(200, headers=[
            ("Contact", f"<{self.peer.uri('55')}>")],
            body=self.call.description())
        self.phone.wait_state("talking")
        self.ack = self.peer.wait_request("ACK")

    def bye(self, transport="udp", call_id=None):
        message = self.call.request("BYE")
        message.set("Via", via(self.peer, transport, new_branch()))
        message.set("Call-ID", call_id or self.call.call_id)
        return message

    def answer_to(self, message, start=0):
        return self.peer.wait_for(
            lambda m: m.is_response and m.branch == message.branch,
            start=start, what="answer to BYE").message

    def check_bye(self, transport):
        bye = self.bye(transport)
        self.send(bye, transport)
        self.assertEqual(self.answer_to(bye).status, 200)
        self.phone.wait(lambda s: s["state"] != "talking")
        self.assertEqual(self.phone.calls()[0]["decided_by"], "none")
        return bye

    def test_it_hangs_up_by_udp(self):
        self.check_bye("udp")

    def test_it_hangs_up_by_tcp(self):
        self.check_bye("tcp")

    def test_its_bye_is_answered_again(self):
        bye = self.check_bye("udp")
        start = self.peer.mark()
        self.send(bye)
        self.assertEqual(self.answer_to(bye, start).status, 200)

    def test_nobody_else_hangs_up(self):
        start = self.peer.mark()
        self.send(self.bye(call_id="guessed"))
        self.send(request(self.peer, "INVITE"))
        self.send(request(self.peer, "OPTIONS", call_id=self.call.call_id))
        time.sleep(SETTLE_S)
        self.assertEqual(self.peer.received(start=start), [])
        self.assertEqual(self.phone.state, "talking")
        self.assertEqual(self.phone.show()["ignored"], 3)

    def test_it_is_no_stranger_to_our_own_bye(self):
        self.phone.tap("reject")
        entry = self.peer.wait_request("BYE")
        self.assertEqual(entry.message.call_id, self.call.call_id)


class Lan(StrangerTest):
    ACCOUNT_MORE = "accept_from = lan\n"

    def test_a_neighbour_rings(self):
        self.assert_rings()
        self.assertEqual(self.phone.show()["ignored"], 0)


class Anyone(StrangerTest):
    ACCOUNT_MORE = "accept_from = anyone\n"

    def test_a_stranger_rings(self):
        self.assert_rings()


class OneOfTwo(StrangerTest):
    """The stranger may call one account and not the other."""

    MORE = "[account lab]\nuri = sip:300@127.0.0.1\nregister = no\n"

    def test_he_calls_the_one_that_takes_his_calls(self):
        self.assert_rings(user="300")

    def test_the_other_stays_silent(self):
        self.call(user="204")
        self.assert_silent()
        self.assertEqual(self.phone.show()["ignored"], 1)


class ByName(RegisterTest):
    """The registrar's name has two addresses."""

    DOMAIN = "pbx.test"

    def setUp(self):
        self.names = self.enterContext(NameServer(
            names={"pbx.test": ["127.0.0.1", "127.0.0.3"]}))
        self.SETTINGS = {"sip_more": f"dns = {self.names.address}\n"}
        super().setUp()
        self.wait_registration("ok")

    def registrar_uri(self):
        port = self.registrar.endpoint.port
        self.enterContext(Registrar(user="204", password=self.PASSWORD,
                                    host="127.0.0.3", port=port))
        return f"sip:pbx.test:{port}"

    def test_both_ring_and_a_third_does_not(self):
        for host, rings in (("127.0.0.1", True), ("127.0.0.2", False),
                            ("127.0.0.3", True)):
            with self.subTest(host), Endpoint(host=host) as endpoint:
                call = OutgoingCall(endpoint, self.phone.address).invite()
                if rings:
                    call.wait(180)
                    call.cancel()
                    self.assertEqual(call.final().status, 487)
                    self.phone.hangup()
                else:
                    time.sleep(SETTLE_S)
                    self.assertEqual(endpoint.received(), [])


class NotRegistering(WireTest):
    def test_it_takes_calls_from_the_lan(self):
        self.peer = self.enterContext(Endpoint(host="127.0.0.9"))
        self.assert_rings()
        self.assertEqual(self.phone.show()["ignored"], 0)


if __name__ == "__main__":
    unittest.main()
