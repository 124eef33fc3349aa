"""The demo in a terminal: the panel, lamps, keys, and the wire beside it."""

import select
import selectors
import sys
import time

import paint
from paint import fit, lamp_lit, pattern_word, text_width
from stage import EVENING, OFFICE, Refused
from term import Terminal

COLUMNS, ROWS = 80, 24
BLOCK_COLUMNS, BLOCK_ROWS = 130, 46
SIDE_WIDTH = 13
FRAME = 2               # its two edges
GAP = 2                 # between columns
HINT_S = 8.0
IDLE_S = 1.0
SCREEN_AGAIN_S = 0.06   # a flush may come a moment after the change is told
MIN_WAIT_S = 0.02

PHONE_KEYS = {
    "a": "answer", "r": "reject", "h": "reject", "m": "mute", "d": "dnd",
    "enter": "ok", "backspace": "back", "escape": "back",
    "*": "star", "#": "hash", "up": "up", "down": "down", "left": "left",
    "right": "right", "f1": "soft1", "f2": "soft2", "f3": "soft3",
    "f4": "soft4", "j": "soft1", "k": "soft2", "l": "soft3", "p": "soft4",
    **{digit: digit for digit in "0123456789"},
}
SOFT_LETTERS = "jklp"

SIDE = (
    ("CALLS FOR YOU", ""), ("c", "Zoë calls"), ("b", "blocked one"),
    ("n", "after hours"), ("o", "open again"), ("x", "they end it"),
    ("", ""),
    ("YOUR KEYS", ""), ("a", "answer"), ("r", "reject"), ("h", "hang up"),
    ("m", "mute"), ("d", "no disturb"), ("0-9", "and Enter"),
    ("F1-F4", "or jklp"), ("Bksp", "arrows"), ("t", "as text"),
    ("q", "quit"),
)
GUIDE = (
    (("Try ", ""), ("c", "key"), ("  Zoë calls you: ", ""), ("r", "key"),
     (" rejects (603 Decline), ", ""), ("a", "key"), (" answers, ", ""),
     ("h", "key"), (" hangs up.", "")),
    (("    ", ""), ("b", "key"), ("  a blocked caller, ", ""), ("n", "key"),
     (" one after hours: both declined before it rings.", "")),
    (("    ", ""), ("480", "key"), (" ", ""), ("Enter", "key"), (", ", ""),
     ("486", "key"), (", ", ""), ("603", "key"), (", ", ""), ("200", "key"),
     ("  numbers that answer with just that code.", "")),
    (("    The calls are real SIP in UDP on this machine; "
      "its lines will stand here.", "dim"),),
)
WELCOME = "A SIP phone waits for a call. Press c, and Zoë calls you."


class Interactive:
    def __init__(self, stage):
        self.stage = stage
        self.hint = WELCOME
        self.hint_until = None      # None: until something happens
        self.said = ""
        self.as_text = False
        self.clock = "open: clock set to Fr 10:00"
        self.art = None
        self.art_at = 0             # the stage's changes when it was taken
        self.again_at = None
        self.open = True

    def run(self):
        with Terminal() as self.terminal:
            selector = self.stage.selector
            selector.register(sys.stdin, selectors.EVENT_READ)
            selector.register(self.terminal.wake, selectors.EVENT_READ)
            try:
                while self.open:
                    self.step()
            finally:
                selector.unregister(sys.stdin)
                selector.unregister(self.terminal.wake)

    def step(self):
        self.take_screen()
        wait = self.draw()
        self.stage.pump(wait)
        self.terminal.drain()
        for key in self.typed():
            try:
                self.key(key)
            except Refused as refusal:
                self.say(str(refusal))
        if self.stage.troubles:
            self.say(self.stage.troubles.pop())

    def typed(self):
        """What was typed; the end of the input ends the demo."""
        if not select.select([sys.stdin], [], [], 0)[0]:
            return []
        keys = self.terminal.keys()
        if keys is None:
            self.open = False
        return keys or []

    def take_screen(self):
        now = time.monotonic()
        if self.stage.changes != self.art_at:
            self.art_at = self.stage.changes
            self.again_at = now + SCREEN_AGAIN_S
        elif self.art and (self.again_at is None or now < self.again_at):
            return
        else:
            self.again_at = None
        self.art = self.stage.screen()

    # Keys

    def key(self, key):
        actions = {"c": self.zoe, "b": self.blocked, "n": self.late,
                   "o": self.office, "x": self.hangup, "t": self.toggle,
                   "q": self.quit, "+": self.plus}
        if key in PHONE_KEYS:
            self.stage.tap(PHONE_KEYS[key])
            self.hint_until = time.monotonic()
        elif key in actions:
            actions[key]()

    def say(self, text):
        self.hint = text
        self.hint_until = time.monotonic() + HINT_S

    def zoe(self):
        self.hint_until = time.monotonic()
        self.stage.order("call zoe")

    def blocked(self):
        self.hint_until = time.monotonic()
        self.stage.order("call blocked")

    def late(self):
        self.stage.set_clock(EVENING)
        self.clock = "closed: clock set to Fr 18:30"
        self.hint_until = time.monotonic()
        self.stage.order("call late")

    def office(self):
        self.stage.set_clock(OFFICE)
        self.clock = "open: clock set to Fr 10:00"
        self.say("The phone's clock says Friday 10:00: open, calls may ring.")

    def hangup(self):
        self.hint_until = time.monotonic()
        self.stage.order("hangup")

    def toggle(self):
        self.as_text = not self.as_text

    def quit(self):
        self.open = False

    def plus(self):
        self.stage.tap("0", 1200)

    # What is seen

    def draw(self):
        """Draw it all; gives the seconds until it changes by itself."""
        columns, rows = self.terminal.size()
        if columns < COLUMNS or rows < ROWS:
            self.terminal.draw([fit([(
                f"{columns}x{rows} is too small: the demo needs "
                f"{COLUMNS}x{ROWS}. Make it larger, or q quits.", "bold")],
                columns)] + [" " * columns] * (rows - 1))
            return IDLE_S
        panel = self.panel(columns, rows)
        width = text_width(panel[0]) + FRAME
        now = time.monotonic()
        lamps, wait = self.lamps(now)
        head = self.framed(panel, width - FRAME)
        if columns - width > SIDE_WIDTH:
            side = self.side()
            head = [row + fit([(" ", "")] + side[n], columns - width)
                    if n < len(side) else row + " " * (columns - width)
                    for n, row in enumerate(head)]
        else:
            head = [row + " " * (columns - width) for row in head]
            head += self.side_below(columns)
        below = [fit(lamps, columns),
                 fit([("» " + self.sentence(now), "bold")], columns)]
        room = rows - len(head) - len(below)
        screen = head + below + self.wire(columns, room)
        self.terminal.draw(screen[:rows])
        if self.again_at:
            wait = min(wait, self.again_at - now)
        return max(wait, MIN_WAIT_S)

    def panel(self, columns, rows):
        """The phone's screen as rows of characters."""
        blocks = columns >= BLOCK_COLUMNS and rows >= BLOCK_ROWS
        art = self.art.blocks() if blocks else self.art.braille()
        if not self.as_text:
            return art
        width = len(art[0])
        lines = [paint.cut(" " + paint.clean(line), width)
                 for line in self.stage.show["lines"]]
        out = [" " * width] * len(art)
        gap = len(art) // (len(lines) + 1)
        for n, line in enumerate(lines):
            out[1 + n * gap] = line + " " * (width - text_width(line))
        return out

    def framed(self, panel, width):
        state = self.stage.show["state"]
        title = f"─ Ringfence, {self.clock} "
        end = f" {state} ─"
        top = title + "─" * (width - len(title) - len(end)) + end
        out = [fit([("┌" + top + "┐", "dim")], width + FRAME)]
        out += [fit([("│", "dim"), (row, "panel"), ("│", "dim")],
                    width + FRAME) for row in panel]
        spans, part = [("└", "dim")], width // 4
        for n, name in enumerate(self.stage.show["softkeys"]):
            label = [(f"F{n + 1}/{SOFT_LETTERS[n]}", "key"),
                     (f" {name}", "")] if name else []
            used = sum(text_width(text) for text, _ in label)
            spans += [("─ " if label else "──", "dim")] + label
            spans.append(((" " if label else "─")
                          + "─" * (part - used - 3), "dim"))
        return out + [fit(spans + [("┘", "dim")], width + FRAME)]

    @staticmethod
    def side():
        return [[(key, "key" if what else "dim"),
                 (" " + what if what else "", "")] for key, what in SIDE]

    def side_below(self, columns):
        """The keys in rows, where there is no room beside the panel."""
        rows, row, used = [], [], 0
        for spans in self.side() + [None]:
            size = sum(text_width(text) for text, _ in spans or []) + 2
            if spans is None or used + size > columns:
                rows.append(fit(row, columns))
                row, used = [], 0
            if spans:
                row += spans + [("  ", "")]
                used += size
        return rows

    def lamps(self, now):
        """The lamps and the tone; and when a lamp changes next."""
        spans, wait = [], IDLE_S
        for name, led in self.stage.show["leds"].items():
            off = led["colour"] == "off"
            if off and name.startswith("line") and name != "line1":
                continue
            lit, change_ms = lamp_lit(led, int(now * 1000))
            if change_ms is not None:
                wait = min(wait, change_ms / 1000)
            words = "" if off else f" {led['colour']} {pattern_word(led)}"
            spans += [
                ("●" if lit else "○", led["colour"] if lit else "dim"),
                (f" {name}{words}  ", "dim" if off else "")]
        tone = self.stage.show["tone"]
        spans += [("♪ ", "mark" if tone != "none" else "dim"),
                  (f"{tone}", "bold" if tone != "none" else "dim")]
        return spans, wait

    def sentence(self, now):
        """What just happened, or what was just done."""
        said = self.stage.story.sentence()
        if said != self.said:
            self.said, self.hint_until = said, now
        if self.hint_until is None or now < self.hint_until:
            return self.hint
        return said or WELCOME

    def wire(self, columns, room):
        """The lines on the wire; a long call's in two columns."""
        story = self.stage.story
        if not story.lines:
            return [fit(spans, columns) for spans in GUIDE[:room]] \
                + [" " * columns] * (room - len(GUIDE))
        last = story.lines[-1].call
        parts = 1 if len(story.last_call()) <= room else 2
        width = (columns - GAP * (parts - 1)) // parts
        tail = [self.wire_line(line, width, line.call == last)
                for line in story.tail(parts * room)]
        tail += [" " * width] * (parts * room - len(tail))
        if parts == 1:
            return tail
        rest = " " * (columns - GAP - 2 * width)
        return [tail[n] + " " * GAP + tail[n + room] + rest
                for n in range(room)]

    @staticmethod
    def wire_line(line, width, current):
        """The calls before the last one step back."""
        style = "dim" if not current else "mark" if line.refusal else \
            "good" if line.method == "INVITE" and line.status >= 180 else ""
        extras = line.extras()
        return fit([(line.brief, style), (
            "  " + ", ".join(extras) if extras else "", "dim")], width)
