"""What the tests of the wire share: a phone and a peer, for each test."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from peer.dialog import IncomingCall, OutgoingCall, options  # noqa: E402
from peer.endpoint import Endpoint  # noqa: E402
from peer.registrar import Registrar  # noqa: E402
from phone.phone import Phone  # noqa: E402

SECRET = "correct horse"
REASON_DECLINED = 'Q.850;cause=21;text="Call Rejected"'
REASON_BUSY = 'Q.850;cause=17;text="User Busy"'
REASON_NO_ANSWER = 'Q.850;cause=19;text="No Answer"'

LAMP_OFF = {"colour": "off", "on_ms": 0, "off_ms": 0}

# Hundreds of calls in a second: not what a person is called
UNLIMITED = "[limits]\nsource_per_min = 0\nall_per_min = 0\n"


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


class RegisterTest(WireTest):
    """A phone with an account at a registrar, 127.0.0.1."""

    PASSWORD = SECRET
    REGISTRAR = {}      # what Registrar takes
    DOMAIN = None       # the registrar's own address
    ACCOUNT_MORE = ""

    def setUp(self):
        self.registrar = self.enterContext(Registrar(
            user="204", password=SECRET, **self.REGISTRAR))
        where = self.DOMAIN or self.registrar.uri.removeprefix("sip:")
        self.FILES = {**self.FILES,
                      "secret": self.PASSWORD + "\nsecond line\n"}
        self.SETTINGS = {
            **self.SETTINGS,
            "account": f"sip:204@{where}", "register": "yes",
            "account_more": ("password_file = {folder}/secret\n"
                             f"registrar = {self.registrar_uri()}\n"
                             + self.ACCOUNT_MORE)}
        super().setUp()

    def registrar_uri(self):
        return self.registrar.uri

    def wait_registration(self, state):
        show = self.phone.wait(
            lambda s: s["accounts"][0]["registration"] == state,
            timeout=5, what=f"registration {state}")
        return show, show["accounts"][0]


__all__ = ["Endpoint", "IncomingCall", "LAMP_OFF", "OutgoingCall", "Phone",
           "REASON_BUSY", "REASON_DECLINED", "REASON_NO_ANSWER", "Registrar",
           "RegisterTest", "SECRET", "WireTest",
           "lamp", "options", "unittest"]
