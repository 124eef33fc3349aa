"""A machine in QEMU: started, driven from outside, ended; never waited for
without a bound.

    console   what the machine says, and a shell in it
    qmp       keys of a keyboard, pictures of the screen (QMP)
    qtest     levels of pins and registers (the qtest protocol)

What kind of machine it is comes as data: a Machine.
"""

import dataclasses
import json
import pathlib
import re
import secrets
import socket
import subprocess
import threading
import time

from bound import Bound

CONNECT_S = 10
COMMAND_S = 10
END_S = 5
POLL_S = 0.02
CONSOLE_TAIL = 25       # lines of the console in a failure's text


@dataclasses.dataclass(frozen=True)
class Machine:
    """What tells one machine from another.

    `arguments` are QEMU's own; {folder} in them is the run's folder, {sip}
    the host's address for the phone's SIP port. `tree` makes the device
    tree: tree(station, kernel, out-file). `front` is the phone's front, as
    a hand and an eye have it, made of a Qemu as soon as that runs:

        KEYS              the names of its keys, which are up at first
        RINGS             the lamp of a call
        key(name, down)   press it, let it go
        lit()             the set of the lamps that are lit at this moment

    `boot_s` is the most that it may take until the phone is ready, `whole_s`
    from QEMU's start to its end, as bound.py counts.
    """

    name: str
    program: str
    arguments: tuple
    kernel: str             # Debian's package, such as linux-image-arm64
    arch: str               # Debian's architecture
    triplet: str
    loader: str             # the dynamic linker's path
    console: str            # the kernel's name of its serial line
    modules: tuple
    devices: tuple          # paths that the init waits for
    build: str              # folder of the phone's build, in build/
    libraries: str = ""     # folder of its libraries there, if not /
    setup: str = ""         # shell, before the phone is started
    append: str = ""        # more of the kernel's command line
    serial: int = 0         # which of QEMU's serial lines
    accelerator: str = "tcg"
    boot_s: float = 45
    whole_s: float = 60
    tree: object = None
    front: object = None


class MachineError(AssertionError):
    """The machine did not do what it should; ends with its console."""


def connect(path, deadline):
    """A Unix socket that another process is about to open."""
    while True:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(COMMAND_S)
        try:
            sock.connect(str(path))
            return sock
        except OSError:
            sock.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(POLL_S)


class Lines:
    """A line out, a line in, each answered within COMMAND_S."""

    def __init__(self, path):
        self.socket = connect(path, time.monotonic() + CONNECT_S)
        self.file = self.socket.makefile("r", encoding="utf-8")

    def close(self):
        self.file.close()
        self.socket.close()

    def write(self, line):
        self.socket.sendall(line.encode() + b"\n")

    def read(self):
        line = self.file.readline()
        if not line:
            raise EOFError("QEMU closed the connection")
        return line


class Qmp(Lines):
    def __init__(self, path):
        super().__init__(path)
        self.read()     # the greeting
        self.do("qmp_capabilities")

    def do(self, command, **arguments):
        self.write(json.dumps({"execute": command, "arguments": arguments}))
        while True:
            answer = json.loads(self.read())
            if "error" in answer:
                raise MachineError(f"QMP {command}: "
                                   f"{answer['error']['desc']}")
            if "return" in answer:      # else it is an event
                return answer["return"]


class Qtest(Lines):
    def do(self, *words):
        self.write(" ".join(map(str, words)))
        while True:
            status, *rest = self.read().split()
            if status == "IRQ":     # told whenever a pin moves
                continue
            if status != "OK":
                raise MachineError(f"qtest {words}: {status} {rest}")
            return int(rest[0], 0) if rest else None

    def byte(self, address):
        return self.do("readb", hex(address))

    def word(self, address):
        return self.do("readl", hex(address))

    def write_word(self, address, value):
        self.do("writel", hex(address), hex(value))

    def set_pin(self, path, pin, level, name="unnamed-gpio-in"):
        """Drive an input pin of the device at that QOM path."""
        self.do("set_irq_in", path, name, pin, int(level))


class Console:
    """The serial line: lines that came with their time, and a shell.

    What the kernel and the phone say begins with the time in brackets, what
    a command prints must not.
    """

    SAID = re.compile(r"^\[ *[0-9.]+\] ")

    def __init__(self, process):
        self.process = process
        self.lines = []     # (seconds since the start, line)
        self.ended = False
        self.verdict = "the machine ended"      # if it did: why
        self._start = time.monotonic()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self):
        for raw in self.process.stdout:
            line = raw.decode(errors="replace").rstrip()
            with self._changed:
                self.lines.append((time.monotonic() - self._start, line))
                self._changed.notify_all()
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def close(self):
        self._thread.join(timeout=END_S)
        self.process.stdin.close()
        self.process.stdout.close()

    def tail(self, lines=CONSOLE_TAIL):
        with self._changed:
            last = self.lines[-lines:]
        return "\n".join(f"  {at:7.3f} {line}" for at, line in last) \
            or "  (it said nothing)"

    def wait(self, pattern, timeout, start=0):
        """The first match from line `start` on; gives (number, match)."""
        expression = re.compile(pattern)
        deadline = time.monotonic() + timeout
        at = start
        with self._changed:
            while True:
                while at < len(self.lines):
                    match = expression.search(self.lines[at][1])
                    if match:
                        return at, match
                    at += 1
                left = deadline - time.monotonic()
                if self.ended or left <= 0:
                    why = self.verdict if self.ended else \
                        f"{timeout:g} s were not enough"
                    raise MachineError(
                        f"no {pattern!r} on the console, {why}:\n"
                        + self.tail())
                self._changed.wait(left)

    def run(self, command, timeout=COMMAND_S):
        """A shell command in the machine; gives what it printed."""
        mark, start = secrets.token_hex(4), len(self.lines)
        self.process.stdin.write(f"{mark} {command}\n".encode())
        self.process.stdin.flush()
        begin, _ = self.wait(f"^<{mark}$", timeout, start)
        end, match = self.wait(f"^>{mark} ([0-9]+)$", timeout, begin)
        said = "\n".join(line for _, line in self.lines[begin + 1:end]
                         if not self.SAID.match(line))
        if match.group(1) != "0":
            raise MachineError(f"{command!r} in the machine gave "
                               f"{match.group(1)}:\n{said}")
        return said


class Qemu:
    """A running machine, from `with` to the end of the block."""

    def __init__(self, machine, arguments, folder, kernel, initramfs,
                 tree=None):
        self.machine = machine
        self.folder = pathlib.Path(folder)
        sockets = {name: self.folder / f"{name}.sock"
                   for name in ("qmp", "qtest")}
        self._sockets = sockets
        self._words = [
            machine.program, *arguments,
            "-accel", machine.accelerator, "-display", "none",
            "-no-reboot", "-nodefaults",
            *["-serial", "null"] * machine.serial, "-serial", "stdio",
            "-qmp", f"unix:{sockets['qmp']},server=on,wait=off",
            "-qtest", f"unix:{sockets['qtest']},server=on,wait=off",
            "-qtest-log", "none",
            "-kernel", str(kernel), "-initrd", str(initramfs),
            *(["-dtb", str(tree)] if tree else []),
            "-append",
            f"console={machine.console} quiet panic=-1 {machine.append}"]

    def __enter__(self):
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self._words, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        self.console = Console(self.process)
        self._open = []
        self.late = None    # or what is to be said of it
        self.bound = Bound(self.process.pid, self.machine.whole_s,
                           self._end_late)
        try:
            self.qmp = self._adopt(Qmp(self._sockets["qmp"]))
            self.qtest = self._adopt(Qtest(self._sockets["qtest"]))
        except (OSError, EOFError) as error:
            self._end()
            raise MachineError(f"QEMU did not start ({error}):\n"
                               + self.console.tail()) from error
        return self

    def _adopt(self, lines):
        self._open.append(lines)
        return lines

    def _end_late(self, sentence):
        self.late = self.console.verdict = sentence
        self.process.kill()

    def __exit__(self, *exc):
        self._end()
        if self.late:
            raise MachineError(f"{self.machine.name}: {self.late}:\n"
                               + self.console.tail())

    def _end(self):
        """Asked first, so that QEMU closes its files; then made to."""
        if self.process.poll() is None:
            try:
                self.qmp.do("quit")
            except (AttributeError, OSError, EOFError, MachineError,
                    ValueError):
                self.process.terminate()
        try:
            self.process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.bound.close()
        for lines in self._open:
            lines.close()
        self._open = []
        self.console.close()

    def device(self, kind, nth=0):
        """The QOM path of a device that the board made by itself."""
        parent = "/machine/unattached"
        found = [f"{parent}/{child['name']}"
                 for child in self.qmp.do("qom-list", path=parent)
                 if child["type"] == f"child<{kind}>"]
        if len(found) <= nth:
            raise MachineError(f"the machine has no {kind}")
        return found[nth]

    def picture(self, name, **more):
        """What a screen shows, as a PPM file."""
        file = self.folder / f"{name}.ppm"
        self.qmp.do("screendump", filename=str(file), **more)
        return file

    def key(self, *codes, hold_ms=60):
        """Type keys by their QKeyCode, one after the other."""
        for code in codes:
            self.qmp.do("send-key", **{
                "keys": [{"type": "qcode", "data": code}],
                "hold-time": hold_ms})
            time.sleep(2 * hold_ms / 1000)
