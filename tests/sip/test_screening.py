"""Who may ring: declined before a 180, and nothing of it on the wire."""

import pathlib
import subprocess
import tempfile
import time

from support import (LAMP_OFF, REASON_BUSY, REASON_NO_ANSWER,
                     OutgoingCall, WireTest, lamp, options, unittest)
from phone.phone import program

RULES = """[rule secretspam]
number = +4990*, +493012345
action = reject
[rule oddcode]
number = 666
action = reject 404
[rule quiet]
number = 777
action = silence
[rule vip]
number = +49900800
action = ring
"""
SETTLE_S = 0.3


class Rule(WireTest):
    MORE = RULES

    def line_of(self, section):
        lines = self.phone.file.read_text().splitlines()
        return lines.index(section) + 1

    def test_it_declines_at_once_with_no_180(self):
        for number in "+4990", "+49901234", "+493012345":
            call = self.call(from_user=number)
            self.assert_declined(call.final())
            self.assertLessEqual(set(call.statuses()), {100, 603})
        time.sleep(SETTLE_S)
        self.assertFalse(self.peer.received(lambda m: m.status == 180))

    def test_history_names_the_rule_and_its_line(self):
        self.call(from_user="+49901234", from_name="Prize").final()
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual(
            (entry["number"], entry["name"], entry["code"],
             entry["phrase"], entry["decided_by"], entry["rule"],
             entry["line"], entry["missed"]),
            ("+49901234", "Prize", 603, "Decline", "rule", "secretspam",
             self.line_of("[rule secretspam]"), False))

    def test_nothing_of_the_rule_is_on_the_wire(self):
        self.call(from_user="+49901234").final()
        self.call(from_user="666").final()
        for entry in self.peer.log:
            if not entry.sent:
                self.assertNotIn(b"secretspam", entry.raw)
                self.assertNotIn(b"oddcode", entry.raw)

    def test_a_rule_has_its_own_code_and_that_its_own_reason(self):
        call = self.call(from_user="666")
        self.assert_declined(call.final(), 404, "Not Found", None)
        self.assertEqual(self.phone.wait_calls(1)[0]["rule"], "oddcode")

    def test_silence_rings_for_the_caller_only(self):
        call = self.ring(from_user="777")
        show = self.phone.show()
        self.assertEqual((show["state"], show["tone"]),
                         ("incoming", "none"))
        self.phone.tap("reject")
        self.assert_declined(call.final())

    def test_the_first_rule_that_matches_decides(self):
        call = self.call(from_user="+49900800")
        self.assert_declined(call.final())

    def test_others_ring(self):
        for number in "+4989", "+4930123456", "6666", "anonymous":
            self.assert_rings(from_user=number)

    def test_separators_and_escapes_do_not_hide_a_number(self):
        for number in "+49-90-1234", "+49.90.(1)", "%2B49901234", \
                "+49901234;phone-context=x":
            call = self.call(from_user=number)
            self.assert_declined(call.final())

    def test_the_same_invite_twice_gets_the_same_answer(self):
        call = self.call(from_user="+49901234")
        first = call.final(ack=False)
        call.invite()
        call.invite()
        time.sleep(SETTLE_S)
        finals = [m for m in call.responses() if m.status >= 200]
        self.assertGreaterEqual(len(finals), 3, "each repeat is answered")
        self.assertEqual({m.to_tag for m in finals}, {first.to_tag})
        self.assertEqual({m.raw for m in finals}, {first.raw})
        call.ack(first)
        self.assertEqual(len(self.phone.calls()), 1)

    def test_two_calls_get_two_tags(self):
        tags = {self.call(from_user="+49901234").final().to_tag
                for _ in range(3)}
        self.assertEqual(len(tags), 3)

    def test_a_cancel_behind_the_603_gets_no_487(self):
        call = self.call(from_user="+49901234")
        answer = call.final(ack=False)
        call.cancel()
        time.sleep(SETTLE_S)
        call.ack(answer)
        self.assertEqual({s for s in call.statuses() if s >= 200}, {603})
        self.assertEqual(len(self.phone.calls()), 1)

    def test_by_tcp_as_well(self):
        call = self.call(from_user="+49901234", transport="tcp")
        self.assert_declined(call.final())

    def test_a_screened_call_shows_a_notice_without_a_sound(self):
        self.call(from_user="+49901234").final()
        show = self.phone.wait_state("notice")
        self.assertEqual(show["tone"], "none")
        self.assertEqual(show["leds"]["ring"], LAMP_OFF)
        self.assertEqual(show["leds"]["message"], LAMP_OFF)
        text = " ".join(show["lines"])
        self.assertIn("secretspam", text)
        self.assertIn(str(self.line_of("[rule secretspam]")), text)
        self.assertEqual(show["softkeys"], ["call", "why", "block", "ok"])
        self.phone.tap("ok")
        self.phone.wait_state("idle")


class NumberList(WireTest):
    """The file is made as a person makes it, and is beside the phone's."""

    MORE = """[rule friend]
number = +4930777
action = ring
[rule blocklist]
list = {folder}/spam.list
action = reject
"""
    NUMBERS = ("Name,Phone\n\"Doe, Jo\",+49 30 555\nPrize,+4990*\n"
               "wrong,+49/30\nMe,+4930777\n")

    def setUp(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        source = pathlib.Path(folder) / "spam.csv"
        source.write_text(self.NUMBERS)
        self.list = pathlib.Path(folder) / "spam.list"
        self.imported = self.make(source)
        self.MORE = self.MORE.replace("{folder}", folder)
        super().setUp()

    def make(self, source):
        return subprocess.run(
            [program(), "list", "import", source, self.list],
            capture_output=True, encoding="utf-8", check=True)

    def test_a_caller_on_it_is_declined_by_the_rules_name_and_line(self):
        self.assert_declined(self.call(from_user="+4930555").final())
        self.assert_declined(self.call(from_user="+49901234").final())
        lines = self.phone.file.read_text().splitlines()
        for entry, number in zip(self.phone.wait_calls(2),
                                 ("+49901234", "+4930555")):
            self.assertEqual(
                (entry["number"], entry["code"], entry["decided_by"],
                 entry["rule"], entry["line"]),
                (number, 603, "rule", "blocklist",
                 lines.index("[rule blocklist]") + 1))

    def test_others_ring_and_so_does_who_has_a_rule_before_it(self):
        for number in "+493055", "+49305550", "4930555", "+4930777":
            self.assert_rings(from_user=number)

    def test_the_import_says_what_it_took_and_what_it_did_not(self):
        self.assertEqual(self.imported.stdout.splitlines()[:4],
                         ["numbers 2", "prefixes 1", "repeated 0",
                          "wrong 1"])
        self.assertRegex(self.imported.stderr,
                         r"\A\S*spam\.csv:4:10: error: [^\n]*\n\Z")

    def test_a_list_replaced_or_removed_costs_no_call(self):
        other = self.list.with_name("other.txt")
        other.write_text("+4930888\n")
        self.make(other)
        self.assert_declined(self.call(from_user="+4930555").final())
        self.list.unlink()
        self.assert_declined(self.call(from_user="+4930555").final())
        self.assert_rings(from_user="+4930888")


class NoNotice(WireTest):
    MORE = RULES
    SETTINGS = {"phone_more": "notice = no\n"}

    def test_without_notices_the_screen_stays_idle(self):
        self.call(from_user="+49901234").final()
        self.phone.wait_calls(1)
        time.sleep(SETTLE_S)
        self.assertEqual(self.phone.state, "idle")


class DoNotDisturb(WireTest):
    MORE = RULES

    def test_the_key_gives_480_a_lamp_and_a_way_back(self):
        self.phone.tap("dnd")
        show = self.phone.wait(lambda s: s["dnd"])
        self.assertEqual(show["leds"]["dnd"], lamp("red", 1000, 0))
        call = self.call()
        self.assert_declined(call.final(), 480, "Temporarily Unavailable",
                             REASON_NO_ANSWER)
        self.assertNotIn(180, call.statuses())
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual((entry["code"], entry["decided_by"]),
                         (480, "dnd"))
        self.phone.hangup()
        self.phone.tap("dnd")
        show = self.phone.wait(lambda s: not s["dnd"])
        self.assertEqual(show["leds"]["dnd"], LAMP_OFF)
        self.assert_rings()

    def test_a_rule_decides_before_it(self):
        self.phone.tap("dnd")
        self.assert_declined(self.call(from_user="+49901234").final())
        self.assertEqual(self.phone.wait_calls(1)[0]["decided_by"], "rule")

    def test_the_call_that_rings_goes_on(self):
        call = self.ring()
        self.phone.tap("dnd")
        self.phone.wait(lambda s: s["dnd"])
        self.assertEqual(self.phone.state, "incoming")
        self.phone.tap("reject")
        self.assert_declined(call.final())


class Busy(WireTest):
    MORE = RULES

    def test_a_second_call_gets_486_and_the_first_goes_on(self):
        first = self.ring()
        second = self.call(from_user="101")
        self.assert_declined(second.final(), 486, "Busy Here", REASON_BUSY)
        self.assertNotIn(180, second.statuses())
        self.assertEqual(self.phone.state, "incoming")
        self.phone.tap("answer")
        self.assertEqual(first.final().status, 200)
        third = self.call(from_user="102")
        self.assert_declined(third.final(), 486, "Busy Here", REASON_BUSY)
        self.assertEqual(self.phone.state, "talking")
        self.assertEqual(first.bye().status, 200)
        decided = [(e["number"], e["decided_by"])
                   for e in self.phone.wait_calls(3)]
        self.assertIn(("101", "busy"), decided)
        self.assertIn(("102", "busy"), decided)
        self.assertIn(("100", "none"), decided)

    def test_a_screened_call_while_busy_gets_the_rules_code(self):
        self.ring()
        call = self.call(from_user="+49901234")
        self.assert_declined(call.final())

    def test_our_own_call_makes_busy_too(self):
        self.phone.dial(self.peer.uri("anna"))
        self.peer.wait_request("INVITE")
        self.assertEqual(self.call().final().status, 486)


class Address(WireTest):
    def test_an_unknown_user_gets_404_and_no_history(self):
        for user in "205", "2040", "20", "front":
            call = self.call(user=user)
            self.assertEqual(call.final().status, 404)
            self.assertNotIn(180, call.statuses())
        self.assertEqual(self.phone.calls(), [])
        self.assertEqual(self.phone.state, "idle")
        self.assert_rings()

    def test_a_users_escapes_are_the_characters_they_stand_for(self):
        host, port = self.phone.address
        call = self.call(request_uri=f"sip:2%304@{host}:{port}")
        call.wait(180)
        call.cancel()
        self.assertEqual(call.final().status, 487)

    def test_nobody_can_subscribe_to_anything(self):
        call = OutgoingCall(self.peer, self.phone.address, body=b"")
        for event in "dialog", "presence", "x":
            self.assertEqual(call.transact(call.request(
                "SUBSCRIBE", [("Event", event)])).status, 489)

    def test_options_of_an_unknown_user_get_404_too(self):
        for user, status in ("204", 200), ("205", 404):
            answer, _ = options(self.peer, self.phone.address, user)
            self.assertEqual(answer.status, status)


CODES = """[reject]
button = 486
rule = 480
dnd = 600
busy = 603
no_answer = 408
[rule spam]
number = 666
action = reject
"""


class Codes(WireTest):
    MORE = CODES

    def test_each_cause_has_the_code_of_the_file_and_its_reason(self):
        self.assert_declined(self.call(from_user="666").final(), 480,
                             "Temporarily Unavailable", REASON_NO_ANSWER)
        call = self.ring()
        self.assertEqual(self.call(from_user="101").final().status, 603)
        self.phone.tap("reject")
        self.assert_declined(call.final(), 486, "Busy Here", REASON_BUSY)
        self.phone.tap("dnd")
        self.assert_declined(self.call().final(), 600, "Busy Everywhere",
                             REASON_BUSY)


if __name__ == "__main__":
    unittest.main()
