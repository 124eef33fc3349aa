"""QEMU's SABRE Lite (i.MX6, armhf) with its maker's device tree as it is: a
desk phone whose tree nobody may change, so [board] says what hangs where.

    keys     the tree's gpio-keys with codes of its own, edges by interrupt
    lamps    bare GPIO lines, by chip and offset
    screen   an OLED of 96x16 on I2C, SSD0303
"""

import shutil

from qemu import Machine

SYSROOT = "armhf-sysroot"       # in the builds' folder

# To ground, on the second GPIO block: a key's code in the tree, and its pin
KEYS_BLOCK = "/machine/soc/gpio2"
KEYS = {"answer": ("KEY_MENU", 1), "up": ("KEY_BACK", 2),
        "ok": ("KEY_POWER", 3), "reject": ("KEY_HOME", 4)}

LAMPS_CHIP, LAMPS_DATA = "20a8000.gpio", 0x20A8000
LAMPS = {"ring": 16, "line1": 17}

BOARD = ("[board]\n"
         + "".join(f"key.{name} = evdev:{code}\n"
                   for name, (code, _) in KEYS.items())
         + "".join(f"lamp.{name} = gpio:{LAMPS_CHIP}/{pin}\n"
                   for name, pin in LAMPS.items())
         + "display = oled:/dev/i2c-0\n"
           "display_size = 96x16\n"
           "display_offset = 36\n")


def tree(_station, kernel, out):
    shutil.copyfile(kernel.trees / "imx6q-sabrelite.dtb", out)


class Front:
    KEYS = tuple(KEYS)
    RINGS = "ring"

    def __init__(self, qemu):
        self.qemu = qemu
        for name in KEYS:
            self.key(name, False)

    def key(self, name, down):
        self.qemu.qtest.set_pin(KEYS_BLOCK, KEYS[name][1], not down)

    def lit(self):
        pins = self.qemu.qtest.word(LAMPS_DATA)
        return {lamp for lamp, pin in LAMPS.items() if pins >> pin & 1}


# gpio-keys is built in and gpio-mxc a module, whose chips can be used a
# moment before their interrupts can: who asks in between gives up for good
BIND_KEYS = """\
until [ -e /dev/input/event0 ]; do
	echo gpio-keys > /sys/bus/platform/drivers/gpio-keys/bind
	usleep 20000
done 2> /dev/null
"""

SABRELITE = Machine(
    name="sabrelite",
    program="qemu-system-arm",
    arguments=(
        "-M", "sabrelite", "-m", "512",
        "-nic", "user,ipv6=off,hostfwd=udp:{sip}-:5060",
        "-device", "ssd0303,id=oled,bus=i2c-bus.0,address=0x3c"),
    kernel="linux-image-armmp",
    arch="armhf",
    triplet="arm-linux-gnueabihf",
    loader="/lib/ld-linux-armhf.so.3",
    console="ttymxc1,115200",
    serial=1,
    modules=("gpio_mxc", "evdev", "i2c_imx", "i2c_dev", "fec"),
    devices=("/sys/class/net/eth0", "/dev/i2c-0", "/dev/gpiochip6"),
    build="armhf",
    libraries=SYSROOT,
    setup=(BIND_KEYS +
           "ip addr add 10.0.2.15/24 dev eth0\n"
           "ip link set eth0 up\n"
           "ip route add default via 10.0.2.2\n"),
    tree=tree,
    front=Front,
)
