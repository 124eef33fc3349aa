"""Debian roots to install the package in: unpacked, or booted as machines.

A root is made once by mmdebstrap and kept as a tarball with the packages'
lists and the dependencies' archives, so that later runs need no network.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
MIRROR = os.environ.get("RINGFENCE_MIRROR", "http://deb.debian.org/debian")
RELEASES = ("bookworm", "trixie")
# Beside what mmdebstrap calls minimal: the services' manager, and the device
# manager whose rules are looked at
PACKAGES = "ca-certificates,systemd,systemd-sysv,udev"
MAKE_S = 600
COMMAND_S = 300
BOOT_S = 60
POLL_S = 0.1


def cache():
    """The folder of the roots' tarballs, outside of the tree."""
    default = pathlib.Path(os.environ.get("XDG_CACHE_HOME")
                           or pathlib.Path.home() / ".cache")
    folder = pathlib.Path(os.environ.get("RINGFENCE_CACHE")
                          or default / "ringfence") / "roots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(*command, check=True, timeout=COMMAND_S, **more):
    """Run a command; gives its output, both streams in one."""
    done = subprocess.run([str(word) for word in command], timeout=timeout,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8",
                          errors="replace", **more)
    if check and done.returncode:
        raise AssertionError(f"{' '.join(map(str, command))} ended with "
                             f"{done.returncode}:\n{done.stdout}")
    return done


def kind(release, arch):
    """The name of a root: of this machine's architecture, or another's."""
    return f"{release}-{arch}" if arch else release


def tarball(release, arch):
    path = cache() / f"{kind(release, arch)}.tar"
    if not path.exists():
        part = path.with_suffix(".part.tar")
        run("mmdebstrap", "--variant=apt",
            *([f"--architectures={arch}"] if arch else []),
            f"--include={PACKAGES}",
            "--skip=cleanup/apt/lists", release, part, MIRROR,
            timeout=MAKE_S)
        part.rename(path)
    return path


class Root:
    """A Debian in a folder."""

    def __init__(self, release, folder, arch=""):
        self.kind = kind(release, arch)
        self.path = pathlib.Path(folder)
        self.path.mkdir()
        run("tar", "-C", self.path, "-xf", tarball(release, arch))
        shutil.copy("/etc/resolv.conf", self.path / "etc/resolv.conf")

    def do(self, *command, **more):
        return run("chroot", self.path, *command, **more)

    def put(self, package):
        """Copy a package in, with what it depends on beside it."""
        shutil.copy(package, self.path / "root" / package.name)
        self.package = f"/root/{package.name}"
        kept = cache() / f"{self.kind}-archives"
        archives = self.path / "var/cache/apt/archives"
        if kept.exists():
            shutil.copytree(kept, archives, dirs_exist_ok=True)
        if self.install("--download-only", check=False).returncode:
            self.do("apt-get", "update")
            self.install("--download-only")
        kept.mkdir(exist_ok=True)
        for archive in archives.glob("*.deb"):
            shutil.copy(archive, kept / archive.name)

    def install(self, *more, check=True):
        return self.do("env", "DEBIAN_FRONTEND=noninteractive", "apt-get",
                       "install", "-qy", "--no-install-recommends", *more,
                       self.package, check=check)

    def purge(self):
        return self.do("env", "DEBIAN_FRONTEND=noninteractive", "apt-get",
                       "purge", "-qy", "ringfence")

    def remove(self):
        shutil.rmtree(self.path)


class Machine(Root):
    """A root that is booted, with a network of its own: loopback."""

    def boot(self):
        self._cgroup = cgroup2() / f"ringfence-test-{os.getpid()}"
        self._boot = subprocess.Popen(
            [HERE / "boot.sh", self.path, self._cgroup],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
        deadline = time.monotonic() + BOOT_S
        state = ""
        while state not in ("running", "degraded"):
            if self._boot.poll() is not None:
                raise AssertionError("the machine ended at its start:\n"
                                     + self._boot.stdout.read())
            if time.monotonic() > deadline:
                raise AssertionError(f"the machine is {state or 'silent'}:\n"
                                     + self.journal())
            time.sleep(POLL_S)
            self.pid = self._init()
            if self.pid:
                state = self.do("systemctl", "is-system-running",
                                check=False).stdout.strip()

    def _init(self):
        """Its first process, once it is systemd, else 0."""
        boot = f"/proc/{self._boot.pid}"
        try:
            text = pathlib.Path(f"{boot}/task/{self._boot.pid}/children")
            for pid in text.read_text().split():
                if pathlib.Path(f"/proc/{pid}/comm").read_text() \
                        == "systemd\n":
                    return int(pid)
        except (FileNotFoundError, ProcessLookupError):
            pass
        return 0

    def do(self, *command, **more):
        if not getattr(self, "pid", 0):
            return super().do(*command, **more)
        return run("nsenter", "--all", f"--target={self.pid}", *command,
                   **more)

    def beside(self, *command, **more):
        """Run a program of ours in its network."""
        return run("nsenter", f"--net=/proc/{self.pid}/ns/net", *command,
                   **more)

    def journal(self):
        return self.do("journalctl", "-b", "--no-pager", "-n", "60",
                       check=False).stdout

    def end(self):
        """End it, by its own process."""
        self.pid = 0
        if self._boot.poll() is None:
            self._boot.send_signal(signal.SIGKILL)
        self._boot.wait()
        self._boot.stdout.close()
        deadline = time.monotonic() + BOOT_S
        while True:
            folders = sorted(self._cgroup.glob("**/"), reverse=True)
            try:
                for folder in folders:
                    folder.rmdir()
                return
            except OSError:     # its processes are still on their way out
                if time.monotonic() > deadline:
                    raise
                time.sleep(POLL_S)


def cgroup2():
    """Where the control groups are, version 2."""
    for line in pathlib.Path("/proc/mounts").read_text().splitlines():
        _, where, kind = line.split()[:3]
        if kind == "cgroup2":
            return pathlib.Path(where)
    raise AssertionError("no cgroup2 is mounted: a machine can't be booted")
