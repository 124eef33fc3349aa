"""SIPp as the far end, both ways: a peer that nobody here wrote."""

import pathlib
import shutil
import socket
import subprocess
import unittest

from support import WireTest

SCENARIOS = pathlib.Path(__file__).resolve().parent / "sipp"
RUN_S = 20

RULE = "[rule spam]\nnumber = +4990*\naction = reject\n"


class Sipp:
    """A SIPp process in the phone's folder, bounded in time.

    `change` is replaced in the scenario: SIPp has no keyword for a status.
    """

    def __init__(self, phone, scenario, *words, calls=1, change=("", "")):
        text = (SCENARIOS / f"{scenario}.xml").read_text()
        file = phone.folder / f"{scenario}.xml"
        file.write_text(text.replace(*change) if change[0] else text)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            ["sipp", *map(str, words), "-sf",
             str(file), "-i", "127.0.0.1", "-p", str(self.port),
             "-m", str(calls), "-nostdin",
             "-timeout", str(RUN_S), "-timeout_error",
             "-trace_err", "-error_file", f"{scenario}.err"],
            cwd=phone.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            encoding="utf-8", errors="replace")
        self.errors = phone.folder / f"{scenario}.err"

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stderr.close()

    def finish(self):
        """Wait for its end; gives its exit code and what it said."""
        said = self.process.communicate(timeout=RUN_S + 5)[1]
        if self.errors.exists():
            said += self.errors.read_text(errors="replace")
        return self.process.returncode, said


@unittest.skipUnless(shutil.which("sipp"), "SIPp is not installed "
                     "(Debian's package sip-tester)")
class SippTest(WireTest):
    MORE = RULE

    def calls_the_phone(self, scenario, *words, calls=1):
        host, port = self.phone.address
        return self.enterContext(Sipp(
            self.phone, scenario, f"{host}:{port}", *words, calls=calls))

    def check(self, sipp):
        code, said = sipp.finish()
        self.assertEqual(code, 0, said)


class CallsThePhone(SippTest):
    CALLS = 100

    def test_it_is_declined_by_a_rule_before_any_180(self):
        self.check(self.calls_the_phone("screened", "-r", "100",
                                        calls=self.CALLS))
        calls = self.phone.calls()
        self.assertEqual(len(calls), self.CALLS)
        self.assertEqual({(c["code"], c["rule"]) for c in calls},
                         {(603, "spam")})
        self.assert_rings()

    def test_it_is_declined_by_tcp_as_well(self):
        self.check(self.calls_the_phone("screened", "-t", "t1",
                                        calls=20))
        self.assertEqual(len(self.phone.calls()), 20)

    def test_it_is_rejected_by_hand(self):
        sipp = self.calls_the_phone("rejected")
        self.phone.wait_state("incoming")
        self.phone.tap("reject")
        self.check(sipp)
        self.assertEqual(self.phone.calls()[0]["decided_by"], "user")

    def test_it_is_answered_and_hangs_up(self):
        sipp = self.calls_the_phone("answered")
        self.phone.wait_state("incoming")
        self.phone.tap("answer")
        self.phone.wait_state("talking")
        self.check(sipp)
        self.phone.wait(lambda s: s["state"] != "talking")
        entry = self.phone.calls()[0]
        self.assertEqual((entry["code"], entry["decided_by"]),
                         (200, "none"))

    def test_it_gives_up(self):
        self.check(self.calls_the_phone("cancelled", "-l", "1",
                                        calls=10))
        calls = self.phone.calls()
        self.assertEqual({(c["code"], c["missed"]) for c in calls},
                         {(487, True)})


class PhoneCallsIt(SippTest):
    ANSWERS = [(480, "Temporarily Unavailable", "congestion"),
               (486, "Busy Here", "busy"), (603, "Decline", "declined")]

    def test_its_refusals_are_shown(self):
        for code, phrase, tone in self.ANSWERS:
            with self.subTest(code), Sipp(
                    self.phone, "refuses", change=(
                        "SIP/2.0 603 Decline",
                        f"SIP/2.0 {code} {phrase}")) as sipp:
                self.wait_bound(sipp)
                self.phone.dial(f"sip:anna@127.0.0.1:{sipp.port}")
                self.phone.wait_state("ringback")
                show = self.phone.wait_state("result")
                self.assertEqual(show["tone"], tone)
                entry = self.phone.calls()[0]
                self.assertEqual((entry["code"], entry["phrase"]),
                                 (code, phrase))
                self.check(sipp)
                self.phone.hangup()

    def wait_bound(self, sipp):
        """Wait until SIPp holds its port."""
        for _ in range(200):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                try:
                    probe.bind(("127.0.0.1", sipp.port))
                except OSError:
                    return
            try:
                sipp.process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
            self.fail(sipp.finish()[1])
        self.fail("SIPp did not bind its port")


if __name__ == "__main__":
    unittest.main()
