"""QEMU's board virt as a desk phone, arm64: no hardware has this shape, but
each part of it is run by the kernel driver that real ones have.

    keys     gpio-keys on a PL061, edges by interrupt; a virtio keyboard
    lamps    gpio-leds on the same PL061
    screen   virtio-gpu, 480x272
    sound    USB audio into a WAV file; a loopback card as the microphone
"""

import subprocess

import image
from qemu import COMMAND_S, Machine

PL061 = "/pl061@9030000"
PL061_DATA = 0x9030000 + (0xFF << 2)    # the mask is in the address
KEYS = {"reject": 0, "answer": 1, "hook": 2}
LAMPS = {("message", "red"): 3, ("ring", "white"): 4, ("line1", "green"): 5,
         ("line1", "amber"): 6, ("line1", "red"): 7}
WIDTH, HEIGHT = 480, 272

# What is typed on the keyboard, by QEMU's names
KEYPAD = {str(digit): str(digit) for digit in range(10)} | {"send": "ret"}

# Half of it is the kernel's (gpio-keys, gpio-leds with their timer), half is
# the phone's own, on GPIO lines by their names
RAW_LAMPS = {("line1", "green")}
BOARD = """\
[board]
key.answer = gpio-line:key-answer active-high pull-none
key.hook = gpio-line:key-hook active-high pull-none
lamp.line1 = green gpio-line:lamp-line1-green, led:line1
"""

OVERLAY = """\
/dts-v1/;
/plugin/;
&{/} {
	phone-keys {
		compatible = "gpio-keys";
		label = "phone-keys";
		reject {
			label = "reject";
			linux,code = <446>; /* KEY_HANGUP_PHONE */
			gpios = <${%(pl061)s} %(reject)d 0>;
			debounce-interval = <5>;
		};
	};
	phone-leds {
		compatible = "gpio-leds";
%(leds)s	};
};
&{%(pl061)s} {
	gpio-line-names = %(names)s;
};
"""

LED = """\
		lamp-%(pin)d {
			label = "phone:%(colour)s:%(lamp)s";
			gpios = <${%(pl061)s} %(pin)d 0>;
		};
"""


def overlay():
    names = {pin: f"key-{name}" for name, pin in KEYS.items()}
    names |= {pin: f"lamp-{lamp}-{colour}"
              for (lamp, colour), pin in LAMPS.items()}
    leds = "".join(LED % {"pin": pin, "colour": colour, "lamp": lamp,
                          "pl061": PL061}
                   for (lamp, colour), pin in LAMPS.items()
                   if (lamp, colour) not in RAW_LAMPS)
    return OVERLAY % {
        "pl061": PL061, "leds": leds, "reject": KEYS["reject"],
        "names": ", ".join(f'"{names[n]}"' for n in sorted(names))}


def tree(station, _kernel, out):
    """QEMU's own tree for these arguments, with the phone's front merged.

    The board's power key goes: its line is a lamp's.
    """
    base = station.folder / "virt.dtb"
    words = station.arguments()
    at = words.index("-M") + 1
    words[at] += f",dumpdtb={base}"
    subprocess.run([station.machine.program, *words, "-nodefaults",
                    "-display", "none"], check=True, capture_output=True,
                   stdin=subprocess.DEVNULL, timeout=COMMAND_S)
    image.merge_tree(base, overlay(), out, remove=["/gpio-keys"])


class Front:
    """The phone's front, as a hand and an eye have it."""

    KEYS = tuple(KEYS)
    RINGS = ("ring", "white")

    def __init__(self, qemu):
        self.qemu = qemu
        self._pl061 = self.qemu.device("pl061")

    def key(self, name, down):
        self.qemu.qtest.set_pin(self._pl061, KEYS[name], down)

    def lit(self):
        """The lamps that are lit at this moment."""
        pins = self.qemu.qtest.byte(PL061_DATA)
        return {lamp for lamp, pin in LAMPS.items() if pins >> pin & 1}


VIRT = Machine(
    name="virt",
    program="qemu-system-aarch64",
    arguments=(
        "-M", "virt", "-cpu", "cortex-a53", "-m", "512",
        "-netdev", "user,id=net,ipv6=off,hostfwd=udp:{sip}-:5060",
        "-device", "virtio-net-pci,netdev=net,romfile=",
        "-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}",
        "-device", "virtio-keyboard-pci",
        "-audiodev", "wav,id=sound,path={folder}/heard.wav",
        "-device", "qemu-xhci", "-device", "usb-audio,audiodev=sound"),
    kernel="linux-image-arm64",
    arch="arm64",
    triplet="aarch64-linux-gnu",
    loader="/lib/ld-linux-aarch64.so.1",
    console="ttyAMA0",
    modules=("virtio_pci", "virtio_net", "gpio_keys", "leds_gpio",
             "ledtrig_timer", "evdev", "virtio_input", "virtio_gpu",
             "xhci_pci", "snd_usb_audio", "snd_aloop", "usbhid",
             "hid_generic"),
    devices=("/dev/dri/card0", "/dev/input/event1", "/proc/asound/card1",
             "/sys/class/net/eth0"),
    build="arm64",
    setup=("ip addr add 10.0.2.15/24 dev eth0\n"
           "ip link set eth0 up\n"
           "ip route add default via 10.0.2.2\n"),
    tree=tree,
    front=Front,
)
