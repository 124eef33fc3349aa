"""Calls that never reached anybody: no name, no connection, no address."""

import socket
import time

from support import WireTest, lamp, unittest

from peer.nameserver import NameServer


class Failure(WireTest):
    def setUp(self):
        self.names = self.enterContext(NameServer())
        self.SETTINGS = {"sip_more": f"dns = {self.names.address}\n"}
        super().setUp()

    def check_failed(self, uri, within_s):
        begin = time.monotonic()
        answer = self.phone.control.ask("dial", uri)
        self.assertTrue(answer["ok"], answer)
        show = self.phone.wait_state("result", timeout=within_s)
        spent = time.monotonic() - begin
        entry = self.phone.calls()[0]
        self.assertEqual((entry["direction"], entry["decided_by"],
                          entry["code"]), ("out", "network", 0))
        self.assertEqual(show["leds"]["line1"], lamp("red", 100, 900))
        self.assertEqual(show["tone"], "sit")
        self.phone.hangup()
        self.assertLess(spent, within_s)
        return show

    def test_a_refused_connection_is_told_at_once(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        show = self.check_failed(f"sip:x@127.0.0.1:{port};transport=tcp", 3)
        self.assertTrue(show["lines"][1])

    def test_a_name_that_does_not_exist_is_told_apart(self):
        shown = self.check_failed("sip:x@nosuch.invalid", 5)
        self.assertTrue(self.names.asked)
        for name in self.names.asked:
            self.assertTrue(name.endswith("nosuch.invalid"), name)
        other = self.check_failed("sip:x@127.0.0.1:1;transport=tcp", 3)
        self.assertNotEqual(shown["lines"][1], other["lines"][1])

    def test_a_call_ends_by_key_while_its_name_is_looked_up(self):
        self.names.silent = True
        self.phone.dial("sip:x@slow.invalid")
        self.phone.wait_state("calling")
        self.phone.tap("reject")
        self.phone.wait_state("idle", timeout=1)
        self.assertEqual(self.phone.wait_calls(1)[0]["decided_by"], "user")
        self.assert_rings()

    def test_what_is_no_address_is_refused_or_told(self):
        for uri in "sip:", "sip:@", "http://x", "sip:a b@c", "%s%n":
            answer = self.phone.control.ask("dial", uri)
            self.assertIn(answer["ok"], (True, False))
            if answer["ok"]:
                self.phone.wait_state("result", timeout=15)
                self.phone.hangup()
        self.assert_alive()
        self.assert_rings()


if __name__ == "__main__":
    unittest.main()
