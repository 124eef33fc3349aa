#!/usr/bin/env python3
"""Calls the phone at 127.0.0.1:5060 and says how it answered:

    call.py FROM

Prints the responses' status lines; the call is acknowledged if it is refused
and cancelled if it rings.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from peer.dialog import OutgoingCall  # noqa: E402
from peer.endpoint import Endpoint  # noqa: E402

PHONE = ("127.0.0.1", 5060)


def main():
    with Endpoint() as peer:
        call = OutgoingCall(peer, PHONE, user="phone", from_user=sys.argv[1])
        call.invite()
        peer.wait_for(lambda m: m.is_response and m.status >= 180, 3.0, 0,
                      "an answer")
        if 180 in call.statuses():
            call.cancel()
        call.final()
        print("\n".join(m.start for m in call.responses()))


main()
