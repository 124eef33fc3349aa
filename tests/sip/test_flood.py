"""Too many callers: what is refused keeps nothing, who matters gets in."""

import itertools
import os
import re
import signal
import socket
import threading
import time

from support import (UNLIMITED, Endpoint, OutgoingCall, RegisterTest,
                     WireTest, unittest)

from phone.phone import sanitized

RULES = """[rule spam]
number = +4990*
action = reject
"""
HOURS = """[hours]
timezone = Europe/Berlin
open = Mo-Su 09:00-17:00
"""
SPAMMER = "+49901234"
STRANGER = "127.0.0.2"
SETTLE_S = 0.3
REPEAT_S = 1.2              # a stateful server repeats its answer after 0.5 s
TABLE_MAX = 512             # refused calls whose repetition is known
STRANGERS_MAX = 256         # transactions that strangers may use
WARM_UP, MANY = 1000, 3000
GROWTH_MAX_KIB = 256
BURST = 250                 # the system's default buffer holds some 166
RECEIVE_BUFFER = 1 << 20    # the answers must not be lost here
RING_MAX_S = 0.5


def sent_by_hand(number, source="127.0.0.1", port=9, salt=""):
    """An INVITE of a caller who does not look at what comes back."""
    return (f"INVITE sip:204@127.0.0.1 SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {source}:{port};rport;"
            f"branch=z9hG4bKf{salt}{number}\r\n"
            f"From: <sip:+4990{number:07}@{source}>;tag=f{number}\r\n"
            f"To: <sip:204@127.0.0.1>\r\n"
            f"Call-ID: flood{salt}-{number}@{source}\r\n"
            f"CSeq: 1 INVITE\r\nMax-Forwards: 70\r\n"
            f"Contact: <sip:{source}:{port}>\r\n"
            f"Content-Length: 0\r\n\r\n").encode()


class RefusedTest(WireTest):
    def finals(self, call):
        return [m for m in call.responses() if m.status >= 200]

    def repeat(self, call):
        """Send the INVITE again; all final answers so far."""
        call.invite()
        time.sleep(SETTLE_S)
        return self.finals(call)

    def assert_repeated(self, call, decided_by):
        """The repeated INVITE has the first answer, and was no new call."""
        answers = self.repeat(call)
        self.assertEqual(len(answers), 2)
        self.assertEqual(len({m.raw for m in answers}), 1)
        self.assertNotIn(180, call.statuses())
        self.assertEqual([c["decided_by"] for c in self.phone.calls()],
                         decided_by)


class Refused(RefusedTest):
    MORE = RULES

    def test_its_answer_is_sent_once_and_by_no_timer(self):
        call = self.call(from_user=SPAMMER)
        call.final(ack=False)
        time.sleep(REPEAT_S)
        self.assertEqual(len(self.finals(call)), 1)

    def test_nothing_comes_behind_its_ack(self):
        for transport in "udp", "tcp":
            call = self.call(from_user=SPAMMER, transport=transport)
            answer = call.final(ack=False)
            start = self.peer.mark()
            call.ack(answer)
            call.ack(answer)
            time.sleep(SETTLE_S)
            self.assertEqual(self.peer.received(start=start), [])

    def test_its_repetition_is_no_new_call(self):
        call = self.call(from_user=SPAMMER)
        call.final()
        self.assert_repeated(call, ["rule"])

    def test_its_repetition_by_tcp_is_no_new_call(self):
        call = self.call(from_user=SPAMMER, transport="tcp")
        call.final()
        self.assert_repeated(call, ["rule"])

    def test_another_decision_meanwhile_changes_no_answer(self):
        self.phone.tap("dnd")
        call = self.call()
        self.assertEqual(call.final().status, 480)
        self.phone.tap("dnd")
        self.assert_repeated(call, ["dnd"])

    def test_a_call_that_ended_meanwhile_changes_no_answer(self):
        first = self.ring()
        call = self.call(from_user="101")
        self.assertEqual(call.final().status, 486)
        first.cancel()
        self.assertEqual(first.final().status, 487)
        self.assert_repeated(call, ["caller", "busy"])

    def test_a_cancel_gets_200_with_the_same_tag_and_ends_nothing(self):
        for transport in "udp", "tcp":
            call = self.call(from_user=SPAMMER, transport=transport)
            answer = call.final(ack=False)
            call.cancel()
            cancelled = call.wait(200, method="CANCEL")
            self.assertEqual(cancelled.to_tag, answer.to_tag)
            time.sleep(SETTLE_S)
            call.ack(answer)
            self.assertEqual(call.statuses("CANCEL"), [200])
            self.assertEqual([m.status for m in self.finals(call)], [603])
        self.assertEqual(len(self.phone.calls()), 2)

    def test_a_cancel_of_another_branch_is_of_nothing(self):
        call = self.call(from_user=SPAMMER)
        call.final()
        call.branch += "x"
        call.cancel()
        self.assertEqual(call.wait(481, method="CANCEL").status, 481)

    def test_the_same_call_on_another_way_gets_482(self):
        call = self.call(from_user=SPAMMER)
        call.final()
        call.invite_bytes = call.invite_bytes.replace(
            call.branch.encode(), call.branch.encode() + b"x")
        answers = self.repeat(call)
        self.assertEqual([m.status for m in answers], [603, 482])
        self.assertEqual(len(self.phone.calls()), 1)

    def test_a_new_request_of_the_same_caller_is_a_new_call(self):
        call = self.call(from_user=SPAMMER)
        first = call.final()
        call.invite_bytes = call.invite_bytes.replace(
            call.branch.encode(), call.branch.encode() + b"x").replace(
                b"CSeq: 1 ", b"CSeq: 2 ")
        answers = self.repeat(call)
        self.assertEqual([m.status for m in answers], [603, 603])
        self.assertNotEqual(answers[1].to_tag, first.to_tag)
        self.assertEqual(len(self.phone.calls()), 2)

    def test_an_unknown_user_gets_the_same_404_each_time(self):
        call = self.call(user="205")
        call.final()
        self.assertEqual({m.raw for m in self.repeat(call)},
                         {self.finals(call)[0].raw})
        self.assertEqual(self.finals(call)[0].status, 404)

    def test_behind_a_full_table_only_the_count_is_wrong(self):
        call = self.call(from_user=SPAMMER)
        call.final()
        with Caller(self.phone.address) as caller:
            for number in range(4 * TABLE_MAX):
                caller.call(number)
        before = self.phone.do("history")["calls"][0]
        answers = self.repeat(call)
        self.assertEqual(len({m.raw for m in answers}), 1)
        self.assertNotEqual(before["number"], SPAMMER)
        self.assertEqual(self.phone.calls()[0]["number"], SPAMMER)


class Hours(RefusedTest):
    MORE = HOURS

    def test_the_opening_meanwhile_changes_no_retry_after(self):
        self.phone.clock("2026-03-10T03:00:00+01:00")
        call = self.call()
        self.assertEqual(call.final().get("Retry-After"), str(6 * 3600))
        self.phone.clock("2026-03-10T10:00:00+01:00")
        self.assert_repeated(call, ["hours"])


class Caller:
    """A socket that calls, and reads its answers or not."""

    def __init__(self, phone, source="127.0.0.1"):
        self.source = source
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF,
                               RECEIVE_BUFFER)
        self.socket.bind((source, 0))
        self.socket.connect(phone)
        self.socket.settimeout(2.0)
        self.port = self.socket.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.socket.close()

    def send(self, number):
        self.socket.send(sent_by_hand(number, self.source, self.port,
                                      self.port))

    def call(self, number):
        """One call and its refusal, acknowledged by nobody."""
        self.send(number)
        answer = self.socket.recv(4096)
        assert answer.startswith(b"SIP/2.0 603 "), answer

    def take(self):
        """The numbers of all calls that were answered so far."""
        taken = set()
        self.socket.settimeout(SETTLE_S)
        try:
            while True:
                answer = self.socket.recv(4096)
                taken.add(int(re.search(rb"tag=f(\d+)", answer).group(1)))
        except TimeoutError:
            return taken


class Memory(WireTest):
    MORE = RULES

    @unittest.skipIf(sanitized(), "its memory is the sanitizer's")
    def test_three_thousand_refused_calls_leave_it_as_it_was(self):
        with Caller(self.phone.address) as caller:
            for number in range(WARM_UP):
                caller.call(number)
            before = self.phone.rss_kib
            for number in range(WARM_UP, WARM_UP + MANY):
                caller.call(number)
        self.assertLess(self.phone.rss_kib - before, GROWTH_MAX_KIB)

    def test_a_burst_waits_until_the_phone_has_time(self):
        with Caller(self.phone.address) as caller:
            caller.call(BURST)
            os.kill(self.phone.process.pid, signal.SIGSTOP)
            try:
                for number in range(BURST):
                    caller.send(number)
            finally:
                os.kill(self.phone.process.pid, signal.SIGCONT)
            self.assertEqual(caller.take(), set(range(BURST)))


class Strangers(RegisterTest):
    """Those who ring, cancel and acknowledge nothing hold transactions."""

    MORE = UNLIMITED
    ACCOUNT_MORE = "accept_from = anyone\n"

    def setUp(self):
        super().setUp()
        self.wait_registration("ok")
        self.stranger = self.enterContext(Endpoint(host=STRANGER))

    def test_they_use_up_their_own_only(self):
        for n in range(STRANGERS_MAX):
            call = OutgoingCall(self.stranger, self.phone.address).invite()
            call.cancel()
            self.assertEqual(call.final(ack=False).status, 487, n)
        call = OutgoingCall(self.stranger, self.phone.address).invite()
        answer = call.final()
        self.assertEqual(answer.status, 503)
        self.assertNotIn(180, call.statuses())
        entry = self.phone.calls()[0]
        self.assertEqual((entry["code"], entry["missed"]), (503, True))
        # Our own server's are not theirs, and a call of it can be had
        self.phone.hangup()
        call = self.ring()
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        self.phone.wait_state("talking")
        self.assertEqual(call.reinvite().status, 200)
        self.assertEqual(call.bye().status, 200)


class Registered(RegisterTest):
    """The registrar's call, while strangers send what they can."""

    MORE = RULES
    ACCOUNT_MORE = "accept_from = anyone\n"

    def flood(self, stop):
        with Caller(self.phone.address, STRANGER) as caller:
            for number in itertools.count():
                if stop.is_set():
                    return
                caller.send(number % 10000000)

    def test_it_rings_within_half_a_second(self):
        self.wait_registration("ok")
        stop = threading.Event()
        thread = threading.Thread(target=self.flood, args=(stop,))
        thread.start()
        try:
            time.sleep(SETTLE_S)
            for _ in range(3):
                start = time.monotonic()
                call = OutgoingCall(self.registrar.endpoint,
                                    self.phone.address).invite()
                call.wait(180)
                self.assertLess(time.monotonic() - start, RING_MAX_S)
                call.cancel()
                self.assertEqual(call.final().status, 487)
            show = self.phone.show()
            self.assertEqual(show["accounts"][0]["registration"], "ok")
        finally:
            stop.set()
            thread.join()


if __name__ == "__main__":
    unittest.main()
