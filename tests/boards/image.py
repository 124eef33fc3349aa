"""What a machine boots: an initramfs with the phone, and a device tree."""

import gzip
import lzma
import os
import pathlib
import re
import stat
import subprocess
import tempfile

TOOL_S = 30
CPIO_ALIGN = 4

# Their paths are part of what the libraries and the init expect
BUSYBOX = "/bin/busybox"
PHONE = "/usr/bin/ringfence"
GLYPHS = "/usr/bin/glyphs.bin"
MODULES = "/lib/modules"
LOADED = "/etc/modules"


def run(*words, data=None):
    """A tool, bounded in time; gives its standard output."""
    done = subprocess.run([str(w) for w in words], capture_output=True,
                          input=data, timeout=TOOL_S)
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed:\n"
                           + done.stderr.decode(errors="replace"))
    return done.stdout


class Initramfs:
    """A cpio archive in the making (newc, as the kernel reads it).

    Not compressed: the machine's processor would have to undo it.
    """

    def __init__(self):
        self._parts = []
        self._known = set()

    def _entry(self, path, mode, data=b""):
        name = path.strip("/").encode() + b"\0"
        fields = [len(self._parts) + 1, mode, 0, 0, 1, 0, len(data),
                  0, 0, 0, 0, len(name), 0]
        head = b"070701" + b"".join(b"%08X" % f for f in fields) + name
        self._parts.append(b"".join(
            part + bytes(-len(part) % CPIO_ALIGN) for part in (head, data)))

    def folder(self, path):
        path = pathlib.PurePosixPath("/" + path.strip("/"))
        for each in [*reversed(path.parents), path]:
            if each != path.__class__("/") and each not in self._known:
                self._known.add(each)
                self._entry(str(each), stat.S_IFDIR | 0o755)

    def add(self, path, data, mode=0o644):
        """A file of bytes or text."""
        if path in self._known:
            return
        self._known.add(path)
        self.folder(os.path.dirname(path))
        self._entry(path, stat.S_IFREG | mode,
                    data.encode() if isinstance(data, str) else data)

    def link(self, path, target):
        self.folder(os.path.dirname(path))
        self._entry(path, stat.S_IFLNK | 0o777, target.encode())

    def device(self, path, major, minor):
        """A character device, for what runs before /dev is mounted."""
        self.folder(os.path.dirname(path))
        name = len(self._parts)
        self._entry(path, stat.S_IFCHR | 0o600)
        head = bytearray(self._parts[name])
        head[78:94] = b"%08X%08X" % (major, minor)  # rdevmajor, rdevminor
        self._parts[name] = bytes(head)

    def program(self, path, file, libraries):
        """An executable, stripped, with the libraries that it needs; gives
        its size."""
        with tempfile.NamedTemporaryFile() as slim:
            libraries.strip(file, slim.name)
            data = pathlib.Path(slim.name).read_bytes()
        self.add(path, data, 0o755)
        for library in libraries.of(file):
            self.add(str(library), libraries.file(library).read_bytes(),
                     0o755)
        return len(data)

    def modules(self, kernel, names):
        """Modules, and the list by which the init loads them."""
        order = kernel.load_order(names)
        unpack = {".xz": lzma.decompress, ".gz": gzip.decompress}
        for file in order:
            data = (kernel.modules / file).read_bytes()
            suffix = pathlib.PurePath(file).suffix
            self.add(f"{MODULES}/{file.removesuffix(suffix)}.ko"
                     if suffix in unpack else f"{MODULES}/{file}",
                     unpack.get(suffix, bytes)(data))
        self.add(LOADED, "".join(
            f"{MODULES}/{re.sub(r'[.][xg]z$', '', f)}\n" for f in order))

    def write(self, file):
        self._entry("TRAILER!!!", 0)
        pathlib.Path(file).write_bytes(b"".join(self._parts))


class Libraries:
    """Shared libraries of another architecture, as Debian installs them, in
    `root`."""

    def __init__(self, triplet, loader, root="/"):
        self.triplet = triplet
        self.loader = pathlib.PurePath(loader)
        self.root = pathlib.Path(root)

    def strip(self, file, out):
        run(f"{self.triplet}-strip", "-o", out, file)

    def _find(self, name):
        if name == self.loader.name:
            return self.loader
        for folder in ("/usr/lib", "/lib"):
            path = pathlib.PurePath(folder) / self.triplet / name
            if self.file(path).exists():
                return path
        raise RuntimeError(f"no {name} for {self.triplet} in {self.root}")

    def file(self, path):
        """Where the library is that the machine has under this path."""
        return self.root / path.relative_to("/")

    def of(self, file):
        """The paths of all that a program needs, the loader included."""
        found, left = [self.loader], [file]
        while left:
            said = run("readelf", "-d", left.pop()).decode()
            for name in re.findall(r"\(NEEDED\).*\[(.+)\]", said):
                path = self._find(name)
                if path not in found:
                    found.append(path)
                    left.append(self.file(path))
        return found


def merge_tree(base, overlay, out, remove=()):
    """A device tree with an overlay's source merged, nodes removed first.

    ${PATH} in the overlay is the phandle of the base's node at PATH.
    """
    with tempfile.TemporaryDirectory() as work:
        tree, merged = f"{work}/base.dtb", f"{work}/overlay.dtbo"
        pathlib.Path(tree).write_bytes(pathlib.Path(base).read_bytes())
        for node in remove:
            run("fdtput", "-r", tree, node)

        def phandle(match):
            return "0x" + run("fdtget", "-t", "x", tree, match.group(1),
                              "phandle").decode().strip()

        source = re.sub(r"\$\{(/[^{}\s]+)\}", phandle, overlay)
        run("dtc", "-q", "-I", "dts", "-O", "dtb", "-o", merged, "-",
            data=source.encode())
        run("fdtoverlay", "-i", tree, "-o", out, merged)
