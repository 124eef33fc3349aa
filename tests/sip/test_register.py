"""Registration with a digest, and who gets a digest and who does not."""

import time

from support import (Endpoint, RegisterTest, SECRET, WireTest, lamp,
                     unittest)

from peer import message as sip
from peer.dialog import IncomingCall, reply_to
from peer.registrar import digest_holds

CHALLENGE = ('Digest realm="{}", nonce="0123456789abcdef", '
             'algorithm=MD5, qop="auth"')
SETTLE_S = 0.5


class Registered(RegisterTest):
    def test_it_registers_with_a_digest_and_says_so(self):
        show, account = self.wait_registration("ok")
        self.assertEqual((account["name"], account["code"]), ("office", 0))
        text = " ".join(show["lines"])
        self.assertIn("registered", text)
        self.assertNotIn("not registered", text)
        self.assertEqual(show["leds"]["ring"]["colour"], "off")
        first, second = self.registrar.registers()[:2]
        self.assertIsNone(first.get("Authorization"))
        self.assertIn('username="204"', second.get("Authorization"))
        self.assertNotIn(SECRET.encode(), first.raw + second.raw)

    def test_its_contact_has_the_accounts_user_and_no_pointer(self):
        self.wait_registration("ok")
        contact = self.registrar.contacts[0]
        uri = sip.uri_of(contact)
        self.assertEqual(sip.user_of(uri), "204")
        self.assertEqual(sip.address_of(uri), self.phone.address)
        self.assertNotIn("0x", contact)

    def test_a_call_to_its_contact_rings(self):
        self.wait_registration("ok")
        uri = sip.uri_of(self.registrar.contacts[0])
        self.assert_rings(request_uri=uri)

    def test_it_leaves_when_it_ends(self):
        self.wait_registration("ok")
        self.phone.end()
        self.assertTrue(self.registrar.removed)

    def test_a_step_of_the_clock_does_not_touch_it(self):
        self.wait_registration("ok")
        self.phone.clock("2019-01-01T00:00:00Z")
        time.sleep(SETTLE_S)
        _, account = self.wait_registration("ok")
        self.assertEqual(len(self.registrar.registers()), 2)
        self.assertEqual(account["code"], 0)


class WrongPassword(RegisterTest):
    PASSWORD = "wrong"

    def test_a_wrong_password_is_told_and_not_tried_on_and_on(self):
        show, account = self.wait_registration("failed")
        self.assertEqual(account["code"], 401)
        self.assertEqual(show["leds"]["ring"], lamp("red", 50, 2950))
        time.sleep(1)
        self.assertLessEqual(len(self.registrar.registers()), 4)


class Refused(RegisterTest):
    REGISTRAR = {"refuse": (403, "Forbidden %s%H")}

    def test_a_refusal_is_told_with_its_code(self):
        show, account = self.wait_registration("failed")
        self.assertEqual(account["code"], 403)
        self.assertEqual(show["leds"]["ring"], lamp("red", 50, 2950))
        self.assertIn("not registered", " ".join(show["lines"]))

    def test_calls_ring_all_the_same(self):
        self.wait_registration("failed")
        self.assert_rings()


class Stranger(RegisterTest):
    """RFC 3261 22: a digest is for the one who knows the password.

    The stranger has an address that is not the registrar's.
    """

    ACCOUNT_MORE = "accept_from = lan\n"

    def setUp(self):
        super().setUp()
        self.peer = self.enterContext(Endpoint(host="127.0.0.2"))

    def check_challenge(self, realm, status, header):
        self.wait_registration("ok")
        call = self.ring()
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        self.phone.wait_state("talking")
        self.phone.tap("reject")
        entry = call.wait_bye(answer=False)
        reply_to(self.peer, entry, status,
                 headers=[(header, CHALLENGE.format(realm))])
        self.check_silence()

    def check_silence(self):
        time.sleep(SETTLE_S)
        for entry in self.peer.log:
            if not entry.sent:
                self.assertIsNone(entry.message.get("Authorization"))
                self.assertIsNone(
                    entry.message.get("Proxy-Authorization"))

    def test_a_407_to_our_bye_with_his_realm_gets_no_digest(self):
        self.check_challenge("stranger", 407, "Proxy-Authenticate")

    def test_a_407_to_our_bye_with_our_realm_gets_no_digest(self):
        self.check_challenge("pbx.test", 407, "Proxy-Authenticate")

    def test_a_401_to_our_bye_gets_no_digest(self):
        self.check_challenge("pbx.test", 401, "WWW-Authenticate")

    def test_a_407_to_our_invite_elsewhere_gets_no_digest(self):
        self.wait_registration("ok")
        for realm in "stranger", "pbx.test":
            start = self.peer.mark()
            self.phone.dial(self.peer.uri("anna"))
            IncomingCall.wait(self.peer, start=start).refuse(
                407, headers=[("Proxy-Authenticate",
                               CHALLENGE.format(realm))])
            self.phone.wait_state("result")
            self.assertEqual(self.phone.calls()[0]["code"], 407)
            self.phone.hangup()
        self.check_silence()


class Proxy(RegisterTest):
    """A number is called in the account's domain: at its registrar."""

    def challenged(self, realm):
        """Dial, and be challenged; gives the registrar's endpoint."""
        self.wait_registration("ok")
        self.phone.dial("55")
        proxy = self.registrar.endpoint
        IncomingCall.wait(proxy).refuse(407, headers=[
            ("Proxy-Authenticate", CHALLENGE.format(realm))])
        return proxy

    def test_its_407_is_answered_with_a_digest_that_holds(self):
        proxy = self.challenged("pbx.test")
        entry = proxy.wait_for(
            lambda m: m.is_request and m.method == "INVITE"
            and m.get("Proxy-Authorization"))
        self.assertTrue(digest_holds(
            entry.message.get("Proxy-Authorization"), "INVITE", "204",
            SECRET, "pbx.test", "0123456789abcdef"))
        IncomingCall(proxy, entry).refuse(486)
        show = self.phone.wait_state("result")
        self.assertEqual(show["lines"][1], "Busy")
        self.assertEqual(len(self.phone.calls()), 1)

    def test_a_digest_that_does_not_hold_is_not_sent_on_and_on(self):
        self.challenged("pbx.test")
        for _ in range(6):
            mark = self.registrar.endpoint.mark()
            try:
                IncomingCall.wait(
                    self.registrar.endpoint, timeout=0.3,
                    start=mark - 1).refuse(407, headers=[
                        ("Proxy-Authenticate",
                         CHALLENGE.format("pbx.test"))])
            except TimeoutError:
                break
        self.phone.wait_state("result")
        invites = self.registrar.endpoint.received(
            lambda m: m.is_request and m.method == "INVITE")
        self.assertLessEqual(len(invites), 3)


class DomainByName(RegisterTest):
    DOMAIN = "PBX.test"

    def test_a_domain_is_the_same_in_any_case(self):
        self.wait_registration("ok")
        self.phone.dial("sip:55@pbx.test")
        proxy = self.registrar.endpoint
        IncomingCall.wait(proxy).refuse(407, headers=[
            ("Proxy-Authenticate", CHALLENGE.format("its proxy"))])
        entry = proxy.wait_for(
            lambda m: m.is_request and m.method == "INVITE"
            and m.get("Proxy-Authorization"))
        IncomingCall(proxy, entry).refuse(486)
        self.phone.wait_state("result")


class NotRegistering(WireTest):
    def test_an_account_that_need_not_register_says_off(self):
        account = self.phone.show()["accounts"][0]
        self.assertEqual(account, {"name": "office", "registration": "off",
                                   "code": 0, "others": 0})
        self.assertEqual(self.phone.show()["leds"]["ring"]["colour"],
                         "off")


if __name__ == "__main__":
    unittest.main()
