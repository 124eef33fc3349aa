"""What an INVITE says of who calls, and what a registrar says of an account.

Each rule has a code of its own: the answer tells which one spoke.
"""

from support import (Endpoint, OutgoingCall, REASON_BUSY, RegisterTest,
                     WireTest, unittest)

from peer.dialog import reply_to

RULES = """\
[rule asserted]
asserted = +49301
action = reject 410
[rule passed]
verstat = passed
action = reject 411
[rule failed]
verstat = failed
action = reject 412
[rule sent on]
diverted = +49302
action = reject 413
[rule nobody]
anonymous = yes
action = reject 433
[rule tel]
number = +49303
action = reject 414
[rule moved]
number = 101
action = redirect sip:voicemail@pbx.test;user=phone
"""
OTHERS = ("<sip:204@192.0.2.7:5060>;expires=60",
          "<sip:204@192.0.2.8;transport=tcp>;expires=60, "
          "\"A, B\" <sip:x@192.0.2.9>;expires=0;q=0.5",
          "<sip:204@127.0.0.1:9>;+sip.instance=\"<urn:uuid:1>\"")
OTHERS_TOLD = "others are registered at its address"
ASSERTED = ("P-Asserted-Identity", "<tel:+49301>")
PASSED = ("P-Asserted-Identity",
          "<sip:+49309;verstat=TN-Validation-Passed-B@h;user=phone>")
FAILED = ("P-Asserted-Identity", "<tel:+49309;verstat=TN-Validation-Failed>")
REFRESH_S = 20      # ten seconds at the least, and what a slow machine takes


def status_of(endpoint, phone, **more):
    """Call; the first final answer, or 180, its call cancelled."""
    call = OutgoingCall(endpoint, phone.address, **more).invite()
    answer = endpoint.wait_for(
        lambda m: m.is_response and call.mine(m) and m.status >= 180
        and m.cseq == (1, "INVITE")).message
    if answer.status == 180:
        call.cancel()
        call.final()
        phone.wait(lambda s: s["state"] != "incoming")
        phone.hangup()
    else:
        call.ack(answer)
    return answer.status, answer


class Caller(RegisterTest):
    """`peer` has the registrar's address, `stranger` has not."""

    MORE = RULES
    ACCOUNT_MORE = "accept_from = anyone\n"

    def setUp(self):
        super().setUp()
        self.stranger = self.enterContext(Endpoint(host="127.0.0.2"))
        self.wait_registration("ok")

    def check(self, status, strangers=None, **more):
        """What the registrar's call gets, and a stranger's."""
        self.assertEqual(status_of(self.peer, self.phone, **more)[0], status)
        self.assertEqual(
            status_of(self.stranger, self.phone, **more)[0],
            status if strangers is None else strangers)

    def test_who_is_asserted_counts_from_the_registrar_only(self):
        self.check(410, strangers=180, headers=[ASSERTED])

    def test_verstat_counts_from_the_registrar_only(self):
        self.check(411, strangers=180, headers=[PASSED])
        self.check(412, strangers=180, headers=[FAILED])
        self.check(411, strangers=180, from_value=(
            "<sip:+49309;verstat=TN-Validation-Passed@h;user=phone>"))

    def test_who_sent_a_call_on_counts_from_all(self):
        self.check(413, headers=[
            ("Diversion", "<sip:+49302@pbx.test>;reason=no-answer")])
        self.check(413, headers=[
            ("History-Info", "<sip:+49302@pbx.test>;index=1, "
             "<sip:204@pbx.test>;index=1.1;mp=1")])

    def test_nobody_is_told_by_from_or_privacy(self):
        self.check(433, from_value='"Anonymous" '
                   "<sip:anonymous@anonymous.invalid>")
        self.check(433, headers=[("Privacy", "user;id")])

    def test_a_tel_uri_is_a_number(self):
        self.check(414, from_value="<tel:+49-303>")
        self.assertEqual(self.phone.calls()[0]["number"], "+49-303")

    def test_a_redirect_names_where_to(self):
        status, answer = status_of(self.peer, self.phone, from_user="101")
        self.assertEqual(status, 302)
        self.assertEqual(answer.start, "SIP/2.0 302 Moved Temporarily")
        self.assertEqual(answer.all("Contact"),
                         ["<sip:voicemail@pbx.test;user=phone>"])


class NoServer(WireTest):
    """Who does not register trusts nobody, not even its neighbours."""

    MORE = RULES

    def test_what_is_asserted_counts_for_nothing(self):
        for header in ASSERTED, PASSED, FAILED:
            self.assertEqual(status_of(self.peer, self.phone,
                                       headers=[header])[0], 180)


class Reply(WireTest):
    """Declined with a text: 603, then a MESSAGE to the caller."""

    MORE = "[reply]\ntext1 = Rückruf um 15:00\n"

    def test_the_caller_is_declined_and_told_why(self):
        call = self.call(from_value=f"<{self.peer.uri('100')}>")
        call.wait(180)
        self.phone.wait_state("incoming")
        self.phone.tap("soft3", "soft1")
        self.assert_declined(call.final())
        text = self.peer.wait_request("MESSAGE")
        self.assertEqual(text.message.uri, self.peer.uri("100"))
        self.assertEqual(text.message.get("Content-Type"),
                         "text/plain;charset=UTF-8")
        self.assertEqual(text.message.body.decode(), "Rückruf um 15:00")
        reply_to(self.peer, text, 404, "Gone Home")
        self.phone.wait(lambda s: any(
            "was not delivered: 404 Gone Home" in line
            for line in self.phone.said))


class Alone(RegisterTest):
    MORE = "[reject]\nbutton = auto\n"

    def test_the_only_phone_declines_for_all(self):
        _, account = self.wait_registration("ok")
        self.assertEqual(account["others"], 0)
        call = self.ring()
        self.phone.tap("reject")
        self.assert_declined(call.final())
        self.assertFalse(any(OTHERS_TOLD in s for s in self.phone.said))


class NotAlone(RegisterTest):
    REGISTRAR = {"others": OTHERS}
    MORE = "[reject]\nbutton = auto\n"

    def test_the_others_go_on_ringing(self):
        _, account = self.wait_registration("ok")
        self.assertEqual(account["others"], 3)
        call = self.ring()
        self.phone.tap("reject")
        self.assert_declined(call.final(), 486, "Busy Here", REASON_BUSY)
        told = [s for s in self.phone.said if OTHERS_TOLD in s]
        self.assertEqual(len(told), 1)
        self.assertIn("account office", told[0])


class OthersCome(RegisterTest):
    REGISTRAR = {"expires": 1}

    def test_each_refresh_tells_who_is_there(self):
        _, account = self.wait_registration("ok")
        self.assertEqual(account["others"], 0)
        self.registrar.others = list(OTHERS)
        self.phone.wait(lambda s: s["accounts"][0]["others"] == 3,
                        timeout=REFRESH_S, what="others")
        self.assertEqual(self.phone.show()["accounts"][0]["registration"],
                         "ok")


class Unwanted(RegisterTest):
    """RFC 8197 4.1: 607 is for a registrar that shows it takes it."""

    FEATURES = ()
    STATUS = 603
    MORE = "[rule pest]\nnumber = 100\naction = reject 607\n"

    def setUp(self):
        self.REGISTRAR = {"features": self.FEATURES}
        super().setUp()

    def test_607_is_sent_to_who_understands_it(self):
        self.wait_registration("ok")
        self.assertEqual(status_of(self.peer, self.phone)[0], self.STATUS)


class UnwantedKnown(Unwanted):
    FEATURES = ('*;+g.other="a, +sip.607"', "*;+sip.607;+g.x")
    STATUS = 607


class UnwantedOther(Unwanted):
    FEATURES = ('*;+g.other=";+sip.607"', "*;+sip.6070")


if __name__ == "__main__":
    unittest.main()
