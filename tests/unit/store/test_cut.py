"""A change is killed, or fails, at each call that touches the disk."""

import errno
import os
import pathlib
import subprocess
import tempfile
import unittest

from replace_at import BESIDE, content, run

OLD_BLOCKED = "# mine\n+49301\n300 # the neighbour\n"
OLD_DND = "off\n"
NEW_DND = "on"

# change, the file that it is of, whether a text is the new one
CHANGES = (
    (("replace", "{folder}/file", "new\n"), "file",
     lambda text: text == "new\n"),
    (("block", "{folder}", "+49302"), "blocked",
     lambda text: text == OLD_BLOCKED + "+49302\n"),
    (("unblock", "{folder}", "300"), "blocked",
     lambda text: text == "# mine\n+49301\n"),
    (("dnd", "{folder}", "-"), "dnd",
     lambda text: text.splitlines()[-1] == NEW_DND),
)
OLD = {"blocked": OLD_BLOCKED, "dnd": OLD_DND, "file": "old\n"}
ERRORS = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES, errno.EDQUOT)


class Cut(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory(prefix="ringfence-")))

    def fresh(self):
        for path in self.folder.iterdir():
            path.unlink()
        for name, text in OLD.items():
            (self.folder / name).write_text(text)

    def change(self, what, n, words):
        self.fresh()
        return run(what, n, *(word.replace("{folder}", str(self.folder))
                              for word in words))

    def calls(self, words):
        calls, err = self.change("kill", 0, words)
        self.assertEqual(err, 0)
        return calls

    def assert_others_stay(self, found, name):
        rest = {other: text for other, text in found.items()
                if other != name and not BESIDE.fullmatch(other)}
        self.assertEqual(rest, {other: text for other, text in OLD.items()
                                if other != name})

    def test_it_takes_a_file_an_fsync_a_rename_and_an_fsync(self):
        for words, name, is_new in CHANGES:
            with self.subTest(words[0]):
                # Open, write, fsync, close, rename, fsync, close
                self.assertEqual(self.calls(words), 7)
                found = content(self.folder)
                self.assertTrue(is_new(found[name]), found)
                self.assert_others_stay(found, name)
                self.assertEqual(len(found), len(OLD))

    def test_killed_at_any_call_there_is_the_old_file_or_the_new(self):
        for words, name, is_new in CHANGES:
            seen = set()
            for n in range(1, self.calls(words) + 1):
                for what in "kill", "half":
                    with self.subTest(words[0], n=n, what=what):
                        self.assertIsNone(self.change(what, n, words))
                        found = content(self.folder)
                        if found[name] != OLD[name]:
                            self.assertTrue(is_new(found[name]), found)
                        seen.add(found[name] == OLD[name])
                        self.assert_others_stay(found, name)
            self.assertEqual(seen, {True, False}, "it was cut before and "
                             "behind the rename")

    def test_the_next_start_removes_what_a_kill_left(self):
        for words, name, is_new in CHANGES[1:]:
            left = 0
            for n in range(1, self.calls(words) + 1):
                with self.subTest(words[0], n=n):
                    self.change("half", n, words)
                    left += len(content(self.folder)) - len(OLD)
                    self.keep(words)
                    found = content(self.folder)
                    self.assertEqual(set(found), set(OLD))
                    self.assertTrue(is_new(found[name]), found)
            self.assertGreater(left, 0, "a kill leaves something")

    def keep(self, words):
        calls, err = run("kill", 0, *(
            word.replace("{folder}", str(self.folder)) for word in words))
        self.assertEqual(err, 0)

    def test_a_call_that_fails_changes_nothing_and_leaves_nothing(self):
        for words, name, is_new in CHANGES:
            # The last two: the rename was done, its folder is not on the disk
            for n in range(1, self.calls(words) - 1):
                for code in ERRORS:
                    with self.subTest(words[0], n=n, code=code):
                        _, err = self.change(code, n, words)
                        self.assertEqual(err, code)
                        self.assertEqual(content(self.folder), OLD)

    def test_a_folder_that_does_not_reach_the_disk_is_told(self):
        for words, name, is_new in CHANGES:
            with self.subTest(words[0]):
                calls = self.calls(words)
                _, err = self.change(errno.EIO, calls - 1, words)
                self.assertEqual(err, errno.EIO)
                self.assertTrue(is_new(content(self.folder)[name]))

    def test_what_only_looks_like_a_leftover_stays(self):
        names = ("blocked.tmp", "blocked.tmp-", "blocked.tmp-1234567",
                 "blocked.tmp-123456789", "blocked.tmp-1234567g",
                 "blocked.backup", "xblocked.tmp-12345678",
                 "dnd.old", "blocked.bad")
        self.fresh()
        for name in names:
            (self.folder / name).write_text("mine\n")
        (self.folder / "blocked.tmp-0123abcd").write_text("half")
        (self.folder / "dnd.tmp-deadbeef").write_text("half")
        run("kill", 0, "dnd", self.folder, "-")
        self.assertEqual(set(content(self.folder)), {*OLD, *names})


class Full(unittest.TestCase):
    """On a file system that has no room, or that can't be written to."""

    def mounted(self, options):
        folder = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory(prefix="ringfence-")))
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options,
                               "ringfence", str(folder)],
                              capture_output=True, encoding="utf-8")
        if done.returncode:
            self.skipTest(f"no tmpfs here: {done.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", str(folder)], check=True)
        return folder

    def test_a_full_disk_changes_nothing(self):
        folder = self.mounted("size=64k")
        (folder / "blocked").write_text(OLD_BLOCKED)
        with open(folder / "ballast", "wb") as ballast:
            with self.assertRaises(OSError) as caught:
                while True:
                    os.write(ballast.fileno(), bytes(4096))
        self.assertEqual(caught.exception.errno, errno.ENOSPC)
        _, err = run("kill", 0, "block", folder, "+49302")
        self.assertEqual(err, errno.ENOSPC)
        self.assertEqual((folder / "blocked").read_text(), OLD_BLOCKED)
        self.assertEqual(len(list(folder.iterdir())), 2)

    def test_a_read_only_disk_changes_nothing(self):
        folder = self.mounted("size=64k")
        (folder / "blocked").write_text(OLD_BLOCKED)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)],
                       check=True)
        for change in "block", "dnd":
            _, err = run("kill", 0, change, folder, "+49302")
            self.assertEqual(err, errno.EROFS)
        self.assertEqual(content(folder), {"blocked": OLD_BLOCKED})


if __name__ == "__main__":
    unittest.main()
