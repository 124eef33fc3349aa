"""Ring, handset and speaker: who is heard where, and what a device that is
not there costs.

Each device is the plugin of card/card.c: it keeps a card's time, is for one
at a time, writes what it plays to a file and records a tone of its own.
"""

import array
import os
import pathlib
import sys
import tempfile
import time
from unittest import mock

from support import IncomingCall, WireTest, unittest

from boards import sound
from peer import rtp
from peer.rtp import RtpSocket
from phone.phone import ROOT

LIBRARY = pathlib.Path(os.environ.get(
    "CARD", ROOT / "build" / "host" / "tests" / "sip" / "libcard.so"))

MICROPHONE = {"handset": 600, "speaker": 1000, "ring": 1500}
RING = (523, 659)       # by turns, so that one is heard half of the time
RINGBACK = BUSY = 425
FAR = 700               # what the far end sends
HEARD_S = 0.3           # in all, to count as heard
SETTLE_S = 0.1
RUN_S = 1.0
PERIOD_S = rtp.PACKET_MS / 1000
THREE = "handset = handset\nspeaker = speaker\nring = ring\n"


class Devices(WireTest):
    AUDIO = THREE

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(
            tempfile.TemporaryDirectory(prefix="ringfence-cards-")))
        conf = self.folder / "asound.conf"
        conf.write_text(f'pcm_type.card {{ lib "{LIBRARY}" }}\n' + "".join(
            f'pcm.{name} {{ type card name "{name}" '
            f'folder "{self.folder}" hz {hz} }}\n'
            for name, hz in MICROPHONE.items()))
        self.enterContext(mock.patch.dict(
            os.environ, ALSA_CONFIG_PATH=str(conf)))
        self.SETTINGS = dict(self.SETTINGS, audio=self.AUDIO)
        super().setUp()
        self.rtp = self.enterContext(RtpSocket())

    # What the cards say

    def log(self):
        """What was opened and closed, in order: "handset play open"."""
        file = self.folder / "log"
        return file.read_text().splitlines() if file.exists() else []

    def opened(self):
        return [line for line in self.log() if not line.endswith("close")]

    def played(self, name):
        file = self.folder / f"{name}.heard"
        samples = array.array("h")
        if file.exists():
            raw = file.read_bytes()
            samples.frombytes(raw[:len(raw) // 2 * 2])
            if sys.byteorder == "big":
                samples.byteswap()
        return samples

    def open_now(self):
        return {f"{file.stem} {file.suffix[1:]}"
                for suffix in ("play", "record")
                for file in self.folder.glob(f"*.{suffix}")}

    def unplug(self, name):
        (self.folder / f"{name}.gone").touch()

    def plug(self, name):
        (self.folder / f"{name}.gone").unlink()

    # What is heard

    def wait(self, predicate, what, timeout=3.0):
        deadline = time.monotonic() + timeout
        while not predicate():
            self.assertLess(time.monotonic(), deadline,
                            f"{what}; {self.log()}\n{self.phone.stderr}")
            time.sleep(PERIOD_S)

    def assert_played(self, name, *hz, start=0):
        """The device plays it, from that sample on."""
        for each in hz:
            self.wait(lambda each=each: sound.heard_s(
                self.played(name)[start:], rtp.RATE, each) >= HEARD_S,
                f"{each} Hz on {name}")

    def far_hears(self, hz):
        """The far end is sent this tone from now on; 0 is silence."""
        start = len(self.rtp.packets)
        packets = int(RUN_S / 2 / PERIOD_S)
        heard = self.rtp.wait_packets(start + packets)[start:]
        samples = array.array("h")
        for packet in heard:
            samples += rtp.decode(packet.payload_type, packet.payload)
        if hz:
            self.assertGreaterEqual(
                sound.heard_s(samples, rtp.RATE, hz), HEARD_S)
        else:
            self.assertLess(max(map(abs, samples)), sound.LEVEL_MIN)

    def assert_talks(self, name, hz=FAR):
        """Both ways, on that device."""
        time.sleep(SETTLE_S)        # what is on its way in the buffers
        self.assert_played(name, hz, start=len(self.played(name)))
        self.far_hears(MICROPHONE[name])
        self.assertEqual(self.open_now(), {f"{name} play", f"{name} record"})

    def talk(self, key="answer"):
        """A call that talks, its far end sending a tone."""
        call = self.ring(rtp_port=self.rtp.port)
        if key == "hook":
            self.phone.do("press", "hook")
        else:
            self.phone.tap(key)
        call.final()
        self.rtp.start(call.media.codecs[0], call.media.address, FAR)
        self.phone.wait_state("talking")
        return call

    def path(self):
        return self.phone.show()["audio_path"]

    def said(self, *words):
        return [line for line in self.phone.said
                if all(word in line for word in words)]


class ThreeDevices(Devices):
    def test_it_rings_on_the_ring_device_alone(self):
        call = self.ring()
        self.assert_played("ring", *RING)
        call.cancel()
        self.phone.wait(lambda s: s["tone"] == "none")
        self.assertEqual(self.log(), ["ring play open", "ring play close"])

    def test_a_call_is_on_the_handset_and_goes_to_the_speaker_and_back(self):
        call = self.talk()
        for name in "handset", "speaker", "handset":
            with self.subTest(name):
                show = self.phone.show()
                self.assertEqual(show["audio_path"], name)
                self.assertEqual(show["audio"], name)
                self.assert_talks(name)
            self.phone.tap("speaker")
        self.assertEqual(call.bye().status, 200)
        self.phone.wait_state("idle")
        self.assertEqual(self.open_now(), set())
        self.assertEqual(self.path(), "handset")

    def test_no_packet_is_lost_by_the_move(self):
        self.talk()
        self.rtp.wait_packets(10)
        start = len(self.rtp.packets)
        begin = time.monotonic()
        for _ in range(4):
            self.phone.tap("speaker")
        self.rtp.wait_packets(start + 1)
        took = time.monotonic() - begin
        packets = self.rtp.packets[start:]
        numbers = [p.sequence for p in packets]
        self.assertEqual([(n - numbers[0]) & 0xFFFF for n in numbers],
                         list(range(len(numbers))))
        self.assertGreater(len(packets), took / PERIOD_S / 2)

    def test_the_key_that_answers_chooses(self):
        for key, name in [("answer", "handset"), ("speaker", "speaker"),
                          ("soft1", "handset"), ("hook", "handset")]:
            with self.subTest(key):
                start = len(self.log())
                call = self.talk(key)
                self.assertEqual(self.path(), name)
                self.assert_talks(name)
                self.assertEqual(call.bye().status, 200)
                self.phone.wait_state("idle")
                paths = {line.split()[0] for line in self.log()[start:]}
                self.assertEqual(paths, {"ring", name})
        self.phone.do("release", "hook")

    def test_the_handset_may_be_put_back_while_the_speaker_is_on(self):
        call = self.talk("hook")
        self.phone.tap("speaker")
        self.phone.do("release", "hook")
        time.sleep(SETTLE_S)
        self.assertEqual(self.phone.state, "talking")
        self.assert_talks("speaker")
        self.phone.do("press", "hook")
        self.phone.wait(lambda s: s["audio_path"] == "handset")
        self.assert_talks("handset")
        self.phone.do("release", "hook")
        call.wait_bye()
        self.phone.wait_state("idle")

    def test_a_held_call_comes_back_where_it_was(self):
        call = self.talk("speaker")
        self.phone.tap("soft1")
        call.answer_reinvite()
        self.phone.wait_state("held")
        self.phone.tap("soft1")
        call.answer_reinvite(start=self.peer.mark() - 1)
        self.phone.wait_state("talking")
        self.assert_talks("speaker")

    def test_tones_of_our_calls_are_heard_where_they_were_dialled(self):
        for key, name in ("hash", "handset"), ("speaker", "speaker"):
            with self.subTest(name):
                begin, start = len(self.log()), self.peer.mark()
                if name == "speaker":
                    self.phone.tap("speaker")
                self.phone.dial(self.peer.uri("anna"))
                call = IncomingCall.wait(self.peer, start=start)
                call.reply(180)
                self.assert_played(name, RINGBACK)
                self.phone.wait_state("ringback")
                call.refuse(486)
                self.phone.wait_state("result")
                place = len(self.played(name))
                self.assert_played(name, BUSY, start=place)
                self.phone.tap("back")
                self.phone.wait_state("idle")
                paths = {line.split()[0] for line in self.log()[begin:]}
                self.assertEqual(paths, {name})

    def test_a_tone_follows_the_person(self):
        self.phone.dial(self.peer.uri("anna"))
        call = IncomingCall.wait(self.peer)
        call.reply(180)
        self.assert_played("handset", RINGBACK)
        self.phone.tap("speaker")
        self.wait(lambda: self.open_now() == {"speaker play"}, "the speaker")
        call.refuse(486)
        self.assert_played("speaker", BUSY)
        self.phone.hangup()


class OneDevice(Devices):
    AUDIO = "device = handset\n"

    def test_the_speaker_key_opens_nothing_again(self):
        call = self.talk()
        self.phone.tap("speaker")
        self.assertEqual(self.path(), "speaker")
        self.assert_talks("handset")
        self.phone.tap("speaker")
        self.assertEqual(call.bye().status, 200)
        self.phone.wait_state("idle")
        # The ring, and then both ways, whichever comes first
        self.assertEqual(sorted(self.opened()), ["handset play open"] * 2
                         + ["handset record open"])

    def test_ring_tones_and_call_share_it_and_nobody_has_it_twice(self):
        self.phone.dial(self.peer.uri("anna"))
        call = IncomingCall.wait(self.peer, rtp_port=self.rtp.port)
        call.reply(180)
        self.assert_played("handset", RINGBACK)
        call.answer()
        self.rtp.start(call.codecs[0], call.offer.address, FAR)
        self.phone.wait_state("talking")
        self.assert_talks("handset")
        self.phone.hangup()
        self.ring().cancel()
        self.phone.wait(lambda s: s["state"] != "incoming")
        self.assertEqual([line for line in self.log() if "busy" in line], [])


class TwoNamesForOne(Devices):
    AUDIO = "device = ring\nspeaker = speaker\n"

    def test_what_is_not_given_is_the_device(self):
        self.talk()
        self.assert_talks("ring")
        self.phone.tap("speaker")
        self.assert_talks("speaker")


class NoSpeaker(Devices):
    AUDIO = "device = null\nhandset = handset\n"

    def test_a_call_moves_between_a_card_and_none(self):
        self.talk()
        self.assert_talks("handset")
        self.phone.tap("speaker")
        self.assertIsNone(self.phone.show()["audio"])
        time.sleep(SETTLE_S)
        self.far_hears(0)
        self.assertEqual(self.open_now(), set())
        self.phone.tap("speaker")
        self.assert_talks("handset")


class Silence(Devices):
    def cpu_s(self):
        """Processor time that the phone has used."""
        stat = pathlib.Path(f"/proc/{self.phone.process.pid}/stat")
        fields = stat.read_text().rsplit(")", 1)[1].split()
        ticks = int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def assert_silent_and_cheap(self, call):
        self.far_hears(0)
        before = self.cpu_s()
        start = len(self.rtp.packets)
        time.sleep(RUN_S)
        packets = len(self.rtp.packets) - start
        self.assertAlmostEqual(packets, RUN_S / PERIOD_S,
                               delta=RUN_S / PERIOD_S * 0.2)
        self.assertLess(self.cpu_s() - before, RUN_S * 0.3)
        self.assertEqual(self.phone.state, "talking")
        self.assertGreater(self.phone.show()["media"]["received"], 0)
        self.assertEqual(call.endpoint.received(
            lambda m: m.is_request and m.method == "BYE"), [])


class Gone(Silence):
    def test_a_device_that_is_not_there_costs_the_sound_not_the_call(self):
        self.unplug("handset")
        call = self.talk()
        self.assert_silent_and_cheap(call)
        self.assertEqual(len(self.said("handset does not play")), 1)
        self.assertEqual(len(self.said("handset does not record")), 1)
        self.assertEqual(self.said("ALSA"), [])
        self.phone.tap("speaker")
        self.assert_talks("speaker")

    def test_one_that_is_pulled_out_and_plugged_in_comes_back(self):
        call = self.talk()
        self.assert_talks("handset")
        self.unplug("handset")
        time.sleep(SETTLE_S)
        self.assert_silent_and_cheap(call)
        self.assertEqual(len(self.said("handset does not")), 2)
        self.plug("handset")
        self.wait(lambda: len(self.open_now()) == 2, "it is back")
        self.assert_talks("handset")
        self.assertEqual(len(self.said("handset is back")), 2)

    def test_one_that_somebody_else_has_is_not_waited_for(self):
        for way in "play", "record":
            (self.folder / f"handset.{way}").touch()
        call = self.talk()
        self.assert_silent_and_cheap(call)
        for way in "play", "record":
            (self.folder / f"handset.{way}").unlink()
        self.wait(lambda: len(self.open_now()) == 2, "it is free")
        self.assert_talks("handset")

    def test_without_the_ring_device_the_call_still_rings(self):
        self.unplug("ring")
        call = self.ring()
        self.wait(lambda: len(self.said("ring does not play")) == 1, "said")
        self.assertEqual(self.phone.show()["leds"]["ring"]["colour"],
                         "white")
        self.phone.tap("reject")
        self.assertEqual(call.final().status, 603)


class Unknown(Silence):
    AUDIO = "device = nowhere\n"

    def test_a_name_that_alsa_does_not_know_is_said_once(self):
        call = self.talk()
        self.assert_silent_and_cheap(call)
        self.assertEqual(len(self.said("nowhere does not record")), 1)
        self.assertEqual(self.said("ALSA"), [])


if __name__ == "__main__":
    unittest.main()
