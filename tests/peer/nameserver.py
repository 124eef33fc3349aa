"""A name server that knows the names it is told, and else says NXDOMAIN
(RFC 1035 4.1)."""

import socket
import struct
import threading

HEADER = struct.Struct("!6H")
ANSWER, NO_SUCH_NAME = 0x8180, 3
TYPE_A, CLASS_IN, POINTER = 1, 1, 0xc000
RECORD = struct.Struct("!HHHIH4s")
TTL_S = 60
QUERY_MAX = 512


def question_name(query):
    """The name that a query asks for."""
    labels, at = [], HEADER.size
    while at < len(query) and query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode("ascii",
                                                              "replace"))
        at += 1 + query[at]
    return ".".join(labels)


class NameServer:
    """`silent` keeps it from answering at all; `asked` keeps the names.

    `names` are names with their IPv4 addresses.
    """

    def __init__(self, silent=False, names=None):
        self.silent = silent
        self.names = names or {}
        self.asked = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.2)
        self.address = "127.0.0.1:%d" % self._socket.getsockname()[1]
        self._open = True
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._open = False
        self._thread.join(timeout=2)
        self._socket.close()

    def _run(self):
        while self._open:
            try:
                query, client = self._socket.recvfrom(QUERY_MAX)
            except OSError:     # the time-out, or an ICMP error
                continue
            if len(query) < HEADER.size:
                continue
            self.asked.append(question_name(query))
            if self.silent:
                continue
            self._socket.sendto(self._answer(query), client)

    def _answer(self, query):
        number, _, questions = HEADER.unpack_from(query)[:3]
        name = question_name(query)
        kind = struct.unpack_from("!H", query,
                                  HEADER.size + len(name) + 2)[0]
        known = self.names.get(name.lower())
        addresses = known if known and kind == TYPE_A else []
        head = HEADER.pack(number, ANSWER if known else
                           ANSWER | NO_SUCH_NAME, questions,
                           len(addresses), 0, 0)
        records = [RECORD.pack(POINTER | HEADER.size, TYPE_A, CLASS_IN,
                               TTL_S, 4, socket.inet_aton(a))
                   for a in addresses]
        return head + query[HEADER.size:] + b"".join(records)
