"""What the boards' tests measure with can tell right from wrong."""

import array
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

import image
import lamps
import picture
import sound
from bound import Bound, WALL_TIMES

RATE = 8000


def samples(hz, level=8000, seconds=1):
    out = array.array("h")
    out.frombytes(sound.sine(RATE, seconds, hz, level))
    return out


class Sound(unittest.TestCase):
    def test_a_tone_is_heard_for_as_long_as_it_lasts(self):
        heard = samples(700) + samples(700, 0) + samples(440)
        self.assertAlmostEqual(sound.heard_s(heard, RATE, 700), 1.0)
        self.assertAlmostEqual(sound.heard_s(heard, RATE, 440), 1.0)

    def test_silence_a_whisper_and_other_tones_are_not_it(self):
        for other in (samples(700, 0), samples(700, 300), samples(760),
                      samples(1400)):
            self.assertEqual(sound.heard_s(other, RATE, 700), 0)

    def test_two_tones_at_once_are_none_of_them(self):
        both = array.array("h", (a + b for a, b in zip(
            samples(700), samples(440))))
        self.assertEqual(sound.heard_s(both, RATE, 700), 0)

    def test_a_wav_is_read_before_its_header_knows_its_length(self):
        left, right = samples(700), samples(440)
        both = array.array("h", (s for pair in zip(left, right)
                                 for s in pair))
        header = (b"RIFF" + bytes(4) + b"WAVEfmt "
                  + struct.pack("<IHHIIHH", 16, 1, 2, RATE, 4 * RATE, 4, 16)
                  + b"data" + bytes(4))
        with tempfile.NamedTemporaryFile() as file:
            # Half of a sample at the end: the rest is still to come
            pathlib.Path(file.name).write_bytes(
                header + both.tobytes() + b"\x01")
            self.assertEqual(sound.wav(file.name), (left, RATE))


class Picture(unittest.TestCase):
    INK, PAPER = b"\x10\x10\x20", b"\xf0\xf8\xff"

    def ppm(self, pixels, width, height):
        return b"P6\n%d %d\n255\n" % (width, height) + b"".join(pixels)

    def test_dark_pixels_are_ink(self):
        row = [self.INK] + [self.PAPER] * 8 + [self.INK]
        self.assertEqual(
            picture.two_colours(self.ppm(row * 2, 10, 2)),
            b"P4\n10 2\n" + b"\x80\x40" * 2)

    def test_a_third_colour_or_only_one_is_an_error(self):
        for row in ([self.INK] * 3,
                    [self.INK, self.PAPER, b"\xff\x00\x00"]):
            with self.assertRaises(picture.PictureError):
                picture.two_colours(self.ppm(row, 3, 1))

    def test_a_golden_that_is_missing_or_differs_fails(self):
        folder = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory()))
        self.enterContext(mock.patch.multiple(
            picture, GOLDEN=folder / "golden", ACTUAL=folder / "actual"))
        self.enterContext(mock.patch.dict("os.environ", UPDATE_GOLDEN="0"))
        with self.assertRaisesRegex(picture.PictureError, "is missing"):
            picture.compare("screen", b"one")
        with mock.patch.dict("os.environ", UPDATE_GOLDEN="1"):
            picture.compare("screen", b"one")
        picture.compare("screen", b"one")
        with self.assertRaisesRegex(picture.PictureError, "differs"):
            picture.compare("screen", b"two")
        self.assertEqual(
            (folder / "actual" / "screen-actual.pbm").read_bytes(), b"two")


class Lamps(unittest.TestCase):
    """A lamp that blinks by the clock of this machine."""

    @staticmethod
    def blinking(on_s, off_s):
        def lit():
            phase = time.monotonic() % (on_s + off_s)
            return {"ring"} if phase < on_s else set()
        return lit

    def test_a_blinking_lamp_is_known_by_its_times(self):
        lamps.check_blink(self.blinking(0.1, 0.2), "ring", 100, 200, 2)

    def test_other_times_steady_and_dark_are_errors(self):
        for lit in (self.blinking(0.2, 0.1), lambda: {"ring"}, set):
            with self.assertRaises(lamps.LampError):
                lamps.check_blink(lit, "ring", 100, 200)

    def test_a_lamp_that_lights_again_is_not_dark(self):
        with self.assertRaises(lamps.LampError):
            lamps.check_dark(self.blinking(0.02, 0.2), 0.5)


class Bounds(unittest.TestCase):
    """How long a machine takes is not how busy this one is."""

    BUSY = [sys.executable, "-c", "while True: pass"]

    def setUp(self):
        self.late = []

    def busy(self):
        """A process that wants this test's own processor."""
        process = subprocess.Popen(self.BUSY)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def bound(self, process, seconds):
        bound = Bound(process.pid, seconds, self.late.append)
        self.addCleanup(bound.close)
        return bound

    def one_processor(self):
        before = os.sched_getaffinity(0)
        self.addCleanup(os.sched_setaffinity, 0, before)
        os.sched_setaffinity(0, {min(before)})

    def test_waiting_for_a_processor_does_not_count(self):
        self.one_processor()
        process, *_ = [self.busy() for _ in range(4)]
        bound = self.bound(process, 60)
        time.sleep(2)
        counts, wall = bound.times()
        self.assertGreater(wall - counts, wall / 3)

    def test_who_only_sleeps_is_late_by_the_wall_clock(self):
        process = subprocess.Popen(["sleep", "1000"])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.bound(process, 0.3)
        time.sleep(1)
        self.assertEqual(len(self.late), 1)
        self.assertIn("not done after 0.3 s", self.late[0])

    def test_however_busy_it_is_there_is_an_end(self):
        with mock.patch("bound.Queue.waited_s", lambda _self: 1e6):
            self.bound(self.busy(), 0.1)
            time.sleep(WALL_TIMES * 0.1 + 0.7)
        self.assertEqual(len(self.late), 1)

    def test_who_is_done_in_time_is_not_late(self):
        bound = self.bound(self.busy(), 0.3)
        bound.close()
        time.sleep(0.6)
        self.assertEqual(self.late, [])


class Initramfs(unittest.TestCase):
    def test_its_folders_come_before_their_files_and_once(self):
        ram = image.Initramfs()
        ram.add("/usr/bin/phone", b"abc", 0o755)
        ram.add("/usr/bin/glyphs", "x")
        with tempfile.NamedTemporaryFile() as file:
            ram.write(file.name)
            data = pathlib.Path(file.name).read_bytes()
        names = []
        while True:
            self.assertEqual(data[:6], b"070701")
            size, length = int(data[54:62], 16), int(data[94:102], 16)
            names.append(data[110:110 + length - 1].decode())
            if names[-1] == "TRAILER!!!":
                break
            data = data[-(-(110 + length) // 4) * 4:]
            data = data[-(-size // 4) * 4:]
        self.assertEqual(names, ["usr", "usr/bin", "usr/bin/phone",
                                 "usr/bin/glyphs", "TRAILER!!!"])


if __name__ == "__main__":
    unittest.main()
