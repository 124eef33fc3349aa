"""The torture messages of RFC 4475 and RFC 5118, where they are at hand.

They are looked for in RINGFENCE_TORTURE, else in ../shared/torture beside
the repository: EXPECT.tsv says what may be answered and what may ring.
"""

import os
import pathlib
import re
import secrets
import select
import socket
import time

from support import WireTest, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(os.environ.get("RINGFENCE_TORTURE")
                      or ROOT.parent / "shared" / "torture")
QUIET_S = 0.15      # no answer within this time is none
SECOND_S = 0.02     # nor is a second one, behind a final one
SIP_PORT = 5060


def rows():
    """(file, accepted statuses, may ring) of RFC 4475."""
    for line in (FOLDER / "EXPECT.tsv").read_text().splitlines():
        field = line.split("\t")
        if field[0].endswith(".dat"):
            yield field[0], field[4].split(), field[5] == "yes"


def broken_description(name):
    """Whether the RFC's text has an SDP that may be refused for itself:
    an rtpmap without a clock rate (RFC 4566 6)."""
    return (FOLDER / "rfc4475" / name).read_bytes() \
        != (FOLDER / "rfc4475-sdpfixed" / name).read_bytes()


def transaction(raw):
    """What makes two messages one transaction (RFC 3261 17.2.3)."""
    via = re.search(rb"\n(?:via|v)\s*:([^\r]*)", raw, re.IGNORECASE)
    return raw.split(b" ", 1)[0], via and via.group(1)


def via_port(raw):
    """The port where an answer goes, if the first Via has no rport."""
    match = re.search(rb"\n(?:via|v)\s*:[^,;]*?:(\d+)\s*[;,\r]", raw,
                      re.IGNORECASE)
    return int(match.group(1)) if match else SIP_PORT


class Tortured(WireTest):
    """The messages come from addresses of their own in 127/8: an answer
    goes to the port of the message's Via (RFC 3581)."""

    SETTINGS = {"account": "sip:user@example.com"}
    MORE = "".join(f"[account {user}]\nuri = sip:{user}@example.com\n"
                   "register = no\n" for user in ("vivekg", "joe", "UserB"))

    def setUp(self):
        if not (FOLDER / "EXPECT.tsv").is_file():
            self.skipTest(f"no torture messages in {FOLDER}: set "
                          "RINGFENCE_TORTURE to their folder")
        super().setUp()
        self.network = f"127.{secrets.randbelow(200) + 20}." \
                       f"{secrets.randbelow(250)}"
        self.hosts = iter(range(1, 255))
        self.seen = set()

    def exchange(self, raw):
        """Send it from an address that nobody used before; give every
        status that came back."""
        if not self.phone.alive:
            self.setUp()
        if transaction(raw) in self.seen:   # or it is a retransmission
            self.phone.end()
            self.setUp()
        self.seen.add(transaction(raw))
        port = via_port(raw)
        host = f"{self.network}.{next(self.hosts)}"
        socks = []
        for number in {port, SIP_PORT}:
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.addCleanup(sock.close)
            sock.bind((host, number))
            socks.append(sock)
        socks[0].sendto(raw, self.phone.address)
        answers, deadline = [], time.monotonic() + QUIET_S
        while (left := deadline - time.monotonic()) > 0:
            for sock in select.select(socks, [], [], left)[0]:
                answers.append(sock.recv(65535))
                if answers[-1][8:9] >= b"2":
                    deadline = min(deadline, time.monotonic() + SECOND_S)
        for sock in socks:
            sock.close()
        return [int(a[8:11]) for a in answers if a.startswith(b"SIP/2.0 ")]

    def meet(self, folder, name):
        """Send a message; give "-", "1xx" if it rings, or the status."""
        statuses = self.exchange((FOLDER / folder / name).read_bytes())
        rang = self.phone.state == "incoming" \
            or any(100 < s < 200 for s in statuses)
        self.phone.hangup()
        final = [s for s in statuses if s >= 200]
        self.assertLessEqual(len(set(final)), 1, "one final status")
        return "1xx" if rang else str(final[0]) if final else "-"

    def test_rfc4475_as_it_is(self):
        for name, accepted, may_ring in rows():
            with self.subTest(name):
                got = self.meet("rfc4475", name)
                if got == "1xx":
                    self.assertTrue(may_ring, "it rings")
                elif broken_description(name):
                    self.assertIn(got, [*accepted, "400"])
                else:
                    self.assertIn(got, accepted)
        self.assert_alive()
        self.assert_rings(user="user")

    def test_rfc4475_with_descriptions_that_can_be_read(self):
        for name, accepted, may_ring in rows():
            with self.subTest(name):
                got = self.meet("rfc4475-sdpfixed", name)
                if got == "1xx":
                    self.assertTrue(may_ring, "it rings")
                else:
                    self.assertIn(got, accepted)
        self.assert_alive()
        self.assert_rings(user="user")

    def test_rfc5118_leaves_it_alive(self):
        for folder in "rfc5118", "rfc5118-wire":
            for file in sorted((FOLDER / folder).iterdir()):
                with self.subTest(f"{folder}/{file.name}"):
                    self.exchange(file.read_bytes())
                    self.phone.hangup()
                    self.assert_alive()
        self.assert_rings(user="user")


if __name__ == "__main__":
    unittest.main()
