"""A SIP message, from bytes and to bytes (RFC 3261 7).

Text is UTF-8 with surrogate escapes: any bytes survive reading and writing.
Header names are compared without case and with their compact forms.
"""

import re

COMPACT = {
    "a": "accept-contact", "b": "referred-by", "c": "content-type",
    "e": "content-encoding", "f": "from", "i": "call-id",
    "k": "supported", "l": "content-length", "m": "contact",
    "o": "event", "r": "refer-to", "s": "subject", "t": "to",
    "u": "allow-events", "v": "via",
}


def to_text(data):
    return data.decode("utf-8", "surrogateescape")


def to_bytes(text):
    if isinstance(text, bytes):
        return text
    return text.encode("utf-8", "surrogateescape")


def canonical(name):
    name = name.strip().lower()
    return COMPACT.get(name, name)


class MessageError(ValueError):
    """These bytes are no SIP message."""


class Message:
    """A request or a response; headers in their order, as (name, value)."""

    def __init__(self, start, headers=(), body=b""):
        self.start = start
        self.headers = list(headers)
        self.body = to_bytes(body)
        self.raw = None

    @classmethod
    def request(cls, method, uri, headers=(), body=b""):
        return cls(f"{method} {uri} SIP/2.0", headers, body)

    @classmethod
    def response(cls, status, reason, headers=(), body=b""):
        return cls(f"SIP/2.0 {status} {reason}", headers, body)

    @property
    def is_response(self):
        return self.start.upper().startswith("SIP/2.0 ")

    @property
    def is_request(self):
        return not self.is_response

    @property
    def method(self):
        """A request's method; a response's is that of its CSeq."""
        if self.is_request:
            return self.start.split(" ", 1)[0]
        return self.cseq[1]

    @property
    def uri(self):
        parts = self.start.split(" ")
        return None if self.is_response or len(parts) < 3 else parts[1]

    @property
    def status(self):
        """A response's code, 0 for a request."""
        if self.is_request:
            return 0
        match = re.match(r"\d{3}", self.start[8:])
        return int(match.group()) if match else 0

    @property
    def reason(self):
        return self.start[12:] if self.is_response else None

    def all(self, name):
        """Every value of a header, top to bottom."""
        name = canonical(name)
        return [v for n, v in self.headers if canonical(n) == name]

    def get(self, name, default=None):
        """The first value of a header."""
        values = self.all(name)
        return values[0] if values else default

    def set(self, name, value):
        """Put a value in the place of the header's first, drop the rest."""
        wanted, out, done = canonical(name), [], False
        for known, old in self.headers:
            if canonical(known) != wanted:
                out.append((known, old))
            elif not done:
                out.append((known, value))
                done = True
        if not done:
            out.append((name, value))
        self.headers = out

    @property
    def cseq(self):
        """(number, method)"""
        parts = (self.get("CSeq") or "").split()
        if len(parts) != 2 or not parts[0].isdigit():
            return (0, "")
        return (int(parts[0]), parts[1])

    @property
    def call_id(self):
        return (self.get("Call-ID") or "").strip()

    @property
    def branch(self):
        return param(self.get("Via") or "", "branch")

    @property
    def from_tag(self):
        return tag(self.get("From") or "")

    @property
    def to_tag(self):
        return tag(self.get("To") or "")

    def to_bytes(self):
        """As sent; adds Content-Length if no header says it."""
        lines = [to_bytes(self.start)]
        lines += [to_bytes(n) + b": " + to_bytes(v)
                  for n, v in self.headers]
        if self.get("Content-Length") is None:
            lines.append(b"Content-Length: %d" % len(self.body))
        return b"\r\n".join(lines) + b"\r\n\r\n" + self.body

    def __repr__(self):
        return f"<{self.start}>"


def parse(data):
    """Read one whole message; the body is what stands behind the head."""
    head, _, body = data.partition(b"\r\n\r\n")
    lines = re.sub(r"\r\n[ \t]+", " ", to_text(head)).split("\r\n")
    if not re.match(r"SIP/2\.0 \d{3} |SIP/2\.0 \d{3}$|\S+ .* SIP/2\.0$",
                    lines[0]):
        raise MessageError(f"no start line: {lines[0][:80]!r}")
    headers = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.append((name.strip(), value.strip()))
    message = Message(lines[0], headers, body)
    message.raw = bytes(data)
    return message


def frame(buffer):
    """Take the first message off a TCP buffer (RFC 3261 18.3).

    Gives (message bytes or None, bytes used); leading line ends, as of a
    keep-alive (RFC 5626), are used up.
    """
    skipped = len(buffer) - len(buffer.lstrip(b"\r\n"))
    rest = buffer[skipped:]
    end = rest.find(b"\r\n\r\n")
    if end < 0:
        return None, skipped
    match = re.search(rb"\r\n(?:content-length|l)[ \t]*:[ \t]*(\d+)",
                      rest[:end], re.IGNORECASE)
    size = end + 4 + (int(match.group(1)) if match else 0)
    if len(rest) < size:
        return None, skipped
    return bytes(rest[:size]), skipped + size


def param(value, name):
    """A parameter of a header value, behind the address; None if missing."""
    value = re.sub(r'"(?:[^"\\]|\\.)*"', "", value)
    tail = value.split(">", 1)[1] if ">" in value else value
    match = re.search(r";\s*" + re.escape(name) + r"\s*=\s*([^;,\s]+)", tail,
                      re.IGNORECASE)
    return match.group(1) if match else None


def tag(value):
    return param(value, "tag")


def uri_of(value):
    """The URI of an address header, without its brackets."""
    match = re.search(r"<([^>]*)>", value)
    return match.group(1) if match else value.split(";")[0].strip()


def user_of(uri):
    """The user part of a SIP URI, "" if it has none."""
    match = re.match(r"sips?:([^@]*)@", uri, re.IGNORECASE)
    return match.group(1) if match else ""


def address_of(uri, default_port=5060):
    """(host, port) of a SIP URI with an IPv4 address or a name."""
    match = re.match(r"sips?:(?:[^@]*@)?([^:;?>]+)(?::(\d+))?", uri,
                     re.IGNORECASE)
    if not match:
        raise MessageError(f"no SIP URI: {uri!r}")
    return match.group(1), int(match.group(2) or default_port)


def transport_of(uri):
    match = re.search(r";transport=(\w+)", uri, re.IGNORECASE)
    return match.group(1).lower() if match else "udp"
