"""Programs of another architecture, run by QEMU's user emulation.

The kernel hands them to the emulator (binfmt_misc). What is not set up here
already is set up for as long as it is needed, and then undone.
"""

import pathlib
import subprocess

BINFMT = pathlib.Path("/proc/sys/fs/binfmt_misc")
# Debian's name of the architecture: QEMU's, and ELF's number of the machine
KINDS = {"arm64": ("aarch64", 0xB7)}
ELF_MASK = (rb"\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff"
            rb"\xff\xfe\xff\xff\xff")


class NotHere(Exception):
    """This machine's kernel or its rights do not let us."""


def native():
    return subprocess.run(["dpkg", "--print-architecture"], check=True,
                          capture_output=True, text=True).stdout.strip()


class Emulation:
    """Programs of that architecture can be run, from `with` to its end."""

    def __init__(self, arch):
        self._qemu, machine = KINDS[arch]
        self._name = f"ringfence-test-{self._qemu}"
        # A little-endian executable or shared object of 64 bits. F: the
        # emulator is opened now, so that roots need not have it
        self._rule = (
            b":%s:M::" % self._name.encode()
            + rb"\x7fELF\x02\x01\x01" + rb"\x00" * 9 + rb"\x02\x00"
            + rb"\x%02x\x00:" % machine + ELF_MASK
            + b":/usr/bin/qemu-%s-static:F" % self._qemu.encode())
        self._mounted = self._registered = False

    def __enter__(self):
        try:
            if not (BINFMT / "register").exists():
                subprocess.run(["mount", "-t", "binfmt_misc", "none",
                                str(BINFMT)], check=True,
                               capture_output=True)
                self._mounted = True
            if not self._known():
                (BINFMT / "register").write_bytes(self._rule)
                self._registered = True
        except (OSError, subprocess.CalledProcessError) as error:
            self.__exit__()
            raise NotHere("programs of another architecture can't be run "
                          f"here (binfmt_misc): {error}") from error
        return self

    def _known(self):
        return any(f"qemu-{self._qemu}" in file.read_text()
                   for file in BINFMT.iterdir()
                   if file.name not in ("register", "status"))

    def __exit__(self, *exc):
        if self._registered:
            (BINFMT / self._name).write_text("-1")
        if self._mounted:
            subprocess.run(["umount", str(BINFMT)], check=False,
                           capture_output=True)
