#!/usr/bin/env python3
"""Ringfence in a terminal, against a far end that answers and calls.

    demo.py             the phone's screen, lamps and keys; 80x24 or more
    demo.py --script    plays it all without a terminal and compares each
                        scene with its golden; UPDATE_GOLDEN=1 writes them
    --phone FILE        the phone; else $RINGFENCE, build/host/ringfence
"""

import argparse
import os
import signal
import sys

from stage import ENDING, HERE, Stage, StageError

ROOT = os.path.dirname(os.path.dirname(HERE))


def arguments():
    parser = argparse.ArgumentParser(
        description="A SIP desk phone in a terminal.")
    parser.add_argument("--script", action="store_true",
                        help="play it without a terminal, compare, exit 1 "
                        "if a scene differs")
    parser.add_argument("--phone", metavar="FILE",
                        default=os.environ.get("RINGFENCE") or os.path.join(
                            ROOT, "build", "host", "ringfence"),
                        help="the phone's program")
    return parser.parse_args()


def leave(number, _):
    """End in order; a second signal does not cut that short."""
    for other in ENDING:
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + number)


def main():
    options = arguments()
    for number in ENDING:
        signal.signal(number, leave)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    if not os.access(options.phone, os.X_OK):
        raise StageError(f"there is no phone at {options.phone}: "
                         "build it first, or name it by --phone")
    if options.script:
        from script import Script
        with Stage(options.phone) as stage:
            return 0 if Script(stage).play() else 1
    if not (sys.stdin.isatty() and sys.stdout.isatty()) \
            or os.environ.get("TERM", "dumb") == "dumb":
        raise StageError("this is no terminal; --script plays the demo "
                         "without one")
    from interactive import Interactive
    with Stage(options.phone) as stage:
        Interactive(stage).run()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except StageError as error:
        print(f"demo: {error}", file=sys.stderr)
        sys.exit(1)
