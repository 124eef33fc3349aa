"""The machine's addresses change while the phone listens on all of them.

Runs in a network namespace of its own, where it may; else it is skipped.
"""

import os
import shutil
import subprocess
import sys

from support import Endpoint, OutgoingCall, Phone, unittest

INSIDE = "RINGFENCE_TEST_NAMESPACE"
ADDRESS = "10.9.0.1"
NOTICED_S = 15      # the phone looks every 10 s


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


class AddressMore(unittest.TestCase):
    def setUp(self):
        ip("link", "set", "lo", "up")
        ip("link", "add", "d0", "type", "veth", "peer", "name", "d1")
        ip("address", "add", f"{ADDRESS}/24", "dev", "d0")
        ip("link", "set", "d0", "up")
        ip("link", "set", "d1", "up")
        ip("route", "add", "default", "dev", "d0")
        self.phone = self.enterContext(Phone(
            listen="0.0.0.0:0", account=f"sip:204@{ADDRESS}"))
        self.peer = self.enterContext(Endpoint(host=ADDRESS))

    def call(self):
        return OutgoingCall(self.peer, (ADDRESS, self.phone.address[1]))

    def test_a_call_goes_on_and_its_end_is_heard(self):
        call = self.call().invite()
        call.wait(180)
        self.phone.tap("answer")
        call.ack(call.final())
        self.phone.wait_state("talking")

        ip("address", "add", "fd00::5/64", "dev", "d0", "nodad")
        ip("-6", "route", "add", "default", "dev", "d0")
        self.phone.wait(lambda s: any("fd00::5" in a for a in s["sip"]),
                        NOTICED_S)
        self.assertEqual(self.phone.state, "talking")

        self.assertEqual(call.bye().status, 200)
        self.phone.wait(lambda s: s["state"] != "talking")
        self.assertEqual(self.phone.calls()[0]["decided_by"], "none")

        call = self.call().invite()
        call.wait(180)
        call.cancel()
        self.assertEqual(call.final().status, 487)


def main():
    inside = [shutil.which("unshare") or "unshare", "--map-root-user",
              "--net", "--"]
    if os.environ.get(INSIDE):
        unittest.main()
    if not shutil.which("ip") or subprocess.run(
            [*inside, "ip", "link", "add", "d0", "type", "veth", "peer",
             "name", "d1"],
            capture_output=True).returncode:
        print("skipped: no network namespace with a link of its own here "
              "(packages util-linux and iproute2, and the right to it)")
        return
    os.environ[INSIDE] = "yes"
    os.execv(inside[0], [*inside, sys.executable, "-B", *sys.argv])


if __name__ == "__main__":
    main()
