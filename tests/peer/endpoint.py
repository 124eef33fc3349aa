"""A SIP endpoint on 127.0.0.1, UDP and TCP on one port, with a log.

Every message that was sent or came in stands in `log`, in order, with its
bytes; `wait_for` looks there, so nothing is lost between two waits. A thread
of its own reads the sockets.
"""

import selectors
import socket
import sys
import threading
import time
import traceback

from . import message as sip

RECEIVE_MAX = 65535
RECEIVE_BUFFER = 8 * 1024 * 1024
BIND_TRIES = 20


class Entry:
    """A message on the wire. `sent` is seen from this endpoint."""

    def __init__(self, sent, transport, peer, raw, message):
        self.sent = sent
        self.transport = transport
        self.peer = peer
        self.raw = raw
        self.message = message      # None if it is no SIP message
        self.at = time.monotonic()

    @property
    def line(self):
        """The start line, made safe to print."""
        line = self.raw.split(b"\r\n", 1)[0][:100]
        return line.decode("ascii", "backslashreplace")

    def __repr__(self):
        arrow = "->" if self.sent else "<-"
        return f"{arrow} {self.transport} {self.line}"


class Endpoint:
    """Two sockets, a log, and a reader.

    `on_message(endpoint, entry)` is called in the reader's thread for each
    message that came in; it may send. What it raises is kept and raised by
    close().
    """

    def __init__(self, on_message=None, user="peer", host="127.0.0.1",
                 port=0):
        self.host = host
        self.user = user
        self.on_message = on_message
        self.log = []
        self.errors = []
        self._changed = threading.Condition(threading.RLock())
        self._connections = {}
        self._buffers = {}
        self._bind(port)
        self._wake_in, self._wake_out = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        for sock in (self._udp, self._listener, self._wake_out):
            self._selector.register(sock, selectors.EVENT_READ)
        self._open = True
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _bind(self, port):
        for attempt in range(BIND_TRIES):
            udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                udp.bind((self.host, port))
                self.port = udp.getsockname()[1]
                listener.bind((self.host, self.port))
                listener.listen(16)
            except OSError:
                udp.close()
                listener.close()
                if port or attempt == BIND_TRIES - 1:
                    raise
                continue
            udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF,
                           RECEIVE_BUFFER)
            self._udp, self._listener = udp, listener
            return

    @property
    def address(self):
        return (self.host, self.port)

    def uri(self, user=None, transport="udp"):
        """How this endpoint is called."""
        tail = "" if transport == "udp" else f";transport={transport}"
        return f"sip:{user or self.user}@{self.host}:{self.port}{tail}"

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close(raise_errors=exc[0] is None)

    def close(self, raise_errors=True):
        """End the reader, close the sockets, raise what a handler raised."""
        if self._open:
            self._open = False
            self._wake_in.send(b"x")
            self._thread.join(timeout=5)
            for sock in (self._udp, self._listener, self._wake_in,
                         self._wake_out, *self._buffers):
                sock.close()
            self._selector.close()
        if raise_errors and self.errors:
            raise self.errors[0]

    # Sending

    def send(self, message, peer, transport="udp"):
        """Send a Message or bytes; a TCP connection is reused."""
        raw = message.to_bytes() if isinstance(message, sip.Message) \
            else bytes(message)
        with self._changed:
            self._note(True, transport, peer, raw)
            if transport == "udp":
                self._udp.sendto(raw, peer)
                return raw
            sock = self._connections.get(peer) or self._connect(peer)
        sock.sendall(raw)
        return raw

    def _connect(self, peer):
        sock = socket.create_connection(peer, timeout=5,
                                        source_address=(self.host, 0))
        self._adopt(sock, peer)
        self._wake_in.send(b"x")
        return sock

    def _adopt(self, sock, peer):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connections[peer] = sock
        self._buffers[sock] = bytearray()
        self._selector.register(sock, selectors.EVENT_READ, peer)

    def drop_connections(self):
        """Close every TCP connection."""
        with self._changed:
            for peer in list(self._connections):
                self._forget(self._connections[peer])

    def connected(self, peer):
        """Whether a TCP connection to or from that address stands."""
        with self._changed:
            return peer in self._connections

    # Receiving

    def _run(self):
        while self._open:
            for key, _ in self._selector.select(timeout=1):
                if key.fileobj is self._udp:
                    self._read_udp()
                elif key.fileobj is self._listener:
                    sock, peer = self._listener.accept()
                    with self._changed:
                        self._adopt(sock, peer)
                elif key.fileobj is self._wake_out:
                    self._wake_out.recv(64)
                else:
                    self._read_tcp(key.fileobj, key.data)

    def _read_udp(self):
        try:
            raw, peer = self._udp.recvfrom(RECEIVE_MAX)
        except OSError:     # an ICMP error for something that we sent
            return
        if raw.strip(b"\r\n\0"):
            self._take("udp", peer, raw)

    def _read_tcp(self, sock, peer):
        try:
            data = sock.recv(RECEIVE_MAX)
        except OSError:
            data = b""
        if not data:
            with self._changed:
                self._forget(sock)
                self._changed.notify_all()
            return
        buffer = self._buffers.get(sock)
        if buffer is None:
            return
        buffer += data
        while True:
            raw, used = sip.frame(bytes(buffer))
            del buffer[:used]
            if raw is None:
                return
            self._take("tcp", peer, raw)

    def _forget(self, sock):
        if sock not in self._buffers:
            return
        del self._buffers[sock]
        for peer, known in list(self._connections.items()):
            if known is sock:
                del self._connections[peer]
        self._selector.unregister(sock)
        sock.close()

    def _take(self, transport, peer, raw):
        with self._changed:
            entry = self._note(False, transport, peer, raw)
        if self.on_message and entry.message:
            try:
                self.on_message(self, entry)
            except Exception as error:  # the reader must go on
                traceback.print_exc(file=sys.stderr)
                self.errors.append(error)

    def _note(self, sent, transport, peer, raw):
        try:
            message = sip.parse(raw)
        except sip.MessageError:
            message = None
        entry = Entry(sent, transport, peer, raw, message)
        self.log.append(entry)
        self._changed.notify_all()
        return entry

    # Looking

    def mark(self):
        """Where the log ends now, for `start`."""
        with self._changed:
            return len(self.log)

    def received(self, predicate=None, start=0):
        """Messages that came in, those for which predicate(message) holds."""
        with self._changed:
            return [e.message for e in self.log[start:]
                    if not e.sent and e.message
                    and (predicate is None or predicate(e.message))]

    def wait_for(self, predicate, timeout=3.0, start=0, what=None):
        """The first entry that came in and fits; TimeoutError if none does.

        predicate(message) -> bool; `start` is a mark().
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                for entry in self.log[start:]:
                    if not entry.sent and entry.message \
                            and predicate(entry.message):
                        return entry
                start = max(start, len(self.log))
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(
                        f"{what or 'it'} did not come within {timeout} s:\n"
                        + self.trace())
                self._changed.wait(left)

    def wait_request(self, method, timeout=3.0, start=0):
        """The first request of that method; gives its Entry."""
        return self.wait_for(
            lambda m: m.is_request and m.method == method,
            timeout, start, f"{method} request")

    def trace(self, last=40):
        """The log's last lines as text, for a failure's message."""
        with self._changed:
            entries = list(self.log)
        begin = entries[0].at if entries else 0
        return "\n".join(f"  {e.at - begin:7.3f} {e!r}"
                         for e in entries[-last:]) or "  (nothing)"
