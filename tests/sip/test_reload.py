"""The file is read again while the phone runs: all of it, or none."""

import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import time

from support import RegisterTest, WireTest, unittest

from phone.phone import program, sanitized

SPAM = """[rule spam]
number = +4990*
action = reject
"""
SETTLE_S = 0.3
MANY = 40
RSS_SLACK_KIB = 2048


class Reload(WireTest):
    MORE = SPAM

    def setUp(self):
        super().setUp()
        self.text = self.phone.file.read_text()

    def write(self, text):
        self.phone.file.write_text(text)

    def hup(self):
        """Ask by the signal, and wait until it was done or refused."""
        before = len(self.phone.said)
        os.kill(self.phone.process.pid, signal.SIGHUP)
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            if any("read again" in line or "not changed" in line
                   for line in self.phone.said[before:]):
                return
            time.sleep(0.01)
        raise AssertionError("nothing was said:\n" + self.phone.stderr)

    def said(self, part):
        """The one line that has it."""
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            lines = [line for line in self.phone.said if part in line]
            if lines:
                self.assertEqual(len(lines), 1, lines)
                return lines[0]
            time.sleep(0.01)
        raise AssertionError(f"no {part!r}:\n{self.phone.stderr}")

    def rule_is(self, number, name):
        self.assert_declined(self.call(from_user=number).final())
        entry = self.phone.calls()[0]
        self.assertEqual((entry["decided_by"], entry["rule"]),
                         ("rule", name))

    def test_a_new_rule_counts_for_the_next_call(self):
        self.assert_rings(from_user="+4955")
        self.write(self.text + "[rule new]\nnumber = +4955\n"
                               "action = reject\n")
        self.hup()
        self.rule_is("+4955", "new")
        self.rule_is("+4990", "spam")
        self.write(self.text)
        self.hup()
        self.assert_rings(from_user="+4955")

    def test_the_call_that_talks_goes_on(self):
        call = self.ring()
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        self.phone.wait_state("talking")
        self.write(self.text.replace("+4990*", "+4991*"))
        self.hup()
        self.assertEqual(self.phone.state, "talking")
        self.assert_declined(self.call(from_user="+4991").final())
        self.assertEqual(self.phone.calls()[0]["rule"], "spam")
        self.assertEqual(self.phone.state, "talking")
        self.assertEqual(call.bye().status, 200)
        self.phone.wait(lambda s: s["state"] != "talking")
        self.assertEqual(self.phone.calls()[0]["decided_by"], "none")

    def test_the_call_that_rings_goes_on_though_a_rule_now_is_against_it(
            self):
        call = self.ring(from_user="+4955")
        self.write(self.text.replace("+4990*", "+4955"))
        self.hup()
        self.assertEqual(self.phone.state, "incoming")
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        call.bye()

    def test_a_broken_file_is_told_and_changes_nothing(self):
        ringing = self.ring(from_user="+4955")
        self.write(self.text.replace("action = reject", "action = bite")
                   + "[nosuch]\n")
        self.hup()
        line = self.text.splitlines().index("action = reject") + 1
        where = f"{self.phone.file}:{line}:10: error: "
        show = self.phone.show()
        self.assertEqual(show["state"], "incoming")
        self.assertTrue(show["config_error"].startswith(where), show)
        said = "".join(self.phone.said)
        self.assertIn(where, said)
        self.assertIn("unknown section", said)
        ringing.cancel()
        ringing.final()
        self.rule_is("+4990", "spam")
        self.write(self.text)
        self.hup()
        self.assertIsNone(self.phone.show()["config_error"])

    def test_a_file_that_is_gone_changes_nothing(self):
        self.phone.file.unlink()
        self.hup()
        self.assertIn("No such file", self.phone.show()["config_error"])
        self.rule_is("+4990", "spam")

    def test_the_command_does_the_same_and_answers_the_error(self):
        self.assertEqual(self.phone.do("reload")["restart"], [])
        self.write(self.text + "[rule x]\n")
        answer = self.phone.control.ask("reload")
        self.assertIs(answer["ok"], False)
        self.assertRegex(answer["error"],
                         rf"\A{self.phone.file}:\d+:\d+: error: ")
        self.assertEqual(self.phone.show()["config_error"],
                         answer["error"])
        self.rule_is("+4990", "spam")

    def test_what_needs_a_restart_is_named_and_stays(self):
        before = self.phone.show()
        self.write(self.text
                   .replace("listen = 127.0.0.1:0", "listen = 127.0.0.2:0")
                   .replace("uri = sip:204@", "uri = sip:205@")
                   .replace("/ctl", "/other")
                   .replace("device = null", "device = hw:7")
                   .replace("+4990*", "+4955"))
        self.assertEqual(self.phone.do("reload")["restart"],
                         ["[sip]", "[account]", "[audio]", "[control]"])
        said = self.said("restart")
        self.assertIn("[sip], [account], [audio], [control]", said)
        after = self.phone.show()
        for name in "sip", "accounts", "lines", "audio":
            self.assertEqual(after[name], before[name], name)
        self.rule_is("+4955", "spam")
        self.assert_rings(from_user="+4990")
        # Compared with what runs, not with what was read last
        self.assertEqual(len(self.phone.do("reload")["restart"]), 4)
        self.write(self.text)
        self.assertEqual(self.phone.do("reload")["restart"], [])

    def test_the_name_on_the_screen_changes_at_once(self):
        self.write(self.text.replace("Front desk", "Back door"))
        self.assertEqual(self.phone.do("reload")["restart"],
                         ["[phone] display_name in From"])
        self.assertIn("Back door", " ".join(self.phone.show()["lines"]))

    def test_a_rule_for_an_account_that_comes_later_holds_for_nobody(self):
        self.write(self.text.replace("[account office]",
                                     "[account first]\n"
                                     "uri = sip:200@127.0.0.1\n"
                                     "register = no\n"
                                     "[account office]")
                   + "[rule later]\naccount = first\naction = reject\n"
                     "[rule ours]\naccount = office\nnumber = 300\n"
                     "action = reject\n")
        self.assertEqual(self.phone.do("reload")["restart"], ["[account]"])
        self.rule_is("300", "ours")
        self.assert_rings(from_user="301")

    def test_read_again_and_again_while_calls_come(self):
        texts = [self.text, self.text + "[rule new]\nnumber = +4955\n"
                                        "action = reject\n",
                 self.text + "[rule broken]\n"]
        stop = threading.Event()

        def reload():
            n = 0
            while not stop.is_set():
                self.write(texts[n % len(texts)])
                os.kill(self.phone.process.pid, signal.SIGHUP)
                n += 1
                time.sleep(0.005)

        thread = threading.Thread(target=reload)
        thread.start()
        try:
            for _ in range(MANY):
                answer = self.call(from_user="+4990").final()
                self.assert_declined(answer)
            self.assert_rings(from_user="+4930")
        finally:
            stop.set()
            thread.join()
        self.assert_alive()


class Lists(WireTest):
    """A list that was made anew is taken, and the old one let go."""

    MORE = """[rule blocklist]
list = {list}
action = reject
"""

    def setUp(self):
        folder = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory(prefix="ringfence-")))
        self.source = folder / "numbers"
        self.list = folder / "numbers.list"
        self.make("+4930555\n")
        self.MORE = self.MORE.replace("{list}", str(self.list))
        super().setUp()

    def make(self, text):
        self.source.write_text(text)
        subprocess.run([program(), "list", "import", self.source,
                        self.list], capture_output=True, check=True)

    def mapped(self):
        maps = pathlib.Path(f"/proc/{self.phone.process.pid}/maps")
        return [line for line in maps.read_text().splitlines()
                if str(self.list) in line]

    def test_it_is_taken_without_dropping_a_call(self):
        call = self.ring()
        self.make("+4930666\n")
        self.assertIn("(deleted)", self.mapped()[0])
        self.assertEqual(self.phone.do("reload")["restart"], [])
        self.assertEqual(len(self.mapped()), 1)
        self.assertNotIn("(deleted)", self.mapped()[0])
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        self.assert_declined(self.call(from_user="+4930666").final())
        self.assertEqual(self.call(from_user="+4930555").final().status,
                         486)
        call.bye()

    def test_one_that_is_damaged_leaves_the_old_one_in_force(self):
        damaged = self.list.read_bytes()[:-1] + b"\xff"
        self.list.with_name("new").write_bytes(damaged)
        self.list.with_name("new").replace(self.list)
        answer = self.phone.control.ask("reload")
        self.assertIs(answer["ok"], False)
        self.assert_declined(self.call(from_user="+4930555").final())

    def test_reading_again_takes_no_more_memory_each_time(self):
        for _ in range(MANY):
            self.phone.do("reload")
        before = self.phone.rss_kib
        for _ in range(5 * MANY):
            self.phone.do("reload")
        self.assertEqual(len(self.mapped()), 1)
        if not sanitized():
            self.assertLess(self.phone.rss_kib - before, RSS_SLACK_KIB)


class Registration(RegisterTest):
    def test_it_goes_on(self):
        self.wait_registration("ok")
        before = len(self.registrar.registers())
        self.phone.file.write_text(self.phone.file.read_text() + SPAM)
        self.assertEqual(self.phone.do("reload")["restart"], [])
        time.sleep(SETTLE_S)
        _, account = self.wait_registration("ok")
        self.assertEqual(account["code"], 0)
        self.assertEqual(len(self.registrar.registers()), before)


if __name__ == "__main__":
    unittest.main()
