"""The control socket and the program around it."""

import os
import pathlib
import signal
import stat
import subprocess
import time

from support import IncomingCall, Phone, WireTest, unittest

from phone.control import Control
from phone.phone import configuration, program

COLOURS = {"off", "white", "red", "green", "amber"}
LAMPS = {"ring", "message", "dnd", "mute",
         *(f"line{n}" for n in range(1, 9))}
LINE_MAX = 1024
RUN_S = 20


def run(*words):
    return subprocess.run([str(program()), *map(str, words)],
                          capture_output=True, encoding="utf-8",
                          timeout=RUN_S, stdin=subprocess.DEVNULL)


class Socket(WireTest):
    def connect(self):
        return self.enterContext(Control(self.phone.socket))

    def test_only_its_owner_may_use_it(self):
        mode = os.stat(self.phone.socket).st_mode
        self.assertTrue(stat.S_ISSOCK(mode))
        self.assertEqual(stat.S_IMODE(mode), 0o600)

    def test_show_has_every_field(self):
        show = self.phone.show()
        self.assertEqual(show["state"], "idle")
        self.assertEqual(len(show["lines"]), 4)
        self.assertEqual(show["softkeys"],
                         ["calls", "missed", "dnd", "info"])
        self.assertEqual(set(show["leds"]), LAMPS)
        for pattern in show["leds"].values():
            self.assertEqual(set(pattern), {"colour", "on_ms", "off_ms"})
            self.assertIn(pattern["colour"], COLOURS)
        self.assertEqual(show["tone"], "none")
        self.assertEqual({a.split(":")[0] for a in show["sip"]},
                         {"udp", "tcp"})
        self.assertEqual((show["dnd"], show["muted"], show["missed"]),
                         (False, False, 0))
        self.assertIn("audio", show)
        self.assertIsNone(show["media"])
        self.assertIn("Front desk", " ".join(show["lines"]))

    def test_a_command_that_it_does_not_know_is_told(self):
        client = self.connect()
        for line in "fly", "", "   ", "show me", "tap", "tap nokey", \
                "tap reject x", "tap reject 10001", "press", \
                "clock noon", "clock 2026-13-40T00:00:00Z", "dial", \
                "screenshot", "SHOW", "show\x00x":
            with self.subTest(line):
                answer = client.ask(line)
                self.assertIs(answer["ok"], False)
                self.assertTrue(answer["error"])
        self.assertTrue(client.do("show"))

    def test_bytes_that_are_no_text_are_told(self):
        client = self.connect()
        client.send(b"\xff\xfe %s%n%H \x1b[2J")
        self.assertIs(client.read()["ok"], False)
        self.assertTrue(client.do("show"))

    def test_a_long_line_is_refused_and_nobody_else_is_hurt(self):
        client = self.connect()
        client.send("dial " + "1" * LINE_MAX)
        try:
            self.assertIs(client.read()["ok"], False)
        except (EOFError, ConnectionResetError):
            pass
        flood = self.connect()
        try:
            for _ in range(64):
                flood.socket.sendall(b"x" * 65536)
        except OSError:
            pass
        self.assertEqual(self.phone.state, "idle")
        self.assertEqual(self.phone.calls(), [])

    def test_a_line_may_come_in_pieces_and_lines_may_come_together(self):
        client = self.connect()
        for byte in b"sho":
            client.socket.sendall(bytes([byte]))
            time.sleep(0.005)
        client.socket.sendall(b"w\nhistory\nshow\n")
        self.assertIn("state", client.read())
        self.assertIn("calls", client.read())
        self.assertIn("state", client.read())

    def test_two_clients_get_their_own_answers(self):
        one, two = self.connect(), self.connect()
        one.send("show")
        two.send("history")
        self.assertIn("calls", two.read())
        self.assertIn("state", one.read())
        one.close()
        self.assertTrue(two.do("show"))

    def test_a_client_that_goes_away_takes_nothing_with_it(self):
        for _ in range(50):
            client = Control(self.phone.socket)
            client.send("watch")
            client.close()
        self.assertEqual(self.phone.state, "idle")
        self.assert_rings()

    def test_watch_tells_now_and_each_change(self):
        client = self.connect()
        client.send("watch")
        self.assertEqual(client.read()["state"], "idle")
        call = self.call()
        show = client.read_until(lambda s: s["state"] == "incoming")
        self.assertEqual(show["tone"], "ring")
        call.cancel()
        call.final()
        show = client.read_until(lambda s: s["missed"] == 1)
        self.assertNotEqual(show["state"], "incoming")

    def test_a_watcher_that_does_not_read_holds_nobody_up(self):
        client = self.connect()
        client.send("watch")
        for _ in range(200):
            self.phone.do("tap", "dnd", 11)
        self.assertEqual(self.phone.state, "idle")
        self.assert_alive()

    def test_a_screenshot_is_a_picture_of_the_screen(self):
        path = self.phone.folder / "idle.pbm"
        self.phone.do("screenshot", path)
        data = path.read_bytes()
        head, size, bits = data.split(b"\n", 2)
        self.assertEqual((head, size), (b"P4", b"128 64"))
        self.assertEqual(len(bits), 128 * 64 // 8)
        self.assertTrue(any(bits))
        answer = self.phone.control.ask("screenshot", "/nosuch/x.pbm")
        self.assertIs(answer["ok"], False)


class Program(WireTest):
    def ctl(self, *words):
        return run("ctl", "-s", self.phone.socket, *words)

    def test_ctl_prints_the_answer_and_exits_by_it(self):
        done = self.ctl("show")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count("\n"), 1)
        self.assertIn('"state"', done.stdout)
        self.assertEqual(self.ctl("fly").returncode, 1)
        nobody = run("ctl", "-s", self.phone.folder / "nobody", "show")
        self.assertEqual(nobody.returncode, 2)

    def test_sigterm_ends_it_in_order(self):
        self.phone.end(signal.SIGTERM)
        self.assertEqual(self.phone.exit_code, 0)
        self.assertFalse(pathlib.Path(self.phone.socket).exists())

    def test_sigint_ends_it_in_order_in_a_call(self):
        call = self.ring()
        self.phone.tap("answer")
        call.final()
        self.phone.wait_state("talking")
        self.phone.end(signal.SIGINT)
        self.assertEqual(self.phone.exit_code, 0)
        call.wait_bye(answer=False)

    def test_quit_while_it_rings_ends_in_order(self):
        call = self.ring()
        self.phone.end()
        self.assertEqual(self.phone.exit_code, 0)
        self.assertGreaterEqual(call.final().status, 400)

    def test_quit_while_our_call_is_under_way_ends_in_order(self):
        for status in None, 100, 180:
            with self.subTest(status):
                start = self.peer.mark()
                self.phone.dial(self.peer.uri("anna"))
                call = IncomingCall.wait(self.peer, start=start)
                if status:
                    call.reply(status)
                    time.sleep(0.1)
                self.phone.end()
                self.assertEqual(self.phone.exit_code, 0)
                self.phone = self.enterContext(Phone())

    def test_quit_right_behind_a_refusal_ends_in_order(self):
        call = self.ring()
        self.phone.tap("reject")
        call.final(ack=False)
        self.phone.end()
        self.assertEqual(self.phone.exit_code, 0)

    def test_a_second_phone_on_the_same_address_says_so(self):
        host, port = self.phone.address
        second = self.phone.folder / "second"
        second.mkdir()
        file = second / "phone.conf"
        file.write_text(configuration(second, listen=f"{host}:{port}"))
        done = run("-c", file)
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.strip())
        self.assert_alive()

    def test_check_tells_all_errors_with_their_place(self):
        file = self.phone.folder / "wrong.conf"
        file.write_text("[phone]\nring_timeout_s = 0\n[sip]\n"
                        "listen = nowhere\n[account a]\nuri = http:x\n"
                        "[bogus]\nx = 1\n")
        for words in ("check", "-c", file), ("-c", file):
            done = run(*words)
            self.assertEqual(done.returncode, 1)
            for line in 2, 4, 6, 7:
                self.assertRegex(done.stderr,
                                 rf"(?m)^{file}:{line}:\d+: error: \S")
        sound = run("check", "-c", self.phone.file)
        self.assertEqual(sound.returncode, 0, sound.stderr)

    def test_version_and_help(self):
        for word in "--version", "--help":
            done = run(word)
            self.assertEqual(done.returncode, 0)
            self.assertTrue(done.stdout.strip())


if __name__ == "__main__":
    unittest.main()
