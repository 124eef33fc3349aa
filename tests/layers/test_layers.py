"""The checker of the layers finds what it is there for."""

import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../cmake"))
import layers

ALLOWED = (
	("app/policy/x.c", '"app/policy/zone.h"'),
	("app/policy/x.c", "<string.h>"),
	("app/call/x.c", '"app/policy/zone.h"'),
	("app/call/x.c", '"hal/led.h"'),
	("app/ui/x.c", '"app/call/phone.h"'),
	("app/ui/x.c", '"hal/display.h"'),
	("hal/x.c", '"hal/hal.h"'),
	("boards/one/x.c", "<linux/input.h>"),
	("boards/one/x.c", '"boards/linux/evdev.h"'),
	("boards/one/x.c", '"boards/one/keys.h"'),
	("firmware/sip/x.c", "<baresip.h>"),
	("firmware/sip/x.c", '"app/call/status.h"'),
	("firmware/x.c", "<re.h>"),
	("firmware/x.c", '"firmware/sip/sip.h"'),
	("firmware/control/x.c", '"hal/hal.h"'),
	("tests/unit/call/x.c", '"app/policy/zone.h"'),
	("tests/unit/shell/x.c", '"firmware/dispatch.h"'),
	("tests/unit/shell/x.c", "<re.h>"),
	("tests/patches/x.c", "<baresip.h>"),
)

FORBIDDEN = (
	("app/policy/x.c", "<stdio.h>"),
	("app/policy/x.c", "<time.h>"),
	("app/policy/x.c", "<re.h>"),
	("app/policy/x.c", '"app/call/phone.h"'),
	("app/policy/x.c", '"../call/phone.h"'),
	("app/policy/x.c", '"hal/led.h"'),
	("app/call/x.h", '"app/ui/view.h"'),
	("app/call/x.c", '"hal/display.h"'),
	("app/call/x.c", "<stdlib.h>"),
	("app/ui/x.c", '"hal/hal.h"'),
	("app/ui/x.c", '"firmware/sip/sip.h"'),
	("hal/x.c", '"app/call/phone.h"'),
	("hal/x.c", "<unistd.h>"),
	("boards/one/x.c", '"app/call/phone.h"'),
	("boards/one/x.c", '"firmware/dispatch.h"'),
	("boards/one/x.c", '"boards/two/keys.h"'),
	("boards/one/x.c", "<re.h>"),
	("firmware/sip/x.c", '"firmware/control/control.h"'),
	("firmware/sip/x.c", '"boards/board.h"'),
	("firmware/x.c", "<baresip.h>"),
	("firmware/x.c", '"firmware/sip/stack.h"'),
	("tests/unit/shell/x.c", "<baresip.h>"),
	("tests/unit/call/x.c", "<re.h>"),
	("tests/stories/x.c", '"firmware/present.h"'),
	("app/ui/x.c", "SOME_HEADER"),
)

OBJECTS = (
	("int f(void);\nint f(void) { return 1; }\n", []),
	("#include <string.h>\nsize_t f(const char *s);\n"
	 "size_t f(const char *s) { return strlen(s); }\n", []),
	("#include <stdlib.h>\nvoid *f(size_t n);\n"
	 "void *f(size_t n) { return malloc(n); }\n",
	 ["app/ may not need malloc()"]),
	("#include <errno.h>\nint f(void);\nint f(void) { return errno; }\n",
	 ["app/ may not need __errno_location()"]),
)


def violations(path, included):
	with tempfile.TemporaryDirectory() as root:
		for folder in ("app/call", os.path.dirname(path)):
			os.makedirs(os.path.join(root, folder), exist_ok=True)
		open(os.path.join(root, "app/call/phone.h"), "w").close()
		with open(os.path.join(root, path), "w") as file:
			file.write(f"/* text */\n#  include {included} // why\n")
		return list(layers.check_includes(root))


class Layers(unittest.TestCase):
	def test_what_the_table_allows_passes(self):
		for path, included in ALLOWED:
			with self.subTest(path=path, included=included):
				self.assertEqual(violations(path, included), [])

	def test_what_the_table_forbids_is_told_with_its_line(self):
		for path, included in FORBIDDEN:
			with self.subTest(path=path, included=included):
				found = violations(path, included)
				self.assertEqual(len(found), 1)
				self.assertTrue(
					found[0].startswith(f"{path}:2: "))

	def test_a_symbol_that_is_not_mem_or_str_is_told(self):
		for code, expected in OBJECTS:
			with self.subTest(code=code), \
			     tempfile.TemporaryDirectory() as folder:
				c, o, a = (os.path.join(folder, name)
					   for name in ("x.c", "x.o", "x.a"))
				with open(c, "w") as file:
					file.write(code)
				subprocess.run([os.environ.get("CC", "cc"),
						"-O1", "-fno-builtin", "-c", c,
						"-o", o], check=True)
				subprocess.run([os.environ.get("AR", "ar"),
						"rc", a, o], check=True)
				self.assertEqual(list(layers.check_symbols(
					os.environ.get("LD", "ld"),
					os.environ.get("NM", "nm"), [a])),
					expected)

	def test_the_program_fails_on_a_violation(self):
		with tempfile.TemporaryDirectory() as root:
			os.makedirs(os.path.join(root, "app/call"))
			path = os.path.join(root, "app/call/x.c")
			for text, code in (("", 0), ("#include <re.h>\n", 1)):
				with open(path, "w") as file:
					file.write(text)
				self.assertEqual(subprocess.run(
					[sys.executable, layers.__file__, root],
					stdout=subprocess.DEVNULL).returncode,
					code)


if __name__ == "__main__":
	unittest.main()
