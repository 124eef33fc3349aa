"""The demo's far end: callers and numbers, in a process of its own.

It speaks SIP through sockets on 127.0.0.1 and shares nothing with the phone.
Orders come as lines on standard input, reports go as lines of JSON to
standard output:

    phone HOST:PORT     where the phone is
    clock TIME          what time it is at the far end (RFC 3339)
    call zoe|late|blocked
    hangup              ends what lives: CANCEL while it rings, else BYE
    quit                or the end of the input

A report is {"event": NAME, ...}; a SIP message is {"event": "sip"} with `to`
("phone" or "farend"), `line`, `headers`, `call`, `again` (a retransmission)
and `at` (seconds).

Who dials a status code gets it: 480, 486 and 603 are people, 200 answers and
plays a tone, any other number is unknown.
"""

import datetime
import json
import math
import os
import queue
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

from peer import dialog, sdp  # noqa: E402
from peer import message as sip  # noqa: E402
from peer.endpoint import Endpoint  # noqa: E402
from peer.rtp import RtpSocket  # noqa: E402

CALLERS = {
    "zoe": ("Zoë Müller 田中", "+49301234567"),
    "late": ("Nora Nachtigall", "+49407654321"),
    "blocked": (None, "+49900123456"),
}
CALLED = "204"

RINGS_S = {603: 1.2, 200: 1.2}      # a person looks before deciding
PATIENCE_S = 45                     # then a caller gives up
TALK_S = 90
POLL_S = 0.005
WAIT_S = 3.0
TONE_HZ = 440

BACK_AT_HOUR = 9
# Both clocks were set by hand, one after the other: whoever aims at nine
# sharp may hit the minute before.
BACK_AFTER_S = 10

TOLD_HEADERS = ("Reason", "Retry-After", "Contact")


class FarEnd:
    def __init__(self):
        self.endpoint = Endpoint(self.on_message, user="farend")
        self.phone = None
        self.calls = {}             # by Call-ID
        self.clock = None           # (time told, monotonic then)
        self.lock = threading.Lock()
        self.open = True
        self.teller = threading.Thread(target=self.tell_sip, daemon=True)

    def tell(self, event, **more):
        with self.lock:
            print(json.dumps({"event": event, **more}, ensure_ascii=False),
                  flush=True)

    def tell_sip(self):
        """The log in its order; on a thread, so that nothing waits for it."""
        told, seen = 0, set()
        while self.open:
            entries = self.endpoint.log[told:]
            told += len(entries)
            for entry in entries:
                if entry.message:
                    self.tell_entry(entry, seen)
            time.sleep(POLL_S)

    def tell_entry(self, entry, seen):
        key = (entry.sent, entry.raw)
        headers = {name: entry.message.get(name) for name in TOLD_HEADERS
                   if entry.message.get(name) is not None}
        self.tell("sip", to="phone" if entry.sent else "farend",
                  line=entry.line, headers=headers,
                  call=entry.message.call_id, method=entry.message.method,
                  again=key in seen, at=round(entry.at, 4))
        seen.add(key)

    def on_message(self, endpoint, entry):
        """In the reader's thread: whatever takes time gets its own."""
        message = entry.message
        if message.is_response or message.method == "ACK":
            return
        call = self.calls.get(message.call_id)
        if message.method == "OPTIONS":
            dialog.reply_to(endpoint, entry, 200, to_tag="farend")
        elif message.method == "INVITE" and not message.to_tag:
            if call is None:
                call = Callee(self, entry)
                self.calls[message.call_id] = call
                call.start()
        elif call is None:
            dialog.reply_to(endpoint, entry, 481, to_tag="farend")
        else:
            call.on_request(entry)

    def now(self):
        if self.clock is None:
            return datetime.datetime.now().astimezone()
        told, then = self.clock
        return told + datetime.timedelta(seconds=time.monotonic() - then)

    def retry_after(self):
        """Whole seconds until the person is back."""
        now = self.now()
        back = now.replace(hour=BACK_AT_HOUR, minute=0, second=BACK_AFTER_S,
                           microsecond=0)
        if back <= now:
            back += datetime.timedelta(days=1)
        return math.ceil((back - now).total_seconds())

    def order(self, line):
        word, _, rest = line.strip().partition(" ")
        if word == "phone":
            host, _, port = rest.rpartition(":")
            self.phone = (host, int(port))
        elif word == "clock":
            self.clock = (datetime.datetime.fromisoformat(rest),
                          time.monotonic())
        elif word == "call" and rest in CALLERS and self.phone:
            call = Caller(self, rest)
            self.calls[call.dialog.call_id] = call
            call.start()
        elif word == "hangup":
            for call in list(self.calls.values()):
                call.orders.put("hangup")
        else:
            self.tell("error", text=f"no such order: {line.strip()}")

    def run(self):
        self.teller.start()
        self.tell("ready", port=self.endpoint.port)
        for line in sys.stdin:
            if line.strip() == "quit":
                break
            try:
                self.order(line)
            except ValueError as error:
                self.tell("error", text=f"{line.strip()}: {error}")
        self.open = False
        self.teller.join(timeout=1)
        self.endpoint.close(raise_errors=False)


class Call(threading.Thread):
    """What a call from and a call to the far end have in common."""

    def __init__(self, farend, who):
        super().__init__(daemon=True)
        self.farend = farend
        self.who = who
        self.dialog = None
        self.orders = queue.Queue()
        self.rtp = RtpSocket()
        self.sends_to = None    # codec and address, while we talk

    def run(self):
        try:
            self.talk_or_not()
        except TimeoutError as error:
            text = str(error).splitlines()[0]
            self.farend.tell("error", text=f"{self.who}: {text}")
        finally:
            received = len(self.rtp.packets)
            self.rtp.close()
            self.farend.calls.pop(self.dialog.call_id, None)
            self.farend.tell("over", who=self.who, rtp_received=received,
                             rtp_sent=self.rtp.sent)

    def on_request(self, entry):
        """A request within the call, in the reader's thread."""
        method = entry.message.method
        if method == "INVITE":
            self.answer_again(entry)
        elif method == "CANCEL":
            dialog.reply_to(self.farend.endpoint, entry, 200,
                            to_tag=getattr(self.dialog, "tag", None))
            self.orders.put("cancelled")
        elif method == "BYE":
            dialog.reply_to(self.farend.endpoint, entry, 200)
            self.orders.put("bye")
        else:
            dialog.reply_to(self.farend.endpoint, entry, 200)

    def answer_again(self, entry):
        """Hold, or resume: the mirror image of what is offered."""
        mirror = {"sendonly": "recvonly", "recvonly": "sendonly"}
        way = sdp.Media(entry.message.body).direction \
            if entry.message.body else "sendrecv"
        dialog.reply_to(self.farend.endpoint, entry, 200, headers=[
            ("Contact", self.dialog.contact())],
            body=self.dialog.description(mirror.get(way, way)))
        if way in ("sendonly", "inactive"):
            self.rtp.stop()
        elif self.sends_to:
            self.rtp.start(*self.sends_to, TONE_HZ)

    def talk(self, media):
        """Play a tone until one of us hangs up."""
        known = [c for c in media.codecs if c in (sdp.PCMU, sdp.PCMA)]
        self.sends_to = (known[0], media.address)
        self.rtp.start(*self.sends_to, TONE_HZ)
        order = self.next_order(TALK_S)
        self.rtp.stop()
        if order != "bye":
            self.dialog.bye(WAIT_S)

    def next_order(self, timeout):
        try:
            return self.orders.get(timeout=timeout)
        except queue.Empty:
            return None


class Caller(Call):
    """Someone calls the phone."""

    def __init__(self, farend, who):
        super().__init__(farend, who)
        name, number = CALLERS[who]
        display = f'"{name}" ' if name else ""
        uri = farend.endpoint.uri(number)
        self.dialog = dialog.OutgoingCall(
            farend.endpoint, farend.phone, user=CALLED,
            from_value=f"{display}<{uri}>", rtp_port=self.rtp.port)

    def talk_or_not(self):
        call = self.dialog
        call.invite()
        gave_up = not self.wait_answer()
        if gave_up:
            call.cancel()
        answer = call.final(WAIT_S)
        if answer.status >= 300:
            return
        if gave_up or call.media is None:
            call.bye(WAIT_S)    # the 200 crossed our CANCEL
        else:
            self.talk(call.media)

    def wait_answer(self):
        """Until a final response; False if the caller gives up.

        Nothing is cancelled before a provisional one (RFC 3261 9.1).
        """
        deadline, wanted = time.monotonic() + PATIENCE_S, False
        while not any(status >= 200 for status in self.dialog.statuses()):
            wanted = self.next_order(POLL_S) is not None or wanted
            late = time.monotonic() > deadline
            if late or wanted and self.dialog.statuses():
                return False
        return True


class Callee(Call):
    """The phone calls someone, who does what the number says."""

    def __init__(self, farend, entry):
        uri = entry.message.uri or ""
        super().__init__(farend, sip.user_of(uri))
        self.dialog = dialog.IncomingCall(farend.endpoint, entry,
                                          rtp_port=self.rtp.port)

    def talk_or_not(self):
        call = self.dialog
        code = int(self.who) if self.who.isdigit() else 404
        call.reply(100)
        if code in RINGS_S:
            call.reply(180)
            order = self.next_order(RINGS_S[code])
            if order:
                call.refuse(487 if order == "cancelled" else 603)
                return
        if code == 200:
            call.answer()
            self.talk(call.offer)
        else:
            self.refuse(code if 300 <= code <= 699 else 404)

    def refuse(self, code):
        headers = []
        if code == 480:
            headers = [("Retry-After", str(self.farend.retry_after()))]
        elif code == 603:
            headers = [("Reason", 'Q.850;cause=21;text="Call Rejected"')]
        elif code < 400:
            headers = [("Contact", f"<{self.farend.endpoint.uri('200')}>")]
        self.dialog.refuse(code, headers=headers)


if __name__ == "__main__":
    FarEnd().run()
