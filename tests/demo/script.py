"""The demo without a terminal: every scene against its golden.

The phone is asked what it shows; the far end says what was on the wire. What
varies by nature (ports, a call's seconds) is replaced before it is compared.
"""

import difflib
import os
import re
import time

from paint import lamps_text
from stage import EARLY, EVENING, HERE, OFFICE, StageError

GOLDEN = os.path.join(HERE, "golden")
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
IN_CALL = ("talking", "held")


def steady(text):
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)


class Script:
    def __init__(self, stage, out=print):
        self.stage = stage
        self.out = out
        self.passed = self.failed = 0
        self.shot = 0
        self.used = set()   # goldens
        self.begin = 0      # the scene's first line on the wire
        self.missed = []    # what was waited for in vain

    # What a scene is made of

    def state(self, name):
        if not self.stage.wait(lambda: self.stage.show["state"] == name):
            self.missed.append(f"state {name}")

    def wire(self, text):
        """Wait for a line of this scene that begins so."""
        if not self.stage.wait(lambda: any(
                line.brief.startswith(text) for line in self.scene())):
            self.missed.append(text)

    def scene(self):
        return self.stage.story.lines[self.begin:]

    def next(self, clock=None):
        """A new scene begins at rest: idle, and the wire still."""
        if self.stage.show["state"] != "idle":
            self.stage.tap("reject")
        self.state("idle")
        self.stage.settle()
        self.begin = len(self.stage.story.lines)
        if clock:
            self.stage.set_clock(clock)
            self.stage.settle()

    def dial(self, digits):
        for digit in digits:
            self.stage.tap(digit)
        shown = self.stage.wait(
            lambda: any(digits in row for row in self.stage.show["lines"]))
        if not shown:
            self.missed.append(f"the digits {digits} on the screen")

    # What is compared

    def record(self):
        """The scene as a golden holds it."""
        show = self.stage.show
        rows = [steady(row) for row in show["lines"]]
        if show["state"] in IN_CALL:
            rows = [re.sub(r"\b00:\d\d\b", "00:SS", row) for row in rows]
        keys = [key or "-" for key in show["softkeys"]]
        text = [f"state      {show['state']}"]
        text += [f"screen     |{row}|" if n == 0 else f"           |{row}|"
                 for n, row in enumerate(rows)]
        text += ["soft keys  " + ", ".join(keys),
                 "lamps      " + (", ".join(lamps_text(show["leds"]))
                                  or "all off"),
                 f"tone       {show['tone']}"]
        for line in self.scene():
            text.append(steady(f"{line.arrow} {line.text}"))
            text += [f"     {extra}" for extra in line.extras(steady=True)]
        return text

    def check(self, name):
        """Print the scene, and compare it with its golden."""
        self.stage.settle()
        self.shot += 1
        title = f"{self.shot:02} {name}"
        path = os.path.join(GOLDEN, title.replace(" ", "-") + ".txt")
        got = self.record()
        self.print_scene(title, got)
        if UPDATE and not self.missed and not self.stage.troubles:
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(got) + "\n")
        self.verdict(title, self.differences(path, got))

    def differences(self, path, got):
        self.used.add(os.path.basename(path))
        missed = [f"  waited in vain for {what}" for what in self.missed] \
            + [f"  {trouble}" for trouble in self.stage.troubles]
        self.missed, self.stage.troubles = [], []
        try:
            with open(path, encoding="utf-8") as file:
                want = file.read().splitlines()
        except FileNotFoundError:
            return missed + ["  there is no golden; UPDATE_GOLDEN=1 "
                             "writes it"]
        diff = difflib.unified_diff(want, got, "expected", "actual",
                                    lineterm="", n=20)
        return missed + ["  " + line for line in diff]

    def claim(self, what, holds):
        """A fact that a golden could bless by mistake."""
        self.verdict(what, [] if holds else ["  it does not hold"])

    def verdict(self, title, wrong):
        self.out(f"{'FAIL' if wrong else 'ok  '} {title}")
        if wrong:
            self.failed += 1
            self.out("\n".join(wrong))
        else:
            self.passed += 1
        self.out("")

    def print_scene(self, title, got):
        art = self.stage.screen()
        rows = art.braille()
        said = ["", self.stage.story.sentence()] if self.scene() else []
        self.out(f"== {title} ".ljust(79, "="))
        self.out("┌" + "─" * len(rows[0]) + "┐")
        for row in rows:
            self.out(f"│{row}│")
        self.out("└" + "─" * len(rows[0]) + "┘")
        self.out("\n".join(got + said))
        if art.blank():
            self.missed.append("a screen that is not blank")

    # The play

    def has(self, text):
        return any(line.brief.startswith(text) for line in self.scene())

    def play(self):
        began = time.monotonic()
        try:
            for scene in (self.idle, self.rejected, self.answered,
                          self.screened, self.closed, self.no_clock,
                          self.outgoing, self.disturbed, self.history):
                scene()
        except StageError as error:
            self.verdict("the play goes on to its end", [f"  {error}"])
        else:
            self.claim("every golden belongs to a scene",
                       set(os.listdir(GOLDEN)) == self.used)
        seconds = time.monotonic() - began
        self.out(f"{self.passed} passed, {self.failed} failed "
                 f"({seconds:.1f} s)")
        return self.failed == 0

    def idle(self):
        self.next(OFFICE)
        self.check("idle")

    def ring(self, who):
        self.stage.order(f"call {who}")
        self.state("incoming")
        self.wire("-> 180")

    def rejected(self):
        self.next(OFFICE)
        self.ring("zoe")
        self.check("incoming")
        self.stage.tap("reject")
        self.wire("-> 603")
        self.wire("<- ACK")
        self.check("rejected")
        line = next((x for x in self.scene() if x.status >= 200), None)
        self.claim("the reject button sends exactly SIP/2.0 603 Decline",
                   line is not None and line.text == "SIP/2.0 603 Decline")

    def answered(self):
        self.next(OFFICE)
        self.ring("zoe")
        self.stage.tap("answer")
        self.state("talking")
        self.wire("<- ACK")
        heard = self.stage.wait(
            lambda: (self.stage.ask("show")["media"] or {}).get("received"))
        self.check("talking")
        self.claim("audio of the far end arrives", heard)
        self.stage.order("call late")
        self.wire("-> 486")
        self.check("second caller")
        self.stage.tap("reject")
        self.wire("-> BYE")
        self.stage.wait(lambda: self.stage.show["state"] != "talking")
        self.check("hung up")
        self.claim("audio of the phone arrived there", self.stage.wait(
            lambda: self.stage.story.heard.get("rtp_received")))

    def screened(self):
        self.next(OFFICE)
        self.stage.order("call blocked")
        self.wire("-> 603")
        self.wire("<- ACK")
        self.check("blocked")
        self.claim("no 180 before the rule's 603", not self.has("-> 180"))

    def closed(self):
        self.next(EVENING)
        self.check("idle after hours")
        self.stage.order("call late")
        self.wire("-> 603")
        self.wire("<- ACK")
        self.check("after hours")
        self.claim("no 180 before the 603 after hours",
                   not self.has("-> 180"))

    def no_clock(self):
        self.next("unset")
        self.check("clock not set")
        self.ring("late")
        self.check("clock not set rings")
        self.stage.order("hangup")
        self.wire("-> 487")
        self.wire("<- ACK")
        self.check("missed")

    def outgoing(self):
        self.next(EARLY)
        self.stage.tap("message")       # the missed call was seen
        self.state("menu")
        self.next()
        self.dial("480")
        self.check("dialling")
        self.stage.tap("ok")
        self.state("result")
        self.wire("-> ACK")
        self.check("480 not available")
        meant = [self.meaning()]
        for digits, name in (("486", "486 busy"), ("603", "603 declined")):
            self.next(OFFICE)
            self.dial(digits)
            self.stage.tap("hash")
            if digits == "603":
                self.state("ringback")
                self.check("ringback")
            self.state("result")
            self.wire("-> ACK")
            self.check(name)
            meant.append(self.meaning())
        self.claim("480, 486 and 603 differ pairwise in title, lamp, tone "
                   "and soft keys", all(len(set(column)) == len(meant)
                                        for column in zip(*meant)))
        self.next(OFFICE)
        self.stage.ask("dial 200")
        self.state("talking")
        self.wire("-> ACK")
        self.check("they answer")
        self.stage.order("hangup")
        self.wire("<- BYE")
        self.stage.wait(lambda: self.stage.show["state"] != "talking")
        self.check("they hang up")

    def meaning(self):
        """What tells a person why the call failed."""
        show = self.stage.show
        return (show["lines"][1], str(show["leds"]["line1"]), show["tone"],
                str(show["softkeys"]))

    def disturbed(self):
        self.next(OFFICE)
        self.stage.tap("dnd")
        self.stage.wait(lambda: self.stage.show["dnd"])
        self.check("do not disturb")
        self.stage.order("call zoe")
        self.wire("-> 480")
        self.wire("<- ACK")
        self.check("do not disturb refuses")
        self.claim("no 180 before the 480 of do not disturb",
                   not self.has("-> 180"))
        self.stage.tap("dnd")
        self.stage.wait(lambda: not self.stage.show["dnd"])

    def history(self):
        self.next(OFFICE)
        self.stage.order("call blocked")
        self.wire("-> 603")
        self.next(OFFICE)
        self.stage.tap("soft1")
        self.state("menu")
        self.check("calls")
        self.stage.tap("soft2")
        self.check("calls why")
        facts = [[call["direction"], call["number"], str(call["code"]),
                  call["decided_by"], call["rule"] or "-",
                  "missed" if call["missed"] else "-"]
                 for call in reversed(self.stage.ask("history")["calls"])]
        self.check_facts("history", facts)

    def check_facts(self, name, facts):
        """The history as a table."""
        self.shot += 1
        title = f"{self.shot:02} {name}"
        path = os.path.join(GOLDEN, title.replace(" ", "-") + ".txt")
        got = ["  ".join(field.ljust(n) for field, n in
                         zip(row, (3, 13, 3, 9, 4, 0))).rstrip()
               for row in facts]
        self.out(f"== {title} ".ljust(79, "="))
        self.out("\n".join(got))
        if UPDATE:
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(got) + "\n")
        self.verdict(title, self.differences(path, got))
