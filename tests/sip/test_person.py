"""What the person at the phone does, over the wire: "not again", a text, the
voicemail, peace for an hour; and what no rule may stand in the way of."""

import pathlib
import tempfile
import time

from support import (Endpoint, IncomingCall, LAMP_OFF, OutgoingCall, Phone,
                     REASON_BUSY, REASON_NO_ANSWER, RegisterTest, WireTest,
                     lamp, unittest)

from peer.dialog import reply_to
from phone.control import Control

LONG_MS = 1200          # a key is held: over a second
AT_ONCE_S = 0.6         # a key's answer, whatever comes of it later
SETTLE_S = 0.3
STRANGER = "127.0.0.2"

# No clock of a machine has come so far: what ends then has not ended
EVENING = "2096-12-20T18:04:00+01:00"
HOUR_LESS_1S = "2096-12-20T19:03:59+01:00"
HOUR = "2096-12-20T19:04:00+01:00"
HOUR_PAST = "2096-12-20T19:04:30+01:00"


class Person(WireTest):
    """The folder of the block list outlives the phone."""

    STATE = True
    PHONE = ""

    def setUp(self):
        self.state = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory(prefix="ringfence-")))
        state = f"state = {self.state}\n" if self.STATE else ""
        self.SETTINGS = {**self.SETTINGS, "phone_more": state + self.PHONE}
        super().setUp()

    def restart(self):
        self.phone.end()
        self.phone = self.enterContext(Phone(self.MORE, self.FILES,
                                             **self.SETTINGS))

    def blocked(self):
        return self.phone.do("blocked")["blocked"]

    def soft(self, name):
        """Press the soft key of that name."""
        keys = self.phone.show()["softkeys"]
        self.assertIn(name, keys)
        self.phone.tap(f"soft{keys.index(name) + 1}")

    def lines(self, *states):
        return self.phone.wait_state(*states)["lines"]

    def decided(self):
        entry = self.phone.calls()[0]
        return entry["code"], entry["decided_by"]

    def hold_reject(self, call):
        """Hold the key while it rings; the answer, and after how long."""
        with Control(self.phone.socket, timeout=LONG_MS / 100) as control:
            begin = time.monotonic()
            control.send(f"tap reject {LONG_MS}")
            answer = call.final()
            seconds = time.monotonic() - begin
            self.assertIs(control.read()["ok"], True)
        return answer, seconds

    def assert_screened(self, by, status=603, **more):
        call = self.call(**more)
        self.assertEqual(call.final().status, status)
        self.assertNotIn(180, call.statuses())
        self.assertEqual(self.decided(), (status, by))


class NotAgain(Person):
    def test_reject_held_declines_at_once_and_blocks_the_number(self):
        call = self.ring(from_user="+4930555", from_name="Prize")
        answer, seconds = self.hold_reject(call)
        self.assert_declined(answer)
        self.assertLess(seconds, AT_ONCE_S)
        show = self.phone.show()
        self.assertEqual(show["softkeys"], ["undo", "", "", "ok"])
        self.assertIn("Blocked", show["lines"][0])
        self.assertIn("Prize", show["lines"][1])
        self.assertEqual(self.blocked(), ["+4930555"])
        self.assertEqual((self.state / "blocked").read_text()
                         .splitlines()[-1], "+4930555")
        self.assertEqual(self.decided(), (603, "user"))
        self.phone.tap("ok")
        self.assert_screened("block", from_user="+4930555")
        self.assertIn("blocked by you", self.lines("notice"))
        self.restart()
        self.assert_screened("block", from_user="+4930555")
        self.assert_rings(from_user="+49305550")

    def test_undo_lets_it_ring_again_and_can_be_undone_itself(self):
        self.hold_reject(self.ring(from_user="+4930555"))
        self.soft("undo")
        self.assertIn("Unblocked", self.lines("notice")[0])
        self.assertEqual(self.blocked(), [])
        self.soft("undo")
        self.assertIn("Blocked", self.lines("notice")[0])
        self.assertEqual(self.blocked(), ["+4930555"])
        self.soft("undo")
        self.assert_rings(from_user="+4930555")

    def test_whom_undo_means_no_call_meanwhile_changes(self):
        self.phone.do("block", "+4930556")
        self.hold_reject(self.ring(from_user="+4930555"))
        self.assert_screened("block", from_user="+4930556")
        self.soft("undo")
        self.assertEqual(self.blocked(), ["+4930556"])

    def test_a_short_press_blocks_nobody(self):
        call = self.ring(from_user="+4930555")
        self.phone.tap("reject", ms=700)
        self.assert_declined(call.final())
        time.sleep(LONG_MS / 1000)
        self.assertEqual(self.blocked(), [])
        self.assert_rings(from_user="+4930555")

    def test_who_has_no_number_is_declined_and_not_blocked(self):
        call = self.ring(from_value="<sip:alice@127.0.0.1>")
        self.assert_declined(self.hold_reject(call)[0])
        self.assertNotIn("Blocked", self.lines("notice")[0])
        self.assertEqual(self.blocked(), [])

    def test_the_notice_of_a_declined_call_offers_it(self):
        call = self.ring(from_user="+4930555")
        self.phone.tap("reject")
        call.final()
        self.assertEqual(self.phone.wait_state("notice")["softkeys"],
                         ["call", "why", "block", "ok"])
        self.soft("block")
        self.assertEqual(self.blocked(), ["+4930555"])
        self.phone.tap("ok")
        self.assert_screened("block", from_user="+4930555")
        self.soft("unblock")
        self.assert_rings(from_user="+4930555")

    def test_the_list_of_calls_offers_it_and_is_there_again_after_it(self):
        for number in "+4930555", "+4930556":
            call = self.ring(from_user=number)
            call.cancel()
            call.final()
        self.phone.hangup()
        self.soft("calls")
        self.phone.tap("down")
        self.assertEqual(self.phone.show()["softkeys"],
                         ["call", "why", "block", "back"])
        self.soft("block")
        self.assertEqual(self.blocked(), ["+4930555"])
        self.phone.tap("back")
        self.phone.wait_state("menu")
        self.soft("unblock")
        self.assertEqual(self.blocked(), [])
        self.assert_rings(from_user="+4930555")

    def test_a_call_that_is_screened_is_shown_why_from_its_notice(self):
        self.phone.do("block", "+4930555")
        self.assert_screened("block", from_user="+4930555")
        self.soft("why")
        show = self.phone.wait_state("menu")
        self.assertIn("Why", show["lines"][0])
        self.assertEqual(show["softkeys"], ["call", "", "unblock", "back"])

    def test_one_name_of_a_number_blocks_its_others_by_the_plan(self):
        self.phone.end()
        self.MORE = "[dialplan]\ncountry_code = 49\n"
        self.phone = self.enterContext(Phone(self.MORE, **self.SETTINGS))
        self.hold_reject(self.ring(from_user="030555"))
        self.assertEqual(self.blocked(), ["+4930555"])
        self.assert_screened("block", from_user="004930-555")


class NotKept(Person):
    """Nowhere to keep it."""

    STATE = False
    SAID = "no folder"

    def test_it_is_shown_and_has_not_happened(self):
        call = self.ring(from_user="+4930555")
        answer, seconds = self.hold_reject(call)
        self.assert_declined(answer)
        self.assertLess(seconds, AT_ONCE_S)
        show = self.phone.wait_state("notice")
        self.assertIn("Not saved", show["lines"][0])
        self.assertIn(self.SAID, " ".join(show["lines"]))
        self.assertEqual(show["softkeys"], ["", "", "", "ok"])
        self.assertEqual(self.blocked(), [])
        self.assert_rings(from_user="+4930555")

    def test_do_not_disturb_holds_while_the_phone_runs(self):
        self.phone.tap("dnd")
        self.phone.wait(lambda s: s["dnd"])
        self.assert_screened("dnd", status=480)


class NoFolder(NotKept):
    PHONE = "state = /nonexistent/ringfence\n"

    def test_do_not_disturb_holds_while_the_phone_runs(self):
        """Not where it was to be kept: it is told, and does not hold."""
        self.phone.tap("dnd")
        show = self.phone.wait_state("notice")
        self.assertIs(show["dnd"], False)
        self.assertEqual(show["lines"][:2], ["Not saved", "Do not disturb"])
        self.assertIn(self.SAID, " ".join(show["lines"]))
        self.assert_rings()


class FolderInAFile(NoFolder):
    """What nobody can make a folder in, root neither."""

    PHONE = "state = /dev/null/ringfence\n"
    SAID = "see the log"


class Reply(Person):
    MORE = """[reply]
text1 = Bin gleich zurück: "5 min" \\ & mehr
text2 = In a meeting
"""
    TEXTS = ('Bin gleich zurück: "5 min" \\ & mehr', "In a meeting")

    def caller(self):
        """One who can be sent something."""
        return self.ring(from_value=f'"Zoë" <{self.peer.uri("100")}>')

    def assert_sent(self, call, text):
        begin = call.final()
        self.assert_declined(begin)
        entry = self.peer.wait_request("MESSAGE")
        message = entry.message
        reply_to(self.peer, entry, 202, "Accepted", to_tag="x")
        self.assertEqual(message.body.decode(), text)
        self.assertEqual(message.get("Content-Type").replace(" ", ""),
                         "text/plain;charset=UTF-8")
        self.assertIn(f" {self.peer.uri('100')} ", message.start)
        self.assertIn("sip:204@127.0.0.1", message.get("From"))
        received = self.peer.received()
        self.assertLess(received.index(begin), received.index(message))

    def test_a_text_is_chosen_the_call_declined_and_it_arrives(self):
        for downs, text in ((0, self.TEXTS[0]), (1, self.TEXTS[1]),
                            (5, self.TEXTS[1])):
            with self.subTest(downs=downs):
                self.peer.log.clear()
                call = self.caller()
                self.assertEqual(self.phone.show()["softkeys"],
                                 ["answer", "silence", "message", "reject"])
                self.soft("message")
                self.phone.tap(*["down"] * downs)
                show = self.phone.show()
                self.assertEqual((show["state"], show["tone"],
                                  show["softkeys"]),
                                 ("incoming", "none",
                                  ["send", "", "", "back"]))
                self.assertIn(text.split()[0], " ".join(show["lines"]))
                self.assertEqual(call.statuses()[-1], 180)
                self.soft("send")
                self.assert_sent(call, text)
                self.assertEqual(self.decided(), (603, "user"))
                self.phone.hangup()

    def test_ok_sends_and_back_leaves_the_texts(self):
        call = self.caller()
        self.soft("message")
        self.phone.tap("back")
        self.assertIn("message", self.phone.show()["softkeys"])
        self.soft("message")
        self.phone.tap("ok")
        self.assert_sent(call, self.TEXTS[0])

    def test_the_caller_who_gives_up_meanwhile_gets_nothing(self):
        call = self.caller()
        self.soft("message")
        call.cancel()
        self.assertEqual(call.final().status, 487)
        self.phone.wait(lambda s: s["state"] != "incoming")
        self.phone.tap("ok")
        time.sleep(SETTLE_S)
        self.assertEqual(self.peer.received(
            lambda m: m.is_request and m.method == "MESSAGE"), [])
        call = self.caller()
        self.assertEqual(self.phone.show()["softkeys"][0], "answer")
        self.phone.tap("reject")
        self.assert_declined(call.final())

    def test_held_reject_while_a_text_is_chosen_sends_none_and_blocks(self):
        call = self.ring(from_user="+4930555")
        self.soft("message")
        self.assert_declined(self.hold_reject(call)[0])
        self.assertEqual(self.blocked(), ["+4930555"])
        self.assertEqual(self.peer.received(
            lambda m: m.is_request and m.method == "MESSAGE"), [])

    def test_a_text_that_is_refused_ends_nothing(self):
        call = self.caller()
        self.soft("message")
        self.soft("send")
        call.final()
        reply_to(self.peer, self.peer.wait_request("MESSAGE"), 415,
                 "%n%n <b>", to_tag="x")
        self.assert_rings()
        self.assert_alive()


class Voicemail(Person):
    PHONE = "voicemail = sip:mail@pbx.example.com;transport=tcp\n"

    def test_a_call_that_rings_is_sent_on(self):
        call = self.ring(from_user="+4930555")
        self.assertEqual(self.phone.show()["softkeys"],
                         ["answer", "silence", "voicemail", "reject"])
        self.soft("voicemail")
        answer = call.final()
        self.assertEqual(answer.start, "SIP/2.0 302 Moved Temporarily")
        self.assertEqual(answer.all("Contact"),
                         ["<sip:mail@pbx.example.com;transport=tcp>"])
        self.assertEqual(answer.all("Reason"), [])
        self.assertEqual(call.statuses(), [180, 302])
        self.assertEqual(self.decided(), (302, "user"))
        self.assertIn("sent to voicemail", self.lines("notice"))
        self.assertIs(self.phone.calls()[0]["missed"], False)

    def test_silenced_it_still_can_be(self):
        call = self.ring()
        self.phone.tap("volume_down")
        self.soft("voicemail")
        self.assertEqual(call.final().status, 302)

    def test_by_tcp_as_well(self):
        call = self.ring(transport="tcp")
        self.soft("voicemail")
        answer = call.final()
        self.assertEqual((answer.status, answer.get("Contact")),
                         (302, "<sip:mail@pbx.example.com;transport=tcp>"))


class ButtonAlone(RegisterTest):
    MORE = "[reject]\nbutton = auto\n"

    def test_nobody_else_there_hears_603(self):
        self.wait_registration("ok")
        call = OutgoingCall(self.registrar.endpoint,
                            self.phone.address).invite()
        call.wait(180)
        self.phone.tap("reject")
        self.assert_declined(call.final())


class ButtonAmongOthers(RegisterTest):
    MORE = "[reject]\nbutton = auto\n"
    REGISTRAR = {"others": ["<sip:204@192.0.2.9>"]}

    def test_where_others_ring_too_it_is_busy_here_only(self):
        self.wait_registration("ok")
        call = OutgoingCall(self.registrar.endpoint,
                            self.phone.address).invite()
        call.wait(180)
        self.phone.tap("reject")
        self.assert_declined(call.final(), 486, "Busy Here", REASON_BUSY)


class Quiet(Person):
    MORE = "[hours]\ntimezone = Europe/Berlin\nopen = 24/7\n"

    def choose(self, downs):
        self.phone.tap("dnd", ms=LONG_MS)
        self.phone.wait_state("menu")
        self.phone.tap(*["down"] * downs)
        return self.phone.show()

    def test_held_it_asks_how_long_and_ends_by_itself(self):
        self.phone.clock(EVENING)
        show = self.choose(1)
        self.assertEqual(show["softkeys"], ["set", "", "", "back"])
        self.assertEqual(show["lines"][:2], ["Do not disturb", "for 1 h"])
        self.soft("set")
        show = self.phone.wait_state("idle")
        self.assertIn("quiet until 19:04", show["lines"])
        self.assertEqual(show["leds"]["dnd"], lamp("red", 1000, 0))
        self.assert_declined(self.call().final(), 480,
                             "Temporarily Unavailable", REASON_NO_ANSWER)
        self.phone.clock(HOUR_LESS_1S)
        self.assertIs(self.phone.show()["dnd"], True)
        show = self.phone.wait(lambda s: not s["dnd"], timeout=8)
        self.assertEqual(show["leds"]["dnd"], LAMP_OFF)
        self.assert_rings()

    def test_its_end_is_kept_over_a_restart(self):
        self.phone.clock(EVENING)
        self.choose(1)
        self.phone.tap("ok")
        self.restart()
        self.assertIs(self.phone.show()["dnd"], True)
        self.phone.clock(HOUR_LESS_1S)
        self.assertIs(self.phone.show()["dnd"], True)
        self.phone.clock(HOUR_PAST)
        self.assertIs(self.phone.show()["dnd"], False)
        self.assert_rings()

    def test_while_the_clock_is_not_set_the_end_waits_for_it(self):
        self.phone.do("dnd", "on", HOUR)
        self.phone.clock("unset")
        self.restart()
        self.phone.clock("unset")
        self.assertIs(self.phone.show()["dnd"], True)
        self.assert_screened("dnd", status=480)
        self.phone.clock(HOUR_LESS_1S)
        self.assertIs(self.phone.show()["dnd"], True)
        self.phone.wait(lambda s: not s["dnd"])
        self.assert_rings()

    def test_without_a_clock_it_is_counted_and_a_restart_ends_it(self):
        self.phone.clock("unset")
        self.choose(0)
        self.soft("set")
        self.assertIs(self.phone.show()["dnd"], True)
        self.restart()
        self.assertIs(self.phone.show()["dnd"], False)

    def test_the_clock_set_back_gives_the_hour_no_second_hour(self):
        self.phone.clock(EVENING)
        self.choose(1)
        self.soft("set")
        self.phone.clock("2096-12-20T19:30:00+01:00")
        self.assertIs(self.phone.show()["dnd"], False)
        self.phone.clock(EVENING)
        self.assertIs(self.phone.show()["dnd"], False)

    def test_ctl_turns_it_on_for_a_time_and_off(self):
        self.phone.clock(EVENING)
        self.phone.do("dnd", "on", HOUR)
        self.assertIn("quiet until 19:04", self.phone.show()["lines"])
        self.phone.do("dnd", "on")
        self.phone.clock("2096-12-30T19:04:00+01:00")
        self.assertIs(self.phone.show()["dnd"], True)
        self.phone.do("dnd", "off")
        self.assertIs(self.phone.show()["dnd"], False)
        self.assert_rings()


SCREENED = """[hours]
timezone = Europe/Berlin
open = Mo-Fr 09:00-18:00
[rule spam]
number = +4990*
action = reject
"""


class Emergency(Person):
    MORE = SCREENED
    SETTINGS = {"account": "sip:204@{peer}"}

    def dial(self, *keys):
        """Dial, be answered, and be hung up upon."""
        begin = self.peer.mark()
        self.phone.tap(*keys, "answer")
        call = IncomingCall.wait(self.peer, start=begin)
        self.assertIn("sip:" + "".join(keys) + "@", call.invite.start)
        call.answer()
        self.phone.wait_state("talking")
        call.bye()
        self.phone.wait(lambda s: s["state"] != "talking")
        self.phone.hangup()

    def quiet(self):
        self.phone.clock(EVENING)
        self.phone.do("block", "+4930555")
        self.phone.do("dnd", "on")

    def test_after_112_whoever_calls_rings(self):
        self.quiet()
        self.assert_screened("dnd", status=480)
        self.phone.hangup()
        self.dial("1", "1", "2")
        show = self.phone.wait_state("idle")
        self.assertIn("emergency", " ".join(show["lines"]))
        for number in "+4930555", "+49901", "100":
            with self.subTest(number):
                answer = self.phone.do("why", "--from", number)
                self.assertEqual(answer["decided_by"], "emergency")
                self.assert_rings(from_user=number)
        self.phone.do("dnd", "off")
        self.assert_rings(from_user="100")

    def test_one_that_nobody_answers_counts_too(self):
        self.quiet()
        self.phone.tap("1", "1", "2", "answer")
        IncomingCall.wait(self.peer).refuse(503)
        self.assert_rings(from_user="+4930555")

    def test_any_other_number_opens_nothing(self):
        self.quiet()
        self.dial("1", "1", "3")
        self.assert_screened("dnd", status=480)


class EmergencyOver(Emergency):
    MORE = SCREENED + "[emergency]\nnumbers = 115\nwindow_min = 0\n"

    def test_after_112_whoever_calls_rings(self):
        """It is none here, and the window of 115 is over at once."""
        self.quiet()
        for keys in ("1", "1", "2"), ("1", "1", "5"):
            self.dial(*keys)
            self.assert_screened("block", from_user="+4930555")
            self.phone.hangup()
            self.assert_screened("rule", from_user="+49901")
            self.phone.hangup()
            self.assert_screened("dnd", status=480)
            self.phone.hangup()
        self.phone.do("dnd", "off")
        self.assert_screened("hours")

    test_one_that_nobody_answers_counts_too = None


class CallBack(RegisterTest):
    ACCOUNT_MORE = "accept_from = lan\n"
    HEADERS = [("Priority", "psap-callback")]

    def test_it_rings_from_the_own_server_and_from_nobody_else(self):
        self.wait_registration("ok")
        self.phone.do("dnd", "on")
        stranger = self.enterContext(Endpoint(host=STRANGER))
        for endpoint, headers, status in (
                (stranger, self.HEADERS, 480),
                (self.registrar.endpoint, [], 480),
                (self.registrar.endpoint, self.HEADERS, 180)):
            call = OutgoingCall(endpoint, self.phone.address,
                                headers=headers).invite()
            call.wait(status)
            if status == 180:
                self.phone.wait_state("incoming")
                call.cancel()
            call.final()


class Answers(Person):
    MORE = """[rule door]
number = 300
action = answer
"""

    def test_it_talks_aloud_without_a_key(self):
        self.phone.tap("dnd")
        call = self.call(from_user="300")
        self.assertEqual(call.final().status, 200)
        show = self.phone.wait_state("talking")
        self.assertEqual((show["audio_path"], show["tone"]),
                         ("speaker", "none"))
        call.bye()
        self.phone.wait(lambda s: s["state"] != "talking")
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual((entry["code"], entry["missed"]), (200, False))
        self.assertEqual(self.phone.show()["audio_path"], "handset")

    def test_not_into_a_call_that_talks_or_rings(self):
        for answer in False, True:
            call = self.ring(from_user="100")
            if answer:
                self.phone.tap("answer")
                call.final()
                self.phone.wait_state("talking")
            self.assert_screened("busy", status=486, from_user="300")
            if answer:
                call.bye()
            else:
                call.cancel()
                call.final()
            self.phone.hangup()

    def test_nobody_else_is_answered(self):
        call = self.ring(from_user="3000")
        time.sleep(SETTLE_S)
        self.assertEqual(self.phone.state, "incoming")
        call.cancel()
        call.final()


class Known(Person):
    FILES = {"book.vcf": ("BEGIN:VCARD\nVERSION:4.0\nFN:Zoë Müller\n"
                          "TEL:030 555\nCATEGORIES:Family\nEND:VCARD\n")}
    MORE = """[dialplan]
country_code = 49
[contacts]
file = {folder}/book.vcf
[rule family]
group = family
action = ring
tone = 3
lamp = amber
[rule again]
called_before_min = 5
action = silence
"""

    def test_who_is_in_the_book_is_shown_by_its_name_tone_and_lamp(self):
        call = self.ring(from_user="004930555", from_name="Prize")
        show = self.phone.show()
        self.assertEqual(show["lines"][1], "Zoë Müller")
        self.assertEqual((show["tone"], show["leds"]["ring"]),
                         ("ring3", lamp("amber", 250, 250)))
        self.phone.tap("volume_down")
        show = self.phone.wait(lambda s: s["tone"] == "none")
        self.assertEqual(show["leds"]["ring"], lamp("amber", 250, 250))
        self.phone.tap("reject")
        call.final()
        entry = self.phone.wait_calls(1)[0]
        self.assertEqual((entry["name"], entry["number"]),
                         ("Zoë Müller", "004930555"))

    def test_who_calls_again_is_told_from_who_does_not(self):
        for number, tone in (("0301234567", "ring"), ("0307654321", "ring"),
                             ("+49301234567", "none"),
                             ("0307654321", "none"), ("030555", "ring3"),
                             ("030555", "ring3")):
            with self.subTest(number):
                call = self.ring(from_user=number)
                self.assertEqual(self.phone.show()["tone"], tone)
                call.cancel()
                call.final()
                self.phone.hangup()


if __name__ == "__main__":
    unittest.main()
