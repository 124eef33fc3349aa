"""What the tests of the wire share: a phone and a peer, for each test."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from peer.dialog import IncomingCall, OutgoingCall, options  # noqa: E402
from peer.endpoint import Endpoint  # noqa: E402
from phone.phone import Phone  # noqa: E402

REASON_DECLINED = 'Q.850;cause=21;text="Call Rejected"'
REASON_BUSY = 'Q.850;cause=17;text="User Busy"'
REASON_NO_ANSWER = 'Q.850;cause=19;text="No Answer"'

LAMP_OFF = {"colour": "off", "on_ms": 0, "off_ms": 0}


def lamp(colour, on_ms, off_ms):
    return {"colour": colour, "on_ms": on_ms, "off_ms": off_ms}


class WireTest(unittest.TestCase):
    """Each test gets a peer and a phone made from MORE and SETTINGS.

    "{peer}" in them is the peer's HOST:PORT. A failed assertion shows what
    was on the wire.
    """

    MORE = ""
    SETTINGS = {}
    FILES = {}

    def setUp(self):
        self.peer = self.enterContext(Endpoint())
        where = f"{self.peer.host}:{self.peer.port}"
        settings = {k: v.replace("{peer}", where) if isinstance(v, str)
                    else v for k, v in self.SETTINGS.items()}
        self.phone = self.enterContext(Phone(
            self.MORE.replace("{peer}", where), self.FILES, **settings))

    def _formatMessage(self, msg, standard):
        text = super()._formatMessage(msg, standard)
        return f"{text}\nOn the wire:\n{self.peer.trace()}"

    def call(self, **more):
        """Call the phone: the INVITE is sent."""
        where = self.phone.addresses[more.get("transport", "udp")]
        return OutgoingCall(self.peer, where, **more).invite()

    def ring(self, **more):
        """Call the phone and wait until it rings."""
        call = self.call(**more)
        call.wait(180)
        self.phone.wait_state("incoming")
        return call

    def assert_declined(self, answer, status=603, reason="Decline",
                        q850=REASON_DECLINED):
        self.assertEqual(answer.start, f"SIP/2.0 {status} {reason}")
        self.assertEqual(answer.all("Reason"), [q850] if q850 else [])
        self.assertTrue(answer.to_tag, "a final response has a To tag")

    def assert_rings(self, **more):
        """The next call rings, and is over when its caller gives up."""
        self.phone.hangup()
        call = self.ring(**more)
        call.cancel()
        self.assertEqual(call.final().status, 487)
        self.phone.wait(lambda s: s["state"] != "incoming")

    def assert_alive(self):
        """It runs and answers; gives how long it took."""
        self.assertTrue(self.phone.alive, self.phone.stderr)
        answer, seconds = options(self.peer, self.phone.address)
        self.assertGreaterEqual(answer.status, 200)
        return seconds


__all__ = ["Endpoint", "IncomingCall", "LAMP_OFF", "OutgoingCall", "Phone",
           "REASON_BUSY", "REASON_DECLINED", "REASON_NO_ANSWER", "WireTest",
           "lamp", "options", "unittest"]
