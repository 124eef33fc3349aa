"""A screen's picture against the one that a person has looked at.

A missing golden fails; UPDATE_GOLDEN=1 writes it. A picture that differs is
written beside the golden's name into build/boards/.
"""

import os
import pathlib
import time

GOLDEN = pathlib.Path(__file__).resolve().parent / "golden"
ACTUAL = pathlib.Path(__file__).resolve().parents[2] / "build" / "boards"
BRIGHT = 3 * 128        # red, green and blue added up
RETRY_S = 0.1


class PictureError(AssertionError):
    """It is not the picture."""


def read_ppm(data):
    """Width, height and the pixels, three bytes each (P6, depth 255)."""
    fields, at = [], 0
    while len(fields) < 4:
        end = at
        while not data[end:end + 1].isspace():
            end += 1
        fields.append(data[at:end])
        at = end + 1
    kind, (width, height, depth) = fields[0], map(int, fields[1:])
    pixels = data[at:]
    if kind != b"P6" or depth != 255 or len(pixels) != 3 * width * height:
        raise PictureError("no PPM of 24 bits")
    return width, height, pixels


def two_colours(data):
    """A PPM of a screen with two colours as a PBM (P4), dark is ink.

    A third colour is an error: nothing else may stand on the screen.
    """
    width, height, pixels = read_ppm(data)
    colours = {pixels[at:at + 3] for at in range(0, len(pixels), 3)}
    if len(colours) != 2:
        raise PictureError(f"{len(colours)} colours on the screen")
    dark, bright = sorted(colours, key=sum)
    if not sum(dark) < BRIGHT <= sum(bright):
        raise PictureError(f"{dark.hex()} on {bright.hex()}: not readable")
    out = bytearray(b"P4\n%d %d\n" % (width, height))
    for row in range(0, len(pixels), 3 * width):
        bits = [pixels[at:at + 3] == dark
                for at in range(row, row + 3 * width, 3)]
        bits += [False] * (-width % 8)
        out += bytes(sum(bit << (7 - n) for n, bit in
                         enumerate(bits[at:at + 8]))
                     for at in range(0, len(bits), 8))
    return bytes(out)


def compare(name, picture):
    """Raise PictureError unless `picture`, a PBM, is the golden `name`."""
    golden = GOLDEN / f"{name}.pbm"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.mkdir(exist_ok=True)
        golden.write_bytes(picture)
        return
    if golden.exists() and golden.read_bytes() == picture:
        return
    ACTUAL.mkdir(parents=True, exist_ok=True)
    actual = ACTUAL / f"{name}-actual.pbm"
    actual.write_bytes(picture)
    why = "differs" if golden.exists() else \
        "is missing; UPDATE_GOLDEN=1 writes it"
    raise PictureError(f"{golden} {why}; the screen is in {actual}")


def check(qemu, name, timeout=2.0, **more):
    """The machine's screen is, or within `timeout` becomes, the golden."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            return compare(name, two_colours(
                qemu.picture(name, **more).read_bytes()))
        except PictureError:
            if time.monotonic() > deadline:
                raise
        time.sleep(RETRY_S)
