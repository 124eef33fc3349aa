#!/usr/bin/env python3
"""The Debian package: built, installed on each release, run, purged.

    RINGFENCE_PACKAGE  folder to build it in, else a temporary one
    RINGFENCE_CACHE    folder where the releases' roots are kept, else
                       ~/.cache/ringfence
    RINGFENCE_BOARD    the board that is built in, as for debian/rules

Needs root: releases are unpacked, entered and booted as containers.
"""

import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from package.foreign import Emulation, NotHere, native  # noqa: E402
from package.roots import Machine, Root, run  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOOLS = {"dpkg-buildpackage": "dpkg-dev", "dh": "debhelper",
         "lintian": "lintian", "mmdebstrap": "mmdebstrap",
         "mandoc": "mandoc", "man": "man-db", "nsenter": "util-linux"}
CROSS_ARCH = "arm64"
CROSS_TOOLS = {"aarch64-linux-gnu-g++": "crossbuild-essential-arm64",
               "qemu-aarch64-static": "qemu-user-static",
               "arch-test": "arch-test"}
SOCKET = "/run/ringfence/ctl"
BUILD_S = 900
BACK_S = 15         # a phone that died or hangs is back
READY_S = 20
END_S = 10
POLL_S = 0.1
EXPOSURE_MAX = 20   # systemd-analyze counts in tenths
RULE = "[rule spam]\nnumber = +4990*\naction = reject\n"

build = None        # the folder
package = None      # the file


def setUpModule():
    global build, package

    if os.geteuid():
        raise AssertionError("the package's test needs root")
    need(TOOLS)
    if "RINGFENCE_PACKAGE" in os.environ:
        build = pathlib.Path(os.environ["RINGFENCE_PACKAGE"]).resolve()
        build.mkdir(parents=True, exist_ok=True)
    else:
        folder = tempfile.TemporaryDirectory(prefix="ringfence-package-")
        unittest.addModuleCleanup(folder.cleanup)
        build = pathlib.Path(folder.name)
    package = build_package(build)


def need(tools):
    missing = sorted({name for tool, name in tools.items()
                      if not shutil.which(tool)})
    if missing:
        raise AssertionError("please install: apt-get install "
                             + " ".join(missing))


def sources():
    """The tree's files, without what git ignores."""
    listed = run("git", "-c", f"safe.directory={ROOT}", "-C", ROOT,
                 "ls-files", "-co", "--exclude-standard", check=False)
    if listed.returncode == 0:
        return listed.stdout.splitlines()
    return [str(p.relative_to(ROOT)) for p in ROOT.rglob("*")
            if p.is_file() and not {".deps", "build"}
            & set(p.relative_to(ROOT).parts[:1])]


def build_package(folder, *more):
    """Build a copy of the tree, which stays as it is; gives the .deb."""
    tree = folder / "ringfence"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    for old in folder.glob("ringfence*_*"):
        old.unlink()
    for name in sources():
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    # libre, librem and baresip are built once for a tree
    (ROOT / ".deps").mkdir(exist_ok=True)
    (tree / ".deps").symlink_to(ROOT / ".deps")
    run("dpkg-buildpackage", "-b", "-us", "-uc", *more, cwd=tree,
        timeout=BUILD_S)
    return next(folder.glob("ringfence_*.deb"))


@functools.cache
def foreign_package(arch):
    """The package of another architecture, in a folder of its own."""
    return build_package(build / arch, f"-a{arch}")


def lintian(folder):
    """What it says against the package that was built there, or ""."""
    changes = next(folder.glob("ringfence_*.changes"))
    found = run("lintian", "--allow-root", "--fail-on", "error,warning",
                changes, check=False)
    return found.stdout if found.returncode else ""


def table(text, head):
    """The rows of a table of Markdown, without its first two lines."""
    return text.split(head)[1].split("\n\n")[0].splitlines()[2:]


def temporary(test):
    """A folder for roots, gone after the test's class."""
    folder = tempfile.TemporaryDirectory(prefix="ringfence-root-")
    test.addClassCleanup(folder.cleanup)
    return pathlib.Path(folder.name)


class Built(unittest.TestCase):
    """What can be said of the package as a file."""

    def test_lintian_finds_no_error_and_no_warning(self):
        self.assertEqual(lintian(build), "")

    def test_what_is_installed_is_this_and_no_more(self):
        names = {re.sub(r".* \./", "/", line.split(" -> ")[0])
                 for line in run("dpkg-deb", "-c", package)
                 .stdout.splitlines() if not line.endswith("/")}
        documents = {n for n in names if n.startswith("/usr/share/doc/")}
        self.assertEqual({re.sub(r"^/usr/lib/(systemd|udev)", r"/lib/\1", n)
                          for n in names - documents}, {
            "/etc/ringfence/phone.ini",
            "/lib/systemd/system/ringfence.service",
            "/lib/udev/rules.d/60-ringfence.rules",
            "/usr/bin/ringfence",
            "/usr/lib/sysusers.d/ringfence.conf",
            "/usr/share/man/man1/ringfence.1.gz",
            "/usr/share/man/man5/phone.ini.5.gz",
            "/usr/share/man/man5/ringfence.ini.5.gz",
            "/usr/share/ringfence/glyphs.bin"})
        self.assertIn("/usr/share/doc/ringfence/copyright", documents)

    def test_the_manual_pages_have_no_mistakes(self):
        pages = sorted((ROOT / "docs/man").iterdir())
        self.assertEqual([p.name for p in pages],
                         ["ringfence.1", "ringfence.ini.5"])
        for page in pages:
            with self.subTest(page.name):
                lint = run("mandoc", "-T", "lint", "-W", "warning", page,
                           check=False)
                self.assertEqual((lint.returncode, lint.stdout), (0, ""))
                shown = run("man", "--warnings", "-E", "UTF-8", "-l", "-T",
                            "utf8", "-Z", page, env=dict(
                                os.environ, MANROFFSEQ="", MANWIDTH="80",
                                LC_ALL="C.UTF-8"))
                self.assertNotIn("warning", shown.stdout)

    def test_every_key_of_the_settings_is_in_the_manual(self):
        interface = (ROOT / "docs/interface.md").read_text()
        page = (ROOT / "docs/man/ringfence.ini.5").read_text()
        told = {part.split("\n")[0].removeprefix("Section "): part
                for part in re.split(r"(?m)^\.S[sh] ", page)}
        rows = [row.split(" | ", 2)[:2] for row in
                table(interface, "| section | key |")]
        rows += [["board", row.split(" | ")[0]] for row in
                 table(interface.split("## `[board]`")[1], "| key | value |")]
        section, keys = None, 0
        for first, second in rows:
            section = first.strip("| `[]") or section
            for key in re.findall(r"`([a-z0-9_.]+?)(?:NAME)?`", second):
                keys += 1
                with self.subTest(section=section, key=key):
                    self.assertRegex(told.get(section, ""),
                                     rf"(?m)^\.It Cm (.* )?{key}( |$)")
        self.assertGreaterEqual(keys, 30)


class OnRelease:
    """Installed where no service runs: in a root that is only unpacked."""

    release = None
    arch = ""       # this machine's

    @classmethod
    def setUpClass(cls):
        cls.root = Root(cls.release, temporary(cls) / cls.release, cls.arch)
        cls.root.put(cls.package())
        cls.before = cls.traces()
        cls.root.install()

    @classmethod
    def package(cls):
        return package

    @classmethod
    def traces(cls):
        """Whatever has the package's name: files, and lines of accounts."""
        path = cls.root.path
        found = {str(p.relative_to(path)) for p in path.rglob("*ringfence*")
                 if p.relative_to(path).parts[:1] != ("proc",)}
        for name in ("passwd", "group", "shadow", "gshadow"):
            file = path / "etc" / name
            lines = file.read_text().splitlines() if file.exists() else []
            found |= {f"etc/{name}: {line}" for line in lines
                      if "ringfence" in line}
        return found

    def test_1_the_program_starts_with_the_releases_libraries(self):
        said = self.root.do("ringfence", "--version").stdout
        version = run("dpkg-deb", "-f", self.package(),
                      "Version").stdout.strip()
        self.assertEqual(said, f"ringfence {version}\n")

    def test_2_the_settings_are_sound_as_shipped(self):
        said = self.root.do("ringfence", "check", "-c",
                            "/etc/ringfence/phone.ini").stdout
        self.assertEqual(said, "")

    def test_3_the_settings_are_a_conffile(self):
        said = self.root.do("dpkg-query", "-W", "-f", "${Conffiles}",
                            "ringfence").stdout
        self.assertIn("/etc/ringfence/phone.ini ", said)

    def test_4_the_units_exposure_is_low(self):
        said = self.root.do("systemd-analyze", "security", "--offline=true",
                            f"--threshold={EXPOSURE_MAX}", "--no-pager",
                            "ringfence.service", check=False)
        self.assertRegex(said.stdout, "Overall exposure level")
        self.assertEqual(said.returncode, 0, said.stdout)

    def test_5_the_unit_has_no_mistakes(self):
        said = self.root.do("systemd-analyze", "verify", "--man=no",
                            "ringfence.service", check=False).stdout
        self.assertNotIn("ringfence", said)

    def test_6_a_purge_leaves_nothing(self):
        passwd = self.root.path / "etc/passwd"
        self.assertIn("ringfence", passwd.read_text())
        (self.root.path / "etc/ringfence/password").write_text("secret\n")
        (self.root.path / "var/lib/ringfence").mkdir()
        self.root.purge()
        left = {trace for trace in self.traces() - self.before
                if not trace.startswith("var/log/")}
        self.assertEqual(left, set())


class AsService:
    """Installed where systemd runs."""

    release = None

    @classmethod
    def setUpClass(cls):
        cls.machine = Machine(cls.release, temporary(cls) / cls.release)
        cls.machine.put(package)
        cls.addClassCleanup(cls.machine.end)
        cls.machine.boot()
        cls.machine.beside("ip", "link", "set", "lo", "up")
        cls.machine.install()

    def setUp(self):
        self.do = self.machine.do
        self.addTypeEqualityFunc(str, self.assertMultiLineEqual)

    def property(self, name):
        return self.do("systemctl", "show", "--value", "-p", name,
                       "ringfence").stdout.strip()

    def show(self):
        return json.loads(self.do("ringfence", "ctl", "-s", SOCKET,
                                  "show").stdout)

    def call(self, number):
        """Call it; gives the status lines that came back."""
        said = self.machine.beside(sys.executable, "-B", HERE / "call.py",
                                   number)
        return said.stdout.splitlines()

    def configure(self, change):
        file = self.machine.path / "etc/ringfence/phone.ini"
        file.write_text(change(file.read_text()))
        self.do("systemctl", "restart", "ringfence")

    def assert_up(self):
        self.assertEqual(self.property("ActiveState"), "active",
                         self.machine.journal())

    def assert_comes_back(self, signal):
        """Another process is ready within the time, by itself."""
        before = self.property("MainPID")
        started = time.monotonic()
        self.do("systemctl", "kill", "-s", signal, "ringfence")
        while time.monotonic() - started < BACK_S:
            if self.property("MainPID") not in (before, "0") and \
                    self.property("ActiveState") == "active":
                break
            time.sleep(POLL_S)
        else:
            self.fail(f"not back within {BACK_S} s after {signal}:\n"
                      + self.machine.journal())
        self.assertEqual(self.show()["state"], "idle")

    def test_01_it_runs_after_the_installation(self):
        self.assert_up()
        self.assertEqual(self.property("UnitFileState"), "enabled")
        self.assertEqual(self.show()["state"], "idle")

    def test_02_as_a_user_of_its_own_without_any_right(self):
        pid = self.property("MainPID")
        status = self.do("cat", f"/proc/{pid}/status").stdout
        fields = dict(re.findall(r"^(\w+):\s*(.*)$", status, re.MULTILINE))
        uid = self.do("id", "-u", "ringfence").stdout.strip()
        self.assertEqual(set(fields["Uid"].split()), {uid})
        for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb"):
            self.assertEqual(int(fields[name], 16), 0, name)
        self.assertEqual(fields["NoNewPrivs"], "1")
        self.assertEqual(fields["Seccomp"], "2")

    def test_03_as_shipped_a_call_rings(self):
        self.assertEqual(self.call("+4930123")[-2:],
                         ["SIP/2.0 180 Ringing",
                          "SIP/2.0 487 Request Terminated"])

    def test_04_a_rule_declines(self):
        self.configure(lambda text: text + RULE)
        said = self.call("+49901234")
        self.assertEqual(said[-1], "SIP/2.0 603 Decline")
        self.assertNotIn("SIP/2.0 180 Ringing", said)

    def test_05_it_reads_a_password_that_only_root_can(self):
        secret = self.machine.path / "etc/ringfence/password"
        secret.write_text("secret\n")
        secret.chmod(0o600)
        self.configure(lambda text: text.replace("#password_file",
                                                 "password_file"))
        self.assert_up()
        credentials = "/run/credentials/ringfence.service/password"
        self.assertEqual(self.do("cat", credentials).stdout, "secret\n")
        said = self.do("setpriv", "--reuid=ringfence", "--regid=ringfence",
                       "--clear-groups", "cat", "/etc/ringfence/password",
                       check=False)
        self.assertNotEqual(said.returncode, 0)
        self.assertIn("Permission denied", said.stdout)

    def test_06_it_may_open_its_devices_and_no_other(self):
        # There is no hardware behind these; a device that may be opened says
        # that, one that may not says so. The phone's unit runs the probe.
        for name, numbers in (("input/event8", "13 98"),
                              ("input/event9", "13 99"), ("mem", "1 1")):
            self.do("mkdir", "-p", "/dev/input")
            self.do("mknod", f"/dev/{name}", "c", *numbers.split())
        self.do("chmod", "600", "/dev/input/event8", "/dev/input/event9")
        self.do("chmod", "666", "/dev/mem")
        self.do("setfacl", "-m", "g:ringfence:r", "/dev/input/event9")
        unit = self.do("systemctl", "cat", "ringfence").stdout
        unit = re.sub(r"(?m)^(WatchdogSec|Restart|RestartSec)=.*$", "", unit)
        unit = unit.replace("Type=notify", "Type=oneshot")
        unit = re.sub(r"(?m)^ExecStart=.*$", "ExecStart=-/usr/bin/head -c1 "
                      "/dev/input/event8 /dev/input/event9 /dev/mem\n"
                      "ExecStart=/bin/grep /sys /proc/self/mountinfo",
                      unit)
        (self.machine.path / "etc/systemd/system/probe.service").write_text(
            unit)
        self.addCleanup(self.do, "rm", "/etc/systemd/system/probe.service")
        self.do("systemctl", "daemon-reload")
        # A real machine's /sys is writable, this one's not until now
        self.do("mount", "-o", "remount,rw", "/sys")
        self.addCleanup(self.do, "mount", "-o", "remount,ro", "/sys")
        self.do("systemctl", "start", "probe")
        said = self.do("journalctl", "-b", "-o", "cat", "-u", "probe").stdout
        for name, what in (("input/event8", "Permission denied"),
                           ("input/event9", "No such device"),
                           ("mem", "Operation not permitted")):
            self.assertRegex(said, f"/dev/{name}'.*: {what}")
        # At the devices below /sys the files' own rights decide
        self.assertRegex(said, r"(?m) /proc/sys ro[, ]")
        self.assertRegex(said, r"(?m) /sys/devices rw[, ]")

    def test_07_it_is_back_after_a_crash(self):
        self.assert_comes_back("KILL")

    def test_08_it_is_back_after_it_hung(self):
        self.assert_comes_back("STOP")
        self.assertIn("watchdog", self.machine.journal())

    def test_09_while_it_lives_the_watchdog_leaves_it_alone(self):
        before = self.property("MainPID")
        patience = int(re.search(r"(?m)^WatchdogSec=(\d+)$", self.do(
            "systemctl", "cat", "ringfence").stdout).group(1))
        time.sleep(patience * 1.5)
        self.assertEqual(self.property("MainPID"), before)
        self.assert_up()

    def test_09_what_is_changed_counts_after_a_reload(self):
        pid = self.property("MainPID")
        file = self.machine.path / "etc/ringfence/phone.ini"
        text = file.read_text()
        self.addCleanup(file.write_text, text)
        file.write_text(text + "[rule reloaded]\nnumber = 302\n"
                               "action = reject\n")
        self.do("systemctl", "reload", "ringfence")
        self.assertEqual(self.call("302")[-1], "SIP/2.0 603 Decline")
        file.write_text(text + "[rule broken]\n")
        done = self.do("systemctl", "reload", "ringfence", check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("phone.ini:", self.show()["config_error"])
        self.assertEqual(self.call("302")[-1], "SIP/2.0 603 Decline")
        self.assertEqual(self.property("MainPID"), pid)

    def test_09_what_was_blocked_is_blocked_after_a_restart(self):
        self.do("ringfence", "ctl", "-s", SOCKET, "block", "301")
        self.do("systemctl", "restart", "ringfence")
        self.assertEqual(self.call("301")[-1], "SIP/2.0 603 Decline")

    def test_10_it_stops_in_order(self):
        self.do("systemctl", "stop", "ringfence")
        self.assertEqual(self.property("Result"), "success")
        self.assertFalse((self.machine.path / SOCKET[1:]).exists())
        said = self.do("ls", SOCKET, check=False)
        self.assertNotEqual(said.returncode, 0)

    def test_11_a_purge_ends_it_and_leaves_nothing(self):
        self.do("systemctl", "start", "ringfence")
        self.assert_up()
        self.machine.purge()
        self.assertEqual(self.property("LoadState"), "not-found")
        said = self.do("find", "/etc", "/run", "/usr", "/var/lib", "/tmp",
                       "-xdev", "-path", "/run/systemd/units", "-prune",
                       "-o", "-name", "*ringfence*", "-print").stdout
        self.assertEqual(said, "")
        self.assertNotEqual(self.do("id", "ringfence",
                                    check=False).returncode, 0)


class OnBookworm(OnRelease, unittest.TestCase):
    release = "bookworm"


class OnTrixie(OnRelease, unittest.TestCase):
    release = "trixie"

    def test_5_the_devices_rules_have_no_mistakes(self):
        # bookworm's udevadm can't tell
        self.root.do("udevadm", "verify",
                     "/usr/lib/udev/rules.d/60-ringfence.rules")


class OnForeign(OnRelease):
    """The package of another architecture, in a root of it, where QEMU runs
    the programs one by one. No services: systemd can't be run so."""

    arch = CROSS_ARCH

    @classmethod
    def setUpClass(cls):
        if native() == cls.arch:
            raise unittest.SkipTest(f"this machine is {cls.arch}")
        need(CROSS_TOOLS)
        try:
            cls.enterClassContext(Emulation(cls.arch))
        except NotHere as error:
            raise unittest.SkipTest(str(error))
        super().setUpClass()

    @classmethod
    def package(cls):
        return foreign_package(cls.arch)

    def test_0_lintian_finds_no_error_and_no_warning(self):
        self.package()
        self.assertEqual(lintian(build / self.arch), "")

    def test_1_the_program_is_of_that_architecture(self):
        said = self.root.do("dpkg-query", "-W", "-f", "${Architecture}",
                            "ringfence").stdout
        self.assertEqual(said, self.arch)
        machine = (self.root.path / "usr/bin/ringfence").read_bytes()[18]
        self.assertEqual(machine, 0xB7)     # AArch64, as ELF has it

    def test_5_the_phone_runs_with_the_settings_as_shipped(self):
        (self.root.path / "run/ringfence").mkdir()
        phone = subprocess.Popen(
            # A network of its own: 127.0.0.1:5060 may be somebody's here
            ["unshare", "--net", "sh", "-c", "ip link set lo up && "
             'exec chroot "$1" ringfence -c /etc/ringfence/phone.ini',
             "sh", self.root.path], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(phone.stdout.close)
        self.addCleanup(phone.wait)
        self.addCleanup(phone.kill)
        deadline = time.monotonic() + READY_S
        while not (self.root.path / SOCKET[1:]).exists():
            self.assertIsNone(phone.poll())
            self.assertLess(time.monotonic(), deadline, "it is not ready")
            time.sleep(POLL_S)
        said = self.root.do("ringfence", "ctl", "-s", SOCKET, "show").stdout
        self.assertEqual(json.loads(said)["state"], "idle")
        phone.terminate()
        said, _ = phone.communicate(timeout=END_S)
        self.assertEqual(phone.returncode, 0, said)
        self.assertRegex(said, "(?m)^ringfence: ready")
        (self.root.path / "run/ringfence").rmdir()


class Arm64OnBookworm(OnForeign, unittest.TestCase):
    release = "bookworm"


class Arm64OnTrixie(OnForeign, unittest.TestCase):
    release = "trixie"


class ServiceOnBookworm(AsService, unittest.TestCase):
    release = "bookworm"


class ServiceOnTrixie(AsService, unittest.TestCase):
    release = "trixie"


if __name__ == "__main__":
    unittest.main(verbosity=2)
