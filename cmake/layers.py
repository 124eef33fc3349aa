#!/usr/bin/env python3
"""Checks who includes whom (ARCHITECTURE.md) and what app/ needs at link time.

	layers.py [--ld LD] [--nm NM] ROOT [LIBRARY...]

Prints one line for each violation; exits 1 if there is any.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile

PURE = ("<errno.h>", "<limits.h>", "<stdbool.h>", "<stddef.h>", "<stdint.h>",
	"<string.h>")
C11 = PURE + ("<assert.h>", "<ctype.h>", "<float.h>", "<inttypes.h>",
	      "<stdarg.h>", "<stdio.h>", "<stdlib.h>", "<time.h>")
SIP_STACK = ("<re.h>", "<rem.h>", "<baresip.h>")
HAL_VALUES = ("hal/button.h", "hal/led.h")

# folder: (may include, never). The longest folder that fits a file counts;
# what ends in / is a folder, {own} is the file's folder below boards/, and
# <*> is every system header.
RULES = {
	"app/policy/": (PURE + ("app/policy/",), ()),
	"app/call/": (PURE + HAL_VALUES + ("app/policy/", "app/call/"), ()),
	"app/ui/": (PURE + HAL_VALUES + ("hal/display.h", "app/"), ()),
	"hal/": (C11 + ("hal/",), ()),
	"boards/": (("<*>", "hal/", "boards/board.h", "boards/linux/",
		     "boards/{own}/"), SIP_STACK),
	"firmware/sip/": (("<*>", "app/", "firmware/sip/", "firmware/journal.h"),
			  ()),
	"firmware/": (("<*>", "app/", "hal/", "boards/board.h", "firmware/"),
		      ("<baresip.h>", "<rem.h>", "firmware/sip/")),
	"tests/": (("<*>", "app/", "hal/", "boards/", "firmware/", "tests/"),
		   ("<baresip.h>", "<rem.h>")),
	"tests/patches/": (("<*>", "tests/patches/"), ()),
}

# Tests of what is pure need no more than it
for _folder in ("unit/policy", "unit/call", "unit/ui", "unit/hal", "stories",
		"golden"):
	RULES[f"tests/{_folder}/"] = (
		("<*>", "app/", "hal/", "boards/board.h", "boards/host/",
		 "firmware/dispatch.h", "tests/"), SIP_STACK)

# Doors through a "never": the SIP adapter's port, and how it reads a message
ALWAYS = {"firmware/": ("firmware/sip/sip.h", "firmware/sip/invite.h")}

# What a pure library may leave to the C library, and the linker's own name
SYMBOLS = frozenset("""
	memchr memcmp memcpy memmove memset
	strchr strcmp strcpy strcspn strlen strncmp strncpy strpbrk strrchr
	strspn strstr
	_GLOBAL_OFFSET_TABLE_ __stack_chk_fail
""".split())

INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]+(.+?)[ \t]*(?:/[/*].*)?$",
		     re.MULTILINE)


def sources(root):
	"""All C files below the folders that have a rule, relative to root."""
	for top in sorted({folder.split("/")[0] for folder in RULES}):
		for path, folders, names in os.walk(os.path.join(root, top)):
			folders.sort()
			for name in sorted(names):
				if name.endswith((".c", ".h")):
					yield os.path.relpath(
						os.path.join(path, name), root)


def rule_of(path):
	folders = [folder for folder in RULES if path.startswith(folder)]
	return max(folders, key=len)


def resolve(root, path, text):
	"""The included file: <system.h>, or a path relative to root."""
	if text.startswith("<"):
		return text
	if not text.startswith('"'):
		return None
	name = text.strip('"')
	beside = os.path.normpath(os.path.join(os.path.dirname(path), name))
	if os.path.exists(os.path.join(root, beside)):
		return beside
	return os.path.normpath(name)


def fits(included, patterns, own):
	for pattern in patterns:
		pattern = pattern.replace("{own}", own)
		if pattern == "<*>" and included.startswith("<"):
			return True
		if pattern.endswith("/") and included.startswith(pattern):
			return True
		if included == pattern:
			return True
	return False


def allowed(path, included):
	folder = rule_of(path)
	may, never = RULES[folder]
	own = path.split("/")[1]

	if fits(included, ALWAYS.get(folder, ()), own):
		return True
	return fits(included, may, own) and not fits(included, never, own)


def check_includes(root):
	for path in sources(root):
		with open(os.path.join(root, path), encoding="utf-8") as file:
			text = file.read()
		for match in INCLUDE.finditer(text):
			line = text.count("\n", 0, match.start()) + 1
			included = resolve(root, path, match.group(1))
			if included is None:
				yield f"{path}:{line}: includes a macro"
			elif not allowed(path, included):
				yield (f"{path}:{line}: {rule_of(path)} may "
				       f"not include {included}")


def check_symbols(ld, nm, libraries):
	with tempfile.TemporaryDirectory() as folder:
		whole = os.path.join(folder, "app.o")
		subprocess.run([ld, "-r", "-o", whole, "--whole-archive",
				*libraries], check=True)
		names = subprocess.run([nm, "-u", "--format=posix", whole],
				       check=True, text=True,
				       stdout=subprocess.PIPE).stdout
	for line in names.splitlines():
		name = line.split()[0]
		if name not in SYMBOLS:
			yield f"app/ may not need {name}()"


def main():
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("root")
	parser.add_argument("--ld", default="ld")
	parser.add_argument("--nm", default="nm")
	parser.add_argument("libraries", nargs="*", metavar="LIBRARY")
	args = parser.parse_args()

	violations = list(check_includes(args.root))
	if args.libraries:
		violations += check_symbols(args.ld, args.nm, args.libraries)
	for violation in violations:
		print(violation)
	return 1 if violations else 0


if __name__ == "__main__":
	sys.exit(main())
