"""Downloads what machines boot beside the phone: their kernels and busybox.

    fetch.py MACHINE...

So that no machine's time is spent on it. Nothing happens for what is in the
cache already.
"""

import importlib
import sys

import debian


def fetch(machine):
    debian.Kernel(f"{machine.kernel}:{machine.arch}")
    debian.unpacked(f"busybox-static:{machine.arch}")


def main(names):
    for name in names:
        fetch(getattr(importlib.import_module(name), name.upper()))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except debian.PackageError as error:
        sys.exit(str(error))
