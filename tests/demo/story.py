"""The wire's lines as the phone saw them, and what they mean in a sentence."""

import datetime
import re
import time

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HISTORY_WAIT_S = 1.0
CLOCK_SLACK_S = 0.5     # the phone's clock was set a moment before ours
AIM_S = 2
COMPARE = "Compare lamp, tone and keys."


class Line:
    """A SIP message; `arrow` is seen from the phone."""

    def __init__(self, report, target):
        self.arrow = "<-" if report["to"] == "phone" else "->"
        self.text = report["line"]
        self.method = report["method"]
        self.call = report["call"]
        self.headers = report["headers"]
        self.at = report["at"]
        self.target = target    # what Retry-After means, in words
        match = re.match(r"SIP/2\.0 (\d{3})", self.text)
        self.status = int(match.group(1)) if match else 0

    @property
    def refusal(self):
        return self.status >= 300 and self.method == "INVITE"

    @property
    def brief(self):
        """Without what every line has."""
        text = re.sub(r"^SIP/2\.0 | SIP/2\.0$", "", self.text)
        return f"{self.arrow} {text}"

    def extras(self, steady=False):
        """The headers that matter here.

        `steady` gives the time that Retry-After aims at for its seconds.
        """
        out = []
        if "Retry-After" in self.headers:
            seconds = self.headers["Retry-After"]
            out.append("Retry-After: " + (
                f"(to {self.target})" if steady and self.target
                else seconds))
        if "Reason" in self.headers and self.status:
            out.append("Reason: " + self.headers["Reason"])
        return out


class Story:
    """Takes reports, gives lines, calls and a sentence."""

    def __init__(self):
        self.lines = []
        self.repeats = 0
        self.entry = None       # of the last call, once it is over
        self.clock = None
        self._history = 0       # entries that are known
        self._wants_until = 0
        self.heard = {}         # what the far end says of a call's audio

    def set_clock(self, when):
        self.clock = None
        if when not in ("unset", "real"):
            self.clock = (datetime.datetime.fromisoformat(when),
                          time.monotonic())

    def retry_target(self, report):
        """The time that a Retry-After aims at, in words that don't vary.

        The phone rounds up to a whole second, so its aim is the opening or
        less than a second after it; the far end aims some seconds past the
        minute on purpose, and that minute is what counts.
        """
        seconds = report["headers"].get("Retry-After", "")
        if not self.clock or not seconds.isdigit():
            return None
        told, then = self.clock
        at = told + datetime.timedelta(
            seconds=report["at"] - then + int(seconds) + CLOCK_SLACK_S)
        exact = report["to"] == "farend" and at.second > AIM_S
        return f"{DAYS[at.weekday()]} {at:%H:%M:%S}" if exact \
            else f"{DAYS[at.weekday()]} {at:%H:%M}"

    def take(self, report):
        if report["event"] == "over":
            self.heard = report
            return
        if report["again"]:
            self.repeats += 1
            return
        line = Line(report, self.retry_target(report))
        if line.method == "INVITE" and not line.status \
                and not self.of_call(line.call):
            self.entry, self.heard = None, {}
        self.lines.append(line)
        if line.refusal or line.method == "BYE":
            self._wants_until = time.monotonic() + HISTORY_WAIT_S

    def wants_history(self):
        return time.monotonic() < self._wants_until

    def take_history(self, calls):
        if len(calls) > self._history:
            self._history = len(calls)
            self.entry = calls[0]
            self._wants_until = 0

    def of_call(self, call):
        return [line for line in self.lines if line.call == call]

    def last_call(self):
        return self.of_call(self.lines[-1].call) if self.lines else []

    def tail(self, room):
        """The newest lines, from a call's beginning where that fits."""
        tail = self.lines[-room:] if room > 0 else []
        starts = [n for n, line in enumerate(tail)
                  if n == 0 or line.call != tail[n - 1].call]
        if not tail or len(self.lines) <= room:
            return tail
        if self.lines[-room - 1].call == tail[0].call and len(starts) > 1:
            return tail[starts[1]:]
        return tail

    def sentence(self):
        """What just happened, in plain words; "" if nothing did."""
        call = self.last_call()
        if not call:
            return ""
        statuses = [line.status for line in call
                    if line.method == "INVITE" and line.status]
        final = next((line for line in call if line.method == "INVITE"
                      and line.status >= 200), None)
        if call[0].arrow == "->":
            return self.outgoing(call, statuses, final)
        return self.incoming(call, statuses, final)

    def incoming(self, call, statuses, final):
        if final is None:
            if any(line.method == "CANCEL" for line in call):
                return "The caller gave up."
            if 180 in statuses:
                return ("It rings: the caller hears 180 Ringing. "
                        "a answers, r rejects.")
            return "A call comes in."
        if final.status < 300:
            if any(line.method == "BYE" for line in call):
                heard = self.heard.get("rtp_received")
                media = f" The caller got {heard} audio packets." \
                    if heard else ""
                return "The call is over, ended by BYE." + media
            return "You talk: audio both ways in G.711. h hangs up."
        return self.refused(final, 180 in statuses)

    def refused(self, final, rang):
        entry = self.entry or {}
        if entry.get("code") != final.status:
            entry = {}      # of another call
        by = entry.get("decided_by")
        said = final.text.removeprefix("SIP/2.0 ")
        before = "after it rang" if rang else "before it rang"
        proof = "" if rang else " No 180 was sent."
        if by == "rule":
            return (f"Rule {entry['rule']}, line {entry['line']}, declined "
                    f"this call {before}.{proof}")
        if by == "hours":
            until = f" Retry-After says {final.target}." if final.target \
                else ""
            return f"Closed: declined {before}.{proof}{until}"
        if by == "dnd":
            return f"Do not disturb: {said} {before}.{proof}"
        if by == "busy":
            return f"You are on the phone: {said} for the second caller."
        if by == "user":
            return f"You declined: the caller was told exactly {said}."
        if by == "caller":
            return f"The caller gave up: {said}. It counts as missed."
        if by == "no_answer":
            return f"Nobody answered: {said}. It counts as missed."
        return f"The phone said {said}."

    def outgoing(self, call, statuses, final):
        if final is None:
            if 180 in statuses:
                return "It rings there (180). h gives up."
            return "The INVITE is sent."
        if final.status < 300:
            if any(line.method == "BYE" for line in call):
                return "The call is over, ended by BYE."
            return "They answered: audio both ways in G.711. h hangs up."
        if final.status == 487:
            return "You gave up before they answered: CANCEL, then 487."
        if final.status == 480:
            until = f", back {final.target}" if final.target else ""
            return f"480: nobody is there{until}. {COMPARE}"
        if final.status in (486, 600):
            return f"{final.status}: on another call. {COMPARE}"
        if final.status == 603:
            return f"603: a person said no. {COMPARE}"
        said = final.text.removeprefix("SIP/2.0 ")
        if final.status < 400:
            return f"{said}: shown as moved, and not followed."
        return f"The far end said {said}."
