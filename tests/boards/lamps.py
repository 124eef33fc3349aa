"""What a lamp does, read from its pin again and again."""

import statistics
import time

SAMPLE_S = 0.002


class LampError(AssertionError):
    """A lamp does not do what it should."""


def intervals(lit, lamp, count, timeout):
    """How long it was dark and lit: {False: [seconds], True: [seconds]}.

    lit() gives the lamps that are lit. Only whole intervals between two
    changes count, at least `count` of each.
    """
    found = {False: [], True: []}
    state, since = lamp in lit(), None
    deadline = time.monotonic() + timeout
    while min(map(len, found.values())) < count:
        time.sleep(SAMPLE_S)
        before = time.monotonic()
        now = lamp in lit()
        at = (before + time.monotonic()) / 2
        if now != state:
            if since is not None:
                found[state].append(at - since)
            state, since = now, at
        if at > deadline:
            raise LampError(f"{lamp} does not blink: {found}, now "
                            f"{'lit' if state else 'dark'}")
    return found


def check_blink(lit, lamp, on_ms, off_ms, count=1, slack=0.2):
    """The lamp blinks so; what the machine takes longer is in `slack`."""
    timeout = (count + 2) * (on_ms + off_ms) / 1000
    found = intervals(lit, lamp, count, timeout)
    for state, want_ms in ((True, on_ms), (False, off_ms)):
        is_ms = statistics.median(found[state]) * 1000
        if abs(is_ms - want_ms) > slack * want_ms:
            raise LampError(
                f"{lamp} is {'lit' if state else 'dark'} for {is_ms:.0f} ms "
                f"where {want_ms} were asked for: {found}")
    return found


def wait(lit, want, timeout):
    """Wait until exactly these lamps are lit."""
    deadline = time.monotonic() + timeout
    while True:
        now = lit()
        if now == want:
            return
        if time.monotonic() > deadline:
            raise LampError(f"lit after {timeout} s are {sorted(now)}, not "
                            f"{sorted(want)}")
        time.sleep(SAMPLE_S)


def check_dark(lit, seconds):
    """All lamps are dark, and stay so."""
    wait(lit, set(), 1.0)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        now = lit()
        if now:
            raise LampError(f"{sorted(now)} lit where all is over")
        time.sleep(SAMPLE_S)
