"""Debian's packages as folders: downloaded and verified by apt, kept.

Nothing is installed. A package lies unpacked in the cache, outside of the
tree, under its file's name, which has its version in it.

An architecture that dpkg does not know is looked up in lists of its own,
in the cache: the system's apt stays as it is.

    debian.py FOLDER PACKAGE:ARCH...    merge packages into a new folder
"""

import functools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

APT_S = 300
# A mirror that says nothing for so long is asked again, or given up
PATIENCE = ("-o", "Acquire::http::Timeout=30",
            "-o", "Acquire::https::Timeout=30", "-o", "Acquire::Retries=2")


class PackageError(Exception):
    """A package that can't be had, and what to do."""


def cache():
    """${XDG_CACHE_HOME:-~/.cache}/ringfence"""
    home = os.environ.get("XDG_CACHE_HOME")
    return (pathlib.Path(home) if home else
            pathlib.Path.home() / ".cache") / "ringfence"


def _run(*words, cwd=None):
    try:
        done = subprocess.run(words, cwd=cwd, capture_output=True, text=True,
                              timeout=APT_S, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise PackageError(str(error)) from error
    if done.returncode:
        raise PackageError(f"{' '.join(map(str, words))} failed:\n"
                           + done.stderr + done.stdout)
    return done.stdout


def _lists(arch):
    """The folder of our own lists for an architecture."""
    return cache() / f"apt-{arch}"


@functools.cache
def _options(arch):
    """What makes apt speak of that architecture."""
    known = _run("dpkg", "--print-architecture") \
        + _run("dpkg", "--print-foreign-architectures")
    if arch in known.split():
        return ()
    state = _lists(arch)
    # A folder under /root is closed to _apt
    settings = {"APT::Architecture": arch, "APT::Architectures": arch,
                "APT::Sandbox::User": "root", "Dir::State": state,
                "Dir::State::status": "/dev/null", "Dir::Cache": state}
    options = tuple(word for name, value in settings.items()
                    for word in ("-o", f"{name}={value}"))
    if not (state / "lists").is_dir():
        (state / "lists" / "partial").mkdir(parents=True)
        (state / "archives" / "partial").mkdir(parents=True)
        # A mirror may be half way between two states, then apt takes what
        # it has; a package that is missing is told when it is asked for
        try:
            subprocess.run(["apt-get", "-qq", *PATIENCE, *options, "update"],
                           capture_output=True, timeout=APT_S)
        except subprocess.TimeoutExpired:
            pass
    return options


def _remedy(arch):
    """What to look at; our own lists are new by then."""
    return "can the mirror be reached, and does it have this?" \
        if _options(arch) else "try apt-get update"


def _renewing(look):
    """Our own lists may be older than what the mirror still has: thrown away
    at the first failure, once a run. apt's own lists are not ours."""
    renewed = set()

    @functools.wraps(look)
    def looks(package):
        arch = package.rpartition(":")[2]
        try:
            return look(package)
        except PackageError:
            if arch in renewed or not _options(arch):
                raise
            renewed.add(arch)
            shutil.rmtree(_lists(arch))
            _options.cache_clear()
            _record.cache_clear()
            return look(package)

    return looks


@functools.cache
def _record(package):
    """The fields of the version that apt would take."""
    arch = package.rpartition(":")[2]
    shown = subprocess.run(
        ["apt-cache", *_options(arch), "--no-all-versions", "show", package],
        capture_output=True, text=True, timeout=APT_S)
    if shown.returncode or not shown.stdout.strip():
        raise PackageError(
            f"apt does not know {package}: {_remedy(arch)}")
    fields = (line.partition(": ") for line in shown.stdout.splitlines()
              if line[:1].strip())
    return {name: value for name, _, value in fields}


@_renewing
def unpacked(package):
    """A package's folder, such as that of busybox-static:arm64.

    apt checks the file against the signed index before it is unpacked.
    """
    record, arch = _record(package), package.rpartition(":")[2]
    name = pathlib.PurePath(record["Filename"]).stem
    folder = cache() / name
    if folder.is_dir():
        return folder
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as work:
        # _apt may not enter it, and apt would say so each time
        try:
            _run("apt-get", "-qq", *PATIENCE, *_options(arch),
                 "-o", "APT::Sandbox::User=root", "download",
                 f"{package}={record['Version']}", cwd=work)
        except PackageError as error:
            raise PackageError(f"{error}\n{package} can't be downloaded: "
                               f"{_remedy(arch)}") from error
        file, = pathlib.Path(work).glob("*.deb")
        _run("dpkg-deb", "-x", file, f"{work}/tree")
        try:
            os.rename(f"{work}/tree", folder)
        except OSError:
            if not folder.is_dir():     # another run was faster
                raise
    return folder


def merge(folder, packages):
    """A folder that has all of them, whole or not at all. What links to a
    whole path there stays within it."""
    folder = pathlib.Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        for package in packages:
            shutil.copytree(unpacked(package), f"{work}/tree", symlinks=True,
                            dirs_exist_ok=True)
        tree = pathlib.Path(work, "tree")
        for link in [p for p in tree.rglob("*") if p.is_symlink()]:
            target = os.readlink(link)
            if os.path.isabs(target):
                link.unlink()
                link.symlink_to(os.path.relpath(f"{tree}{target}",
                                                link.parent))
        os.rename(f"{work}/tree", folder)


@_renewing
def _depends(package):
    """The packages that one depends on, without versions."""
    return [words.split()[0]
            for words in _record(package)["Depends"].split(",")]


class Kernel:
    """A stock kernel's image, modules and device trees.

    `meta` is the package that depends on the newest one of its kind, such
    as linux-image-arm64:arm64.
    """

    def __init__(self, meta):
        arch = meta.rpartition(":")[2]
        image = _depends(meta)[0]
        self.folder = unpacked(f"{image}:{arch}")
        self.version = image.removeprefix("linux-image-")
        self.image, = (self.folder / "boot").glob("vmlinu[xz]-*")
        self.modules = self.folder / "lib" / "modules" / self.version
        self.trees = self.folder / "usr" / "lib" / image
        if not (self.modules / "modules.dep").exists():
            depmod = shutil.which("depmod") or "/sbin/depmod"
            _run(depmod, "-b", self.folder, self.version)
        self._needs = {}
        for line in (self.modules / "modules.dep").read_text().splitlines():
            file, _, needs = line.partition(":")
            self._needs[self._name(file)] = (file, needs.split())
        built_in = (self.modules / "modules.builtin").read_text().split()
        self._built_in = {self._name(file) for file in built_in}

    @staticmethod
    def _name(file):
        return pathlib.PurePath(file).name.split(".ko")[0].replace("-", "_")

    def load_order(self, names):
        """The files of modules and of what they need, in order of loading,
        relative to `modules`."""
        order = []
        for name in names:
            name = name.replace("-", "_")
            if name in self._built_in:
                continue
            if name not in self._needs:
                raise PackageError(f"{self.version} has no module {name}")
            file, needs = self._needs[name]
            order += [f for f in [*reversed(needs), file] if f not in order]
        return order


if __name__ == "__main__":
    try:
        merge(sys.argv[1], sys.argv[2:])
    except PackageError as error:
        sys.exit(str(error))
