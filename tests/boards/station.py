"""A phone in a machine: image, boot, and the far end that it talks with.

The machine's network is QEMU's: the host is 10.0.2.2 for it, and its SIP
port is one of the host's, on 127.0.0.1.
"""

import json
import os
import pathlib
import socket
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import debian                                           # noqa: E402
import image                                            # noqa: E402
from peer.endpoint import Endpoint                      # noqa: E402
from peer.rtp import HEADER, Packet, RtpSocket           # noqa: E402
from qemu import MachineError, POLL_S, Qemu             # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HOST = "10.0.2.2"       # the host, as the machine sees it
USER = "204"
ALSA = pathlib.Path("/usr/share/alsa")
CONTROL = "/run/ctl"
READY = r"^\[([0-9.]+)\] ringfence: ready"

SETTINGS = """\
[phone]
display_name = Front desk
[sip]
listen = 0.0.0.0:5060
[account office]
uri = sip:{user}@{host}:{port}
register = no
[limits]
source_per_min = 0
all_per_min = 0
[audio]
device = {device}
[control]
socket = {control}
"""


def build_folder(name):
    """Where phones are cross-built: in RINGFENCE_BUILD, else build/."""
    return pathlib.Path(os.environ.get("RINGFENCE_BUILD")
                        or ROOT / "build") / name


def free_udp_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RtpFromGuest(RtpSocket):
    """Also knows where the machine's packets come from: the address in its
    description is one of its own network."""

    def __init__(self):
        self.source = None
        super().__init__()

    def _read(self):
        while self._open:
            try:
                raw, source = self.socket.recvfrom(2048)
            except OSError:     # the time-out, or an ICMP error
                continue
            if len(raw) < HEADER.size or raw[0] >> 6 != 2:
                continue
            with self._changed:
                self.source = source
                self.packets.append(Packet(raw))
                self._changed.notify_all()

    def wait_source(self, timeout=3.0):
        self.wait_packets(1, timeout)
        return self.source


class Station:
    """A machine whose phone is ready, from `with` to the end of the block.

    `files` are put into the image as they are, by their path there.
    """

    def __init__(self, machine, board="", device="null", files=None):
        self.machine = machine
        self._folder = tempfile.TemporaryDirectory(prefix="ringfence-vm-")
        self.folder = pathlib.Path(self._folder.name)
        self.peer = Endpoint()
        self.peer.host = HOST
        self.address = ("127.0.0.1", free_udp_port())
        self.size = 0       # of the phone's program, stripped, bytes
        self.ready_s = 0    # from the kernel's start
        self.libraries = image.Libraries(
            machine.triplet, machine.loader,
            build_folder(machine.libraries) if machine.libraries else "/")
        self._kernel = debian.Kernel(f"{machine.kernel}:{machine.arch}")
        self._settings = SETTINGS.format(
            user=USER, host=HOST, port=self.peer.port, device=device,
            control=CONTROL) + board
        self._files = files or {}

    def _write_image(self):
        machine, ram = self.machine, image.Initramfs()
        build = build_folder(machine.build)
        busybox = debian.unpacked(f"busybox-static:{machine.arch}")
        ram.add(image.BUSYBOX, (busybox / "bin/busybox").read_bytes(), 0o755)
        ram.device("/dev/console", 5, 1)
        for folder in ("/proc", "/sys", "/run", "/tmp"):
            ram.folder(folder)
        ram.modules(self._kernel, machine.modules)
        ram.add("/init", (HERE / "guest" / "init").read_text(), 0o755)
        ram.add("/etc/setup", machine.setup)
        ram.add("/etc/devices", "".join(f"{d}\n" for d in machine.devices))
        ram.add("/etc/ringfence.ini", self._settings)
        self.size = ram.program(image.PHONE, build / "ringfence",
                                self.libraries)
        ram.add(image.GLYPHS, (build / "glyphs.bin").read_bytes())
        for file in sorted(ALSA.rglob("*.conf")):
            ram.add(str(file), file.read_bytes())
        for path, data in self._files.items():
            ram.add(path, data)
        out = self.folder / "initramfs"
        ram.write(out)
        return out

    def __enter__(self):
        try:
            tree = None
            if self.machine.tree:
                tree = self.folder / "machine.dtb"
                self.machine.tree(self, self._kernel, tree)
            self.qemu = Qemu(self.machine, self.arguments(),
                             self.folder, self._kernel.image,
                             self._write_image(), tree)
            self.qemu.__enter__()
        except BaseException:
            self._close()
            raise
        try:
            self.front = self.machine.front(self.qemu)
            _, ready = self.console.wait(READY, self.machine.boot_s)
            self.ready_s = float(ready.group(1))
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def arguments(self):
        """QEMU's, with {folder} and {sip} replaced."""
        return [word.replace("{folder}", str(self.folder))
                .replace("{sip}", f"{self.address[0]}:{self.address[1]}")
                for word in self.machine.arguments]

    def __exit__(self, kind, error, trace):
        self.qemu.__exit__(kind, error, trace)
        self._close()

    def _close(self):
        self.peer.close(raise_errors=False)
        self._folder.cleanup()

    @property
    def console(self):
        return self.qemu.console

    @property
    def qmp(self):
        return self.qemu.qmp

    @property
    def qtest(self):
        return self.qemu.qtest

    # What the phone says of itself: to know when to look, and for a
    # failure's text. What is claimed is measured outside.

    def ask(self, *words):
        """A control command; gives the answer."""
        return json.loads(self.console.run(
            f"ringfence ctl -s {CONTROL} {' '.join(map(str, words))}"))

    def show(self):
        return self.ask("show")

    def wait_state(self, *states, timeout=5.0):
        """Wait for one of these states; gives the show."""
        deadline = time.monotonic() + timeout
        while True:
            show = self.show()
            if show["state"] in states:
                return show
            if time.monotonic() > deadline:
                raise MachineError(
                    f"not {' or '.join(states)} within {timeout} s: {show}\n"
                    + self.console.tail())
            time.sleep(POLL_S)

    def status(self):
        """The process: its fields of /proc/PID/status, and the switches
        of all its threads added up."""
        said = self.console.run("cat /proc/$(cat /run/phone.pid)/status")
        fields = dict(line.split(":\t", 1) for line in said.splitlines()
                      if ":\t" in line)
        switches = self.console.run(
            "cat /proc/$(cat /run/phone.pid)/task/*/status")
        fields["switches"] = sum(
            int(line.split()[1]) for line in switches.splitlines()
            if line.startswith("voluntary_ctxt_switches"))
        return fields
