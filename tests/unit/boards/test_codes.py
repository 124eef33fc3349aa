"""The manual's table of codes against those that are built in.

    test_codes.py PROGRAM INTERFACE.md

PROGRAM prints what is built in: a line each, "button CODE".
"""

import re
import subprocess
import sys
import unittest

HEAD = "\n### Codes\n"
TIMEOUT_S = 10
program, interface = None, None


def spread(item):
    """"A1" to "A3" is A1, A2, A3; the second may be the number alone."""
    names = re.findall(r"`([^`]+)`", item)
    if len(names) != 2 or f"`{names[0]}`-`{names[1]}`" not in item:
        return names[:1]
    stem, first = re.fullmatch(r"(.*?)(\d+)", names[0]).groups()
    last = re.fullmatch(r".*?(\d+)", names[1]).group(1)
    return [f"{stem}{n}" for n in range(int(first), int(last) + 1)]


def pairs(row):
    """What one row says, as (button, code)."""
    buttons, codes = ([spread(item) for item in cell.split(", ")]
                      for cell in row.strip("| ").split(" | "))
    buttons = sum(buttons, [])
    if len(buttons) == 1:
        return [(buttons[0], code) for code in sum(codes, [])]
    # As many codes as keys, once or several times over
    codes = sum(codes, [])
    if len(codes) % len(buttons):
        raise ValueError(f"{len(buttons)} keys, {len(codes)} codes: {row}")
    return [(buttons[i % len(buttons)], code)
            for i, code in enumerate(codes)]


def table(text):
    rows = text.partition(HEAD)[2].partition("\n## ")[0].splitlines()
    return [row for row in rows if row.startswith("| `")]


class Rows(unittest.TestCase):
    """How a row is read."""

    def test_several_codes_of_a_key_are_all_its_own(self):
        self.assertEqual(pairs("| `dnd` | `KEY_A` (0x24f), `KEY_B` |"),
                         [("dnd", "KEY_A"), ("dnd", "KEY_B")])

    def test_keys_and_codes_go_in_pairs(self):
        self.assertEqual(pairs("| `up`, `down` | `KEY_U`, `KEY_D` |"),
                         [("up", "KEY_U"), ("down", "KEY_D")])
        self.assertEqual(
            pairs("| `0`-`1` | `KEY_KP0`-`1`, `KEY_0`-`KEY_1` |"),
            [("0", "KEY_KP0"), ("1", "KEY_KP1"),
             ("0", "KEY_0"), ("1", "KEY_1")])

    def test_a_key_without_a_code_is_an_error(self):
        with self.assertRaises(ValueError):
            pairs("| `up`, `down` | `KEY_U` |")


class Codes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        said = subprocess.run([program], check=True, capture_output=True,
                              text=True, timeout=TIMEOUT_S).stdout
        cls.built = [tuple(line.split()) for line in said.splitlines()]
        with open(interface, encoding="utf-8") as file:
            cls.told = sum(map(pairs, table(file.read())), [])

    def test_every_code_that_is_told_is_built_in(self):
        self.assertEqual(set(self.told) - set(self.built), set())

    def test_every_code_that_is_built_in_is_told(self):
        self.assertEqual(set(self.built) - set(self.told), set())

    def test_no_code_is_there_twice(self):
        for codes in (self.told, self.built):
            names = [code for _, code in codes]
            self.assertEqual(len(names), len(set(names)))
            self.assertTrue(names)


if __name__ == "__main__":
    program, interface = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
