"""app/ and hal/ on a Cortex-M4 without a C library, in an emulator.

Builds into $RINGFENCE_CORTEXM_BUILD, else into a folder that goes away.
Runs the stories there, draws the screens, and prints what it all takes.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SCREENS = os.path.join(ROOT, "tests/golden/screens")

sys.path.insert(0, os.path.join(ROOT, "cmake"))
import layers

BUILD_VARIABLE = "RINGFENCE_CORTEXM_BUILD"
GNU = "arm-none-eabi-"
TOOLS = {GNU + "gcc": "gcc-arm-none-eabi", "cmake": "cmake",
	 "qemu-system-arm": "qemu-system-arm", "ninja": "ninja-build"}

# Semihosting prints, and ends the emulator with the program's result
MACHINE = ["qemu-system-arm", "-M", "mps2-an386", "-nodefaults",
	   "-display", "none", "-semihosting-config",
	   "enable=on,target=native", "-kernel"]

# For all of it, the build included; it takes 7 s on two cores
TIME_S = 60

LIBRARIES = {name: f"{folder}/lib{name}.a" for name, folder in (
	("policy", "app"), ("call", "app"), ("ui", "app"), ("hal", "hal"))}
APP = ("policy", "call", "ui")

# The compiler's own: what a Cortex-M4 has no instruction for
COMPILER_SYMBOLS = {"__aeabi_ldivmod", "__aeabi_uldivmod", "__aeabi_lmul"}

# program: what it must say before it ends with an error
FAILURES = {
	"fails_assertion": r"machine_fails\.c:\d+: error: 0x0 is not 0x1\n",
	"fails_division": r"fault: exception 3 at 0x\w{8}, CFSR 0x02000000\n",
	"fails_nowhere": r"fault: exception 3 at 0x\w{8}, CFSR 0x00008200\n",
	"fails_stack": r"Lockup",
	"fails_two_blocks": r"stdlib\.c:\d+: error: !\(used\) does not hold\n",
	"fails_format": r"a format that is not stood in for\n",
	"fails_return": r"\A(?!.*(fault|error))",
}


started_s = time.monotonic()


def run(command):
	"""Run it while there is time; its exit status and all that it said."""
	with subprocess.Popen(command, stdout=subprocess.PIPE,
			      stderr=subprocess.STDOUT, text=True,
			      stdin=subprocess.DEVNULL,
			      start_new_session=True) as process:
		try:
			output, _ = process.communicate(timeout=max(
				started_s + TIME_S - time.monotonic(), 0))
		except subprocess.TimeoutExpired:
			# With its children: the machine is one of ctest's
			os.killpg(process.pid, signal.SIGKILL)
			output, _ = process.communicate()
			return -signal.SIGKILL, (
				f"{output}\nnot done after {TIME_S} s")
	return process.returncode, output


def must_run(command):
	status, output = run(command)
	if status:
		raise AssertionError(
			f"{' '.join(command)}: {status}\n{output}")
	return output


class CortexM(unittest.TestCase):
	@classmethod
	def setUpClass(cls):
		missing = [package for tool, package in TOOLS.items()
			   if not shutil.which(tool)]
		if missing:
			raise AssertionError(
				"to be installed: " + " ".join(missing))

		cls.build = os.environ.get(BUILD_VARIABLE)
		if not cls.build:
			folder = tempfile.TemporaryDirectory()
			cls.addClassCleanup(folder.cleanup)
			cls.build = folder.name

		must_run(["cmake", "-S", HERE, "-B", cls.build, "-G", "Ninja",
			  "-DCMAKE_TOOLCHAIN_FILE=" +
			  os.path.join(HERE, "toolchain.cmake"),
			  "-DCMAKE_BUILD_TYPE=MinSizeRel",
			  "-DCMAKE_CROSSCOMPILING_EMULATOR=" +
			  ";".join(MACHINE)])
		must_run(["cmake", "--build", cls.build, "-j", "2"])

	def built(self, name):
		return os.path.join(self.build, name)

	def library(self, name):
		return self.built(LIBRARIES[name])

	def machine(self, program):
		return run(MACHINE + [self.built(program)])

	def test_a_program_that_fails_is_told_from_one_that_does_not(self):
		for program, said in FAILURES.items():
			with self.subTest(program):
				status, output = self.machine(program)
				self.assertNotEqual(status, 0, output)
				self.assertRegex(output, said)

	def test_the_stories_hold_on_the_machine(self):
		status, output = run(["ctest", "--test-dir", self.build,
				      "--output-on-failure",
				      "--no-tests=error"])
		self.assertEqual(status, 0, output)
		for story in os.listdir(os.path.join(ROOT, "tests/stories")):
			if story.startswith("test_"):
				self.assertIn(
					f"story.{story[5:-2]} ", output)

	def test_the_screens_are_the_goldens(self):
		status, output = self.machine("screens")
		self.assertEqual(status, 0, output)
		screens = dict(text.split("\n", 1) for text in
			       output.split("screen ")[1:])
		for golden in sorted(os.listdir(SCREENS)):
			name, ending = golden.split(".")
			with self.subTest(golden), \
			     open(os.path.join(SCREENS, golden), "rb") as file:
				self.compare(screens[name], ending,
					     file.read())

	def compare(self, screen, ending, golden):
		if ending == "pbm":
			bits = "".join(re.findall(r"^bits (\w+)$", screen,
						  re.MULTILINE))
			self.assertEqual(b"P4\n128 64\n" + bytes.fromhex(bits),
					 golden)
			return
		drawn = re.findall(r"^line .*$", screen, re.MULTILINE)
		agreed = re.findall(r"^line .*$", golden.decode(),
				    re.MULTILINE)
		self.assertEqual(len(drawn), len(agreed))
		# The golden goes on with how the row is laid out
		for row, whole in zip(drawn, agreed):
			self.assertEqual(row, whole[:len(row)])

	def test_app_needs_mem_str_and_the_compiler_alone(self):
		told = layers.check_symbols(
			GNU + "ld", GNU + "nm",
			[self.library(name) for name in APP])
		own = {f"app/ may not need {name}()"
		       for name in COMPILER_SYMBOLS}
		self.assertEqual([line for line in told if line not in own],
				 [])

	def test_the_libraries_keep_nothing_to_themselves(self):
		print("\nCortex-M4, -Os, bytes    code, constants    RAM"
		      "   largest frame")
		for name in LIBRARIES:
			code, ram = self.sizes(name)
			frame, function = self.largest_frame(name)
			print(f"  {name:21} {code:16} {ram:6}   {frame:5}"
			      f" in {function}()")
			with self.subTest(name):
				self.assertGreater(code, 0)
				self.assertEqual(ram, 0)
		print("RAM that app/ asks of its caller")
		for name, size in self.kept():
			print(f"  {name:21} {size:23}")

	def sizes(self, library):
		"""Code with constants, and RAM, all objects together."""
		total = must_run([GNU + "size", "-t", self.library(library)]
				 ).splitlines()[-1].split()
		self.assertEqual(total[-1], "(TOTALS)")
		text, data, bss = (int(word) for word in total[:3])
		return text + data, data + bss

	def largest_frame(self, library):
		folder = os.path.dirname(self.library(library))
		frames = []
		for path, _, names in os.walk(os.path.join(
				folder, f"CMakeFiles/{library}.dir")):
			for name in names:
				if not name.endswith(".su"):
					continue
				with open(os.path.join(path, name),
					  encoding="utf-8") as file:
					frames += [self.frame(line)
						   for line in file]
		return max(frames)

	def frame(self, line):
		"""hours.c:12:5:hours_next	136	static"""
		where, size, kind = line.rstrip("\n").split("\t")
		self.assertEqual(kind, "static", line)
		return int(size), where.split(":")[-1]

	def kept(self):
		(path,) = (os.path.join(folder, name)
			   for folder, _, names in os.walk(self.build)
			   for name in names if name.startswith("sizes.c.o"))
		for line in must_run([GNU + "nm", "-S", path]).splitlines():
			_, size, _, name = line.split()
			yield (name.replace("size_of_", "struct "),
			       int(size, 16))


if __name__ == "__main__":
	unittest.main(verbosity=2)
