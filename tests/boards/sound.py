"""Is it this tone that is heard? Measured by its share of the energy."""

import array
import math
import pathlib
import struct
import sys

WINDOW_S = 0.05
SHARE_MIN = 0.8         # of a window's energy, to be that tone
LEVEL_MIN = 500         # root mean square; below it is silence
WAV_HEADER = 44         # as QEMU writes it


def share(samples, rate, hz):
    """How much of the energy is at that frequency, 0 to 1 (Goertzel)."""
    energy = sum(s * s for s in samples)
    if not energy:
        return 0.0
    step = 2 * math.cos(2 * math.pi * hz / rate)
    one = two = 0.0
    for sample in samples:
        one, two = sample + step * one - two, one
    power = one * one + two * two - step * one * two
    return min(2 * power / (energy * len(samples)), 1.0)


def heard_s(samples, rate, hz):
    """For how many seconds, in all, the tone alone is heard."""
    size = int(rate * WINDOW_S)
    windows = 0
    for at in range(0, len(samples) - size + 1, size):
        window = samples[at:at + size]
        level = math.sqrt(sum(s * s for s in window) / size)
        if level >= LEVEL_MIN and share(window, rate, hz) >= SHARE_MIN:
            windows += 1
    return windows * WINDOW_S


def wav(file):
    """The first channel and its rate, of a file that is still written to:
    its header knows no length yet."""
    raw = pathlib.Path(file).read_bytes()
    channels, rate = struct.unpack_from("<HI", raw, 22)
    samples = array.array("h")
    samples.frombytes(raw[WAV_HEADER:len(raw) - (len(raw) - WAV_HEADER) % 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples[::channels], rate


def sine(rate, seconds, hz, level=8000):
    """A tone as 16-bit little-endian samples, whole periods."""
    step = 2 * math.pi * hz / rate
    samples = array.array("h", (int(level * math.sin(step * n))
                                for n in range(int(rate * seconds))))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()
