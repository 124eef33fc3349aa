"""The least of SDP that a G.711 call needs (RFC 4566, RFC 3264)."""

import re

PCMU, PCMA, EVENTS = 0, 8, 101
NAMES = {PCMU: "PCMU/8000", PCMA: "PCMA/8000",
         EVENTS: "telephone-event/8000"}


def build(host, port, codecs=(PCMU, PCMA), direction="sendrecv", version=1):
    """An offer or an answer."""
    lines = ["v=0", f"o=peer 1 {version} IN IP4 {host}", "s=-",
             f"c=IN IP4 {host}", "t=0 0",
             f"m=audio {port} RTP/AVP " + " ".join(map(str, codecs))]
    lines += [f"a=rtpmap:{c} {NAMES[c]}" for c in codecs if c in NAMES]
    lines.append(f"a={direction}")
    return ("\r\n".join(lines) + "\r\n").encode()


class Media:
    """What a description says of its first audio stream."""

    def __init__(self, body):
        text = body.decode("utf-8", "replace")
        media = re.search(r"^m=audio (\d+) \S+ ([\d ]+)", text, re.M)
        where = re.search(r"^c=IN IP4 (\S+)", text, re.M)
        if not media or not where:
            raise ValueError(f"no audio in {text!r}")
        self.host = where.group(1)
        self.port = int(media.group(1))
        self.codecs = [int(c) for c in media.group(2).split()]
        way = re.search(r"^a=(sendrecv|sendonly|recvonly|inactive)\b", text,
                        re.M)
        self.direction = way.group(1) if way else "sendrecv"

    @property
    def address(self):
        return (self.host, self.port)
