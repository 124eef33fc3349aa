"""The phone's panel as characters, its lamps as words, and styled rows."""

import os
import unicodedata

BRAILLE = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
HALVES = " ▀▄█"

LAMP_COLOURS = {"white": "1;97", "red": "91", "green": "92", "amber": "93"}
STYLES = {
    "": "", "bold": "1", "dim": "2", "key": "1;96", "panel": "97;48;5;17",
    "good": "92", "mark": "1;93", "bad": "1;91", **LAMP_COLOURS,
}
COLOURS = "NO_COLOR" not in os.environ


class Bitmap:
    """A binary PBM (P4): bit 1 is a lit pixel."""

    def __init__(self, data):
        fields, at = [], 0
        while len(fields) < 3:
            while data[at:at + 1].isspace():
                at += 1
            if data[at:at + 1] == b"#":
                at = data.index(b"\n", at)
                continue
            end = at
            while data[end:end + 1] and not data[end:end + 1].isspace():
                end += 1
            fields.append(data[at:end])
            at = end
        if fields[0] != b"P4":
            raise ValueError("the screenshot is no binary PBM")
        self.width, self.height = int(fields[1]), int(fields[2])
        self.stride = (self.width + 7) // 8
        self.bits = data[at + 1:]
        if len(self.bits) < self.stride * self.height:
            raise ValueError("the screenshot is too short")

    def lit(self, x, y):
        if x >= self.width or y >= self.height:
            return 0
        return self.bits[y * self.stride + x // 8] >> (7 - x % 8) & 1

    def blank(self):
        return not any(self.lit(x, y) for y in range(self.height)
                       for x in range(self.width))

    def braille(self):
        """Two by four pixels in a character.

        None lit is a space: some fonts draw the empty pattern's dots.
        """
        return ["".join(self.cell(x, y) for x in range(0, self.width, 2))
                for y in range(0, self.height, 4)]

    def cell(self, x, y):
        dots = sum(mask for dy, row in enumerate(DOTS)
                   for dx, mask in enumerate(row) if self.lit(x + dx, y + dy))
        return chr(BRAILLE + dots) if dots else " "

    def blocks(self):
        """One by two pixels in a character."""
        return ["".join(HALVES[self.lit(x, y) + 2 * self.lit(x, y + 1)]
                        for x in range(self.width))
                for y in range(0, self.height, 2)]


def char_width(char):
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text):
    return sum(map(char_width, text))


def clean(text):
    """Without control characters: the wire is not to steer the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)


def cut(text, width):
    """As much of the text as fits."""
    used = 0
    for at, char in enumerate(text):
        used += char_width(char)
        if used > width:
            return text[:at]
    return text


def fit(spans, width):
    """Styled spans as one row of exactly that width."""
    out, left = [], width
    for text, style in spans:
        text = cut(clean(text), left)
        left -= text_width(text)
        code = STYLES[style] if COLOURS else ""
        out.append(f"\x1b[{code}m{text}\x1b[0m" if code and text else text)
    return "".join(out) + " " * left


def pattern_word(led):
    """A lamp's pattern in a word: colour is never the only difference."""
    on, off = led["on_ms"], led["off_ms"]
    if not off:
        return "steady"
    if on < off:
        return "flashes"
    if on > off:
        return "long"
    if on + off <= 500:
        return "fast"
    return "blinks" if on + off <= 1000 else "slow"


def lamp_lit(led, now_ms):
    """Whether it is lit now, and when that changes (None: never)."""
    on, off = led["on_ms"], led["off_ms"]
    if led["colour"] == "off":
        return False, None
    if not off:
        return True, None
    phase = now_ms % (on + off)
    return (True, on - phase) if phase < on else (False, on + off - phase)


def lamps_text(leds):
    """The lamps that are not off, for people and for goldens."""
    return [f"{name} {led['colour']} {led['on_ms']}/{led['off_ms']}"
            for name, led in leds.items() if led["colour"] != "off"]
