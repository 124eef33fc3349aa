"""QEMU's Raspberry Pi 3 with buttons and lamps on its 40-pin header.

    keys     GPIO lines by their names; the model tells no edges: polled
    lamps    GPIO lines by their names
    screen   an OLED of 96x16 on I2C, if QEMU is 9 or newer: before, its
             board has no I2C controller
    network  USB

Or, as HANDSET, with a USB keypad and nothing on the header.
"""

import dataclasses
import functools
import re
import shutil

import image
from qemu import Machine

PROGRAM = "qemu-system-aarch64"
I2C_SINCE = 9

GPIO = 0x3F200000
GPIO_SET, GPIO_CLEAR, GPIO_LEVEL = GPIO + 0x1C, GPIO + 0x28, GPIO + 0x34
# As wired in boards/raspberrypi/README.md
KEYS = {"answer": 27, "reject": 17, "up": 22, "down": 5, "ok": 6}
LAMPS = {"ring": 23, "message": 24, "line1": 25}

BOARD = "[board]\n" + "".join(
    f"key.{name} = gpio-line:GPIO{pin} polled\n"
    for name, pin in KEYS.items())
BOARD_OLED = "display_size = 96x16\ndisplay_offset = 36\n"

# As boards/raspberrypi/README.md has it for a USB handset
HANDSET_KEYS = {"reject": "esc", "ok": "ret", "up": "up", "down": "down"}
BOARD_HANDSET = """\
[board]
input = QEMU QEMU USB Keyboard
input_grab = yes
key.reject = evdev:KEY_ESC
key.answer = evdev:KEY_F12
key.up = evdev:KEY_UP
key.down = evdev:KEY_DOWN
key.ok = evdev:KEY_ENTER
lamp.ring = none
lamp.message = none
lamp.line1 = none
display = none
"""


@functools.cache
def has_i2c():
    said = image.run(PROGRAM, "--version").decode()
    return int(re.search(r"version (\d+)", said).group(1)) >= I2C_SINCE


def tree(_station, kernel, out):
    """Debian's own; the serial line is the console's, not Bluetooth's."""
    shutil.copyfile(kernel.trees / "broadcom" / "bcm2837-rpi-3-b.dtb", out)
    image.run("fdtput", "-t", "s", out, "/soc/serial@7e201000/bluetooth",
              "status", "disabled")


class Front:
    """The model's level register answers for inputs too: a button pulls its
    line down."""

    KEYS = tuple(KEYS)
    RINGS = "ring"

    def __init__(self, qemu):
        self.qemu = qemu
        for name in KEYS:
            self.key(name, False)

    def key(self, name, down):
        self.qemu.qtest.write_word(GPIO_CLEAR if down else GPIO_SET,
                                   1 << KEYS[name])

    def lit(self):
        pins = self.qemu.qtest.word(GPIO_LEVEL)
        return {lamp for lamp, pin in LAMPS.items() if pins >> pin & 1}


# QEMU's version decides by its kind of address if it is usb0 or eth0
NETWORK = """\
until net=$(ls /sys/class/net | grep -v '^lo$'); do usleep 20000; done
ip addr add 10.0.2.15/24 dev $net
ip link set $net up
ip route add default via 10.0.2.2
"""

RASPI3B = Machine(
    name="raspi3b",
    program=PROGRAM,
    arguments=(
        "-M", "raspi3b",
        "-netdev", "user,id=net,ipv6=off,hostfwd=udp:{sip}-:5060",
        "-device", "usb-net,netdev=net"),
    kernel="linux-image-arm64",
    arch="arm64",
    triplet="aarch64-linux-gnu",
    loader="/lib/ld-linux-aarch64.so.1",
    console="ttyAMA0,115200",
    # Its four processors take turns: at once they are ten times as slow
    accelerator="tcg,thread=single",
    modules=("phy_generic", "dwc2", "cdc_ether", "rndis_host"),
    devices=("/dev/gpiochip0",),
    build="raspberrypi",
    setup=NETWORK,
    tree=tree,
    front=Front,
)

class HandsetFront:
    """Keys of the USB keypad; no lamps."""

    KEYS = tuple(HANDSET_KEYS)
    RINGS = None

    def __init__(self, qemu):
        self.qemu = qemu

    def press(self, name):
        self.qemu.key(HANDSET_KEYS[name])


# The hub is QEMU's own. Nobody can use a pin: the chips are taken away
HANDSET = dataclasses.replace(
    RASPI3B,
    name="raspi3b with a USB handset",
    arguments=RASPI3B.arguments + ("-device", "usb-kbd"),
    modules=RASPI3B.modules + ("usbhid", "hid_generic", "evdev"),
    devices=("/dev/input/event0",),
    setup=NETWORK + "rm /dev/gpiochip*\n",
    front=HandsetFront)


def with_oled(machine):
    return dataclasses.replace(
        machine,
        arguments=machine.arguments + (
            "-device", "ssd0303,id=oled,bus=i2c-bus.1,address=0x3c"),
        modules=machine.modules + ("i2c_bcm2835", "i2c_dev"),
        devices=machine.devices + ("/dev/i2c-1",))
