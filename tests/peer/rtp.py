"""G.711 over RTP (RFC 3550, ITU-T G.711), with a tone to send."""

import array
import math
import secrets
import socket
import struct
import threading
import time

RATE = 8000
PACKET_MS = 20
PACKET_SAMPLES = RATE * PACKET_MS // 1000
HEADER = struct.Struct("!BBHII")


def encode_pcmu(sample):
    """A 16-bit sample as mu-law."""
    sign = 0x80 if sample < 0 else 0
    magnitude = min(abs(sample), 32635) + 132
    exponent = max(magnitude.bit_length() - 8, 0)
    mantissa = (magnitude >> (exponent + 3)) & 0x0F
    return ~(sign | exponent << 4 | mantissa) & 0xFF


def decode_pcmu(byte):
    byte = ~byte & 0xFF
    magnitude = (((byte & 0x0F) << 3) + 132 << (byte >> 4 & 7)) - 132
    return -magnitude if byte & 0x80 else magnitude


def encode_pcma(sample):
    """A 16-bit sample as A-law."""
    sign = 0x80 if sample >= 0 else 0
    magnitude = min(sample if sample >= 0 else -sample - 1, 32767) >> 3
    exponent = max(magnitude.bit_length() - 5, 0)
    mantissa = (magnitude >> max(exponent, 1)) & 0x0F
    return (sign | exponent << 4 | mantissa) ^ 0x55


def decode_pcma(byte):
    byte ^= 0x55
    exponent, mantissa = byte >> 4 & 7, (byte & 0x0F) << 4
    magnitude = mantissa + 8 if exponent == 0 \
        else mantissa + 0x108 << exponent - 1
    return magnitude if byte & 0x80 else -magnitude


ENCODE = {0: encode_pcmu, 8: encode_pcma}
DECODE = {0: [decode_pcmu(b) for b in range(256)],
          8: [decode_pcma(b) for b in range(256)]}


def tone(codec, packets, hz=440, level=8000):
    """Payloads of a sine, one for each packet."""
    encode = ENCODE[codec]
    step = 2 * math.pi * hz / RATE
    return [bytes(encode(int(level * math.sin(step * n)))
                  for n in range(p * PACKET_SAMPLES,
                                 (p + 1) * PACKET_SAMPLES))
            for p in range(packets)]


def decode(codec, payload):
    return array.array("h", (DECODE[codec][b] for b in payload))


def level(codec, payload):
    """The root mean square of a payload's samples."""
    samples = decode(codec, payload)
    if not samples:
        return 0.0
    return math.sqrt(sum(s * s for s in samples) / len(samples))


class Packet:
    def __init__(self, raw):
        first, second, self.sequence, self.timestamp, self.ssrc = \
            HEADER.unpack_from(raw)
        self.version = first >> 6
        self.payload_type = second & 0x7F
        self.payload = raw[HEADER.size + 4 * (first & 0x0F):]
        self.at = time.monotonic()


class RtpSocket:
    """Receives from the beginning; sends a tone when told to."""

    def __init__(self, host="127.0.0.1"):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.settimeout(0.2)
        self.port = self.socket.getsockname()[1]
        self.packets = []
        self.sent = 0
        self._sequence = secrets.randbelow(1 << 15)
        self._timestamp = secrets.randbelow(1 << 30)
        self._ssrc = secrets.randbits(32)
        self._changed = threading.Condition()
        self._open = True
        self._stop = threading.Event()
        self._sender = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self.stop()
        self._open = False
        self._reader.join(timeout=2)
        self.socket.close()

    def _read(self):
        while self._open:
            try:
                raw = self.socket.recv(2048)
            except OSError:     # the time-out, or an ICMP error
                continue
            if len(raw) < HEADER.size or raw[0] >> 6 != 2:
                continue
            with self._changed:
                self.packets.append(Packet(raw))
                self._changed.notify_all()

    def wait_packets(self, n, timeout=3.0):
        """Wait until n packets have come in all; gives them."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while len(self.packets) < n:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"{len(self.packets)} RTP packets "
                                       f"of {n} within {timeout} s")
                self._changed.wait(left)
            return list(self.packets)

    def send_packet(self, codec, payload, address, marker=False):
        header = HEADER.pack(0x80, codec | (0x80 if marker else 0),
                             self._sequence, self._timestamp, self._ssrc)
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._timestamp = (self._timestamp + len(payload)) & 0xFFFFFFFF
        self.socket.sendto(header + payload, address)
        self.sent += 1

    def start(self, codec, address, hz=440):
        """Send a tone in real time until stop()."""
        self.stop()
        self._stop.clear()
        self._sender = threading.Thread(
            target=self._send, args=(codec, address, hz), daemon=True)
        self._sender.start()

    def _send(self, codec, address, hz):
        payloads = tone(codec, 50, hz)
        due = time.monotonic()
        for n in range(1 << 31):
            if self._stop.wait(max(due - time.monotonic(), 0)):
                return
            try:
                self.send_packet(codec, payloads[n % 50], address, n == 0)
            except OSError:     # the far end is gone
                pass
            due += PACKET_MS / 1000

    def stop(self):
        """Fall silent."""
        self._stop.set()
        if self._sender:
            self._sender.join(timeout=2)
            self._sender = None
