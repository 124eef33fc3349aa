"""The plug is pulled at each step: a file system on a loop device is shut
down without its journal (EXT4_IOC_SHUTDOWN), and mounted again.

Without noauto_da_alloc ext4 would hide what is missing: it flushes a file
that is renamed over another by itself.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from replace_at import BESIDE, content, run

SKIPPED = 77
SIZE = 4 * 1024 * 1024
STEPS = 7
OPTIONS = "loop,noauto_da_alloc,commit=300"
OLD = "+49301\n"
NEW = "+49301\n+49302\n"


class Disk:
    """A file system of its own, whose plug can be pulled."""

    def __init__(self, folder):
        self.image = pathlib.Path(folder) / "image"
        self.place = pathlib.Path(folder) / "mounted"
        self.place.mkdir()

    def make(self):
        with open(self.image, "wb") as image:
            image.truncate(SIZE)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(self.image)],
                       check=True, capture_output=True)

    def mount(self):
        return subprocess.run(["mount", "-o", OPTIONS, str(self.image),
                               str(self.place)],
                              capture_output=True, encoding="utf-8")

    def unmount(self):
        subprocess.run(["umount", str(self.place)], check=True)


def reason_to_skip():
    """Why it can't be done here; None if it can."""
    missing = [name for name in ("mkfs.ext4", "mount", "umount")
               if not shutil.which(name)]
    if missing:
        return f"no {', '.join(missing)} here"
    with tempfile.TemporaryDirectory(prefix="ringfence-") as folder:
        disk = Disk(folder)
        disk.make()
        done = disk.mount()
        if done.returncode:
            return f"no file system can be mounted: {done.stderr.strip()}"
        disk.unmount()
    return None


class Plug(unittest.TestCase):
    def setUp(self):
        self.disk = Disk(self.enterContext(
            tempfile.TemporaryDirectory(prefix="ringfence-")))

    def pulled(self, n, *change):
        """What is there after the plug was pulled before the n-th step, or,
        with 0, behind the last."""
        self.disk.make()
        self.assertEqual(self.disk.mount().returncode, 0)
        (self.disk.place / "blocked").write_text(OLD)
        self.disk.unmount()
        self.assertEqual(self.disk.mount().returncode, 0)
        try:
            run("plug", n, *(str(word).replace("{place}",
                                               str(self.disk.place))
                             for word in change))
        finally:
            self.disk.unmount()
        self.assertEqual(self.disk.mount().returncode, 0)
        try:
            return content(self.disk.place)
        finally:
            self.disk.unmount()

    def test_there_is_the_old_file_or_the_new_and_never_a_third(self):
        seen = []
        for n in range(1, STEPS + 1):
            with self.subTest(n=n):
                found = self.pulled(n, "replace", "{place}/blocked", NEW)
                self.assertIn(found.pop("blocked"), (OLD, NEW))
                seen.append(found)
                for name in found:
                    self.assertTrue(BESIDE.fullmatch(name), name)
        self.assertEqual(len(seen), STEPS)

    def test_what_was_told_to_be_kept_is_kept(self):
        found = self.pulled(0, "replace", "{place}/blocked", NEW)
        self.assertEqual(found, {"blocked": NEW})

    def test_a_blocked_number_and_do_not_disturb_are_kept(self):
        found = self.pulled(0, "block", "{place}/", "+49302")
        self.assertEqual(found, {"blocked": NEW})
        found = self.pulled(0, "dnd", "{place}/", "-")
        self.assertEqual(found["blocked"], OLD)
        self.assertEqual(found["dnd"].splitlines()[-1], "on")

    def test_the_plug_is_really_pulled(self):
        """Who saves on fsync loses both: else the above would prove
        nothing."""
        for wrong in "truncate", "rename":
            with self.subTest(wrong):
                found = self.pulled(0, wrong, "{place}/blocked", NEW)
                self.assertNotEqual(found.get("blocked"), NEW)


if __name__ == "__main__":
    why = reason_to_skip()
    if why:
        print(f"skipped: {why}")
        sys.exit(SKIPPED)
    unittest.main()
