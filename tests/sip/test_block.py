"""The person's own block list, and do not disturb: kept, or told why not."""

import os
import pathlib
import stat
import subprocess
import tempfile
import time

from support import Phone, WireTest, unittest

from phone.control import ControlError

OLD = "# mine\n+4930777 # him\n"


class Kept(WireTest):
    """The folder outlives the phone."""

    def setUp(self):
        self.state = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory(prefix="ringfence-")))
        self.SETTINGS = {"phone_more": f"state = {self.state}\n"}
        self.prepare()
        super().setUp()

    def prepare(self):
        """Before the phone starts."""

    def restart(self):
        self.phone.end()
        self.phone = self.enterContext(Phone(self.MORE, self.FILES,
                                             **self.SETTINGS))

    def blocked(self):
        return self.phone.do("blocked")["blocked"]

    def refusal(self, *words):
        answer = self.phone.control.ask(*words)
        self.assertIs(answer["ok"], False, answer)
        return answer["error"]

    def said(self, *parts):
        """The line that has all parts."""
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            for line in self.phone.said:
                if all(part in line for part in parts):
                    return line
            time.sleep(0.01)
        raise AssertionError(f"nothing says {parts}:\n{self.phone.stderr}")


class Block(Kept):
    def test_a_blocked_number_is_declined_before_it_rings(self):
        self.assert_rings(from_user="+4930555")
        self.phone.do("block", "+49-30-555")
        call = self.call(from_user="+4930555")
        self.assert_declined(call.final())
        self.assertNotIn(180, call.statuses())
        entry = self.phone.wait_calls(2)[0]
        self.assertEqual(
            (entry["number"], entry["code"], entry["decided_by"],
             entry["rule"], entry["line"], entry["missed"]),
            ("+4930555", 603, "block", None, None, False))
        self.assert_rings(from_user="+49305551")

    def test_it_still_is_after_a_restart_and_no_longer_once_unblocked(self):
        self.phone.do("block", "+4930555")
        self.phone.do("block", "300")
        self.restart()
        self.assertEqual(self.blocked(), ["+4930555", "300"])
        self.assert_declined(self.call(from_user="+4930555").final())
        self.phone.do("unblock", "+4930555")
        self.assert_rings(from_user="+4930555")
        self.restart()
        self.assertEqual(self.blocked(), ["300"])
        self.assert_rings(from_user="+4930555")
        self.assert_declined(self.call(from_user="300").final())

    def test_the_file_is_for_its_owner_and_nothing_lies_beside_it(self):
        self.phone.do("block", "300")
        self.assertEqual(os.listdir(self.state), ["blocked"])
        mode = stat.S_IMODE((self.state / "blocked").stat().st_mode)
        self.assertEqual(mode & 0o022, 0)
        self.assertEqual((self.state / "blocked").read_text()
                         .splitlines()[-1], "300")

    def test_twice_is_once_and_nobody_is_unblocked_who_is_not(self):
        self.phone.do("block", "300")
        self.phone.do("block", "300")
        self.assertEqual(self.blocked(), ["300"])
        self.assertIn("not blocked", self.refusal("unblock", "301"))
        self.assertEqual(self.blocked(), ["300"])

    def test_what_is_no_number_is_refused(self):
        for word in "jo", "sip:300@127.0.0.1", "+", "4" * 60, "#", \
                "+4990*":
            with self.subTest(word):
                self.assertTrue(self.refusal("block", word))
        self.assertEqual(self.blocked(), [])
        self.assertEqual(os.listdir(self.state), [])

    def test_the_call_that_rings_and_the_call_that_talks_go_on(self):
        call = self.ring(from_user="300")
        self.phone.do("block", "300")
        self.phone.do("block", "301")
        self.assertEqual(self.phone.state, "incoming")
        self.phone.tap("answer")
        self.assertEqual(call.final().status, 200)
        self.phone.wait_state("talking")
        self.phone.do("unblock", "301")
        self.assertEqual(self.phone.state, "talking")
        second = self.call(from_user="300")
        self.assert_declined(second.final())
        self.assertEqual(self.phone.wait_calls(1)[0]["decided_by"], "block")
        call.bye()

    def test_what_a_person_writes_counts_and_stays(self):
        (self.state / "blocked").write_text(OLD)
        self.phone.do("reload")
        self.assert_declined(self.call(from_user="+4930777").final())
        self.phone.do("block", "300")
        self.assertEqual((self.state / "blocked").read_text(),
                         OLD + "300\n")

    def test_a_full_list_is_told_and_works(self):
        text = "".join(f"+4930{n:05}\n" for n in range(10000))
        (self.state / "blocked").write_text(text)
        self.phone.do("reload")
        self.assertEqual(len(self.blocked()), 10000)
        self.assertIn("full", self.refusal("block", "300"))
        self.assertEqual((self.state / "blocked").read_text(), text)
        self.assert_declined(self.call(from_user="+493004711").final())
        self.assert_rings(from_user="300")


class BlockKnows(Kept):
    MORE = """[rule friend]
number = +4930777
action = ring
"""

    def test_what_the_person_blocked_comes_before_the_rules(self):
        self.assert_rings(from_user="+4930777")
        self.phone.do("block", "+4930777")
        self.assert_declined(self.call(from_user="+4930777").final())


class Damaged(Kept):
    def prepare(self):
        (self.state / "blocked").write_text("300\nnobody\n")
        (self.state / "dnd").write_text("perhaps\n")
        (self.state / "blocked.tmp-0123abcd").write_text("half of it")

    def test_it_is_told_with_its_place_and_kept_and_the_phone_rings(self):
        self.said(f"{self.state}/blocked:2:1: error: ")
        self.said(f"{self.state}/dnd:1:1: error: ")
        self.assertEqual({path.name: path.read_text()
                          for path in self.state.iterdir()},
                         {"blocked.bad": "300\nnobody\n",
                          "dnd.bad": "perhaps\n"})
        self.assertEqual(self.blocked(), [])
        self.assertIs(self.phone.show()["dnd"], False)
        self.assert_rings(from_user="300")
        self.phone.do("block", "300")
        self.restart()
        self.assertEqual(self.blocked(), ["300"])
        self.assertEqual((self.state / "blocked.bad").read_text(),
                         "300\nnobody\n")


class DoNotDisturb(Kept):
    def test_it_is_kept_over_a_restart(self):
        self.phone.tap("dnd")
        self.assertIs(self.phone.show()["dnd"], True)
        self.restart()
        self.assertIs(self.phone.show()["dnd"], True)
        self.assertEqual(self.call().final().status, 480)
        self.phone.do("dnd", "off")
        self.restart()
        self.assertIs(self.phone.show()["dnd"], False)
        self.assert_rings()

    def test_it_ends_at_its_time_also_if_the_phone_was_off_then(self):
        self.phone.clock("2096-12-24T17:00:00Z")
        self.phone.do("dnd", "on", "2096-12-24T18:30:00+01:00")
        self.assertIs(self.phone.show()["dnd"], True)
        self.restart()
        self.phone.clock("2096-12-24T17:29:00Z")
        self.assertIs(self.phone.show()["dnd"], True)
        self.phone.clock("2096-12-24T17:30:01Z")
        self.phone.wait(lambda s: not s["dnd"])
        self.assert_rings()
        self.restart()
        self.phone.clock("2096-12-24T17:00:00Z")
        self.assertIs(self.phone.show()["dnd"], False)

    def test_words_that_are_neither_are_refused(self):
        for words in ("maybe",), ("off", "2096-12-24T17:30:00Z"), \
                ("on", "noon"), ():
            with self.subTest(words):
                self.assertTrue(self.refusal("dnd", *words))
        self.assertIs(self.phone.show()["dnd"], False)


class NowhereToKeepIt(WireTest):
    def test_blocking_says_what_to_write_and_changes_nothing(self):
        answer = self.phone.control.ask("block", "300")
        self.assertIs(answer["ok"], False)
        self.assertIn("state = FOLDER", answer["error"])
        self.assertEqual(self.phone.do("blocked")["blocked"], [])
        self.assert_rings(from_user="300")

    def test_do_not_disturb_works_without(self):
        self.phone.do("dnd", "on")
        show = self.phone.show()
        self.assertEqual((show["dnd"], show["state"]), (True, "idle"))


class NoSuchFolder(WireTest):
    SETTINGS = {"phone_more": "state = {folder}/nosuch\n"}

    def test_the_phone_starts_says_so_and_uses_it_when_it_comes(self):
        folder = self.phone.folder / "nosuch"
        self.assertTrue(any(str(folder) in line
                            for line in self.phone.said))
        self.assert_rings()
        with self.assertRaises(ControlError):
            self.phone.do("block", "300")
        folder.mkdir()
        self.phone.do("block", "300")
        self.assert_declined(self.call(from_user="300").final())


class NoRoom(Kept):
    """A file system of its own: full, or not to be written to."""

    def prepare(self):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k",
                               "ringfence", str(self.state)],
                              capture_output=True, encoding="utf-8")
        if done.returncode:
            self.skipTest(f"no tmpfs here: {done.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", "-l", str(self.state)],
                        check=True)
        (self.state / "blocked").write_text(OLD)

    def assert_unchanged(self):
        self.assertEqual(self.blocked(), ["+4930777"])
        self.assertEqual((self.state / "blocked").read_text(), OLD)
        self.assert_declined(self.call(from_user="+4930777").final())
        self.assert_rings(from_user="300")
        self.phone.hangup()

    def assert_shown(self):
        """What a person at the phone meets, who turns it on."""
        self.phone.tap("dnd")
        show = self.phone.wait_state("notice")
        self.assertIn("Not saved", show["lines"][0])
        self.assertEqual(show["lines"][1], "Do not disturb")
        self.assertIs(show["dnd"], False)
        self.phone.tap("ok")
        self.assert_rings(from_user="300")
        self.phone.hangup()

    def assert_ends(self):
        """What was on before the disk failed can be turned off."""
        self.assertTrue(self.refusal("dnd", "off"))
        self.assertIs(self.phone.show()["dnd"], False)
        self.assertEqual((self.state / "dnd").read_text().splitlines()[-1],
                         "on")

    def test_a_full_disk_is_shown_and_changes_nothing(self):
        with open(self.state / "ballast", "wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                pass
        self.assertIn("full", self.refusal("block", "300"))
        self.assertIn("full", self.refusal("unblock", "+4930777"))
        self.assertIn("full", self.refusal("dnd", "on"))
        self.assert_unchanged()
        self.assert_shown()
        (self.state / "ballast").unlink()
        self.phone.do("block", "300")
        self.assertEqual(self.blocked(), ["+4930777", "300"])

    def test_do_not_disturb_ends_also_on_a_disk_that_is_read_only(self):
        self.phone.do("dnd", "on")
        subprocess.run(["mount", "-o", "remount,ro", str(self.state)],
                       check=True)
        self.assert_ends()
        self.phone.tap("ok")
        self.assert_rings(from_user="300")

    def test_a_read_only_disk_is_shown_and_changes_nothing(self):
        subprocess.run(["mount", "-o", "remount,ro", str(self.state)],
                       check=True)
        self.assertIn("Read-only", self.refusal("block", "300"))
        self.assertIn("Read-only", self.refusal("unblock", "+4930777"))
        self.assertIn("Read-only", self.refusal("dnd", "on"))
        self.assert_unchanged()
        self.assert_shown()
        self.said("Read-only")


if __name__ == "__main__":
    unittest.main()
