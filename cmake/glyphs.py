#!/usr/bin/env python3
"""Make the glyph file of app/ui/font.h from Debian's console fonts.

Spleen 6x12 gives the Latin letters of the 12-pixel rows, Unifont every
character of the Basic Multilingual Plane at 16 pixels. What Spleen lacks is
made for the 12-pixel rows as well: European letters from Spleen's own
letters and accents, all else by leaving out rows of Unifont's glyph.
"""

import argparse
import gzip
import os
import struct
import sys
import unicodedata

SPLEEN = "/usr/share/consolefonts/spleen-6x12.psfu.gz"
UNIFONT = "/usr/share/unifont/unifont.hex"

MAGIC = b"RFGLYPH1"
RECORD = struct.Struct("<IBBHI")
FLAG_MARK = 1  # drawn over the character before it, takes no room

LOW, HIGH = 12, 16  # heights
SPLEEN_WIDTH = 6
LOW_ASCENT = 9  # rows down to the baseline, Spleen's
HIGH_ASCENT = 14  # the same, Unifont's
BMP_END = 0x10000

PSF2_HEADER = struct.Struct("<8I")
PSF2_MAGIC = 0x864AB572
PSF2_HAS_TABLE = 1

# Accents as Spleen draws them: two rows above a letter, three below it.
ABOVE = {
	0x0300: (0b001000, 0b000100),  # grave
	0x0301: (0b000100, 0b001000),  # acute
	0x0302: (0b001000, 0b010100),  # circumflex
	0x0303: (0b010010, 0b101100),  # tilde
	0x0304: (0b000000, 0b011100),  # macron
	0x0306: (0b010010, 0b001100),  # breve
	0x0307: (0b000000, 0b001000),  # dot above
	0x030A: (0b001000, 0b010100),  # ring
	0x030B: (0b001010, 0b010100),  # double acute
	0x030C: (0b010100, 0b001000),  # caron
}
BELOW = {
	0x0326: (0b000000, 0b001000, 0b010000),  # comma
	0x0327: (0b001000, 0b001000, 0b010000),  # cedilla
	0x0328: (0b001000, 0b010000, 0b001100),  # ogonek
}
ABOVE_ROWS = 2
# Letters whose stroke is no accent of its own: (letter, row: pixels).
STROKED = {
	0x0141: ("L", {3: 0b101000, 4: 0b110000, 5: 0b100000}),
	0x0142: ("l", {4: 0b011000, 5: 0b110000}),
}
DRAWN = {0x2026: [0] * 8 + [0b101010] + [0] * 3}  # ellipsis
DOTLESS = {0x0131: "\u00ee"}  # this letter without what is above it


class FontError(Exception):
	"""A font that is missing or is not what it should be."""


def read(path, package):
	"""The font's bytes, unpacked; the path with .gz will do as well."""
	for name in (path, path + ".gz"):
		try:
			with open(name, "rb") as f:
				data = f.read()
		except FileNotFoundError:
			continue
		except OSError as e:
			raise FontError(f"{name}: {e.strerror}") from e
		if not name.endswith(".gz"):
			return data
		try:
			return gzip.decompress(data)
		except (OSError, EOFError) as e:
			raise FontError(f"{name} is damaged: {e}") from e
	raise FontError(f"the font {path} is missing: install it with "
			f"\"apt install {package}\"")


def spleen_read(path):
	"""{code point: rows as numbers of 6 bits} of a PSF2 font."""
	data = read(path, "fonts-spleen")
	if len(data) < PSF2_HEADER.size:
		raise FontError(f"{path} is no PSF2 font")
	(magic, _, header, flags, count, size, height, width) = \
		PSF2_HEADER.unpack_from(data)
	if (magic != PSF2_MAGIC or not flags & PSF2_HAS_TABLE or
			(width, height, size) != (SPLEEN_WIDTH, LOW, LOW)):
		raise FontError(f"{path} is no PSF2 font of 6x12 pixels with "
				"a Unicode table")
	table = data[header + count * size:].split(b"\xff")
	if len(table) < count:
		raise FontError(f"{path} is cut short")
	glyphs = {}
	for i in range(count):
		rows = [b >> (8 - SPLEEN_WIDTH)
			for b in data[header + i * size:][:size]]
		# Behind 0xfe stand sequences, which are no single character
		for char in table[i].split(b"\xfe")[0].decode("utf-8"):
			glyphs.setdefault(ord(char), rows)
	return glyphs


def unifont_read(path):
	"""{code point: (width, rows as numbers)} of a .hex font."""
	glyphs = {}
	for line in read(path, "unifont").decode("ascii").splitlines():
		code, _, bits = line.strip().partition(":")
		width = len(bits) * 4 // HIGH
		if width not in (8, 16) or len(bits) * 4 != width * HIGH:
			raise FontError(f"{path}: no glyph: {line[:40]!r}")
		step = width // 4
		glyphs[int(code, 16)] = (width, [
			int(bits[i:i + step], 16)
			for i in range(0, len(bits), step)])
	return glyphs


def squash(rows, height):
	"""Leave out the rows that say least: blank ones and repetitions."""
	rows = list(rows)
	while len(rows) > height:
		edged = [0] + rows + [0]
		cost = [min(bin(row ^ edged[i]).count("1"),
			    bin(row ^ edged[i + 2]).count("1"))
			for i, row in enumerate(rows)]
		del rows[cost.index(min(cost))]
	return rows


def low_from_unifont(width, rows):
	"""A glyph for 12 rows out of one of 16.

	Narrow scripts keep their baseline, level with Spleen's; wide ones
	fill a square and have none.
	"""
	if width == 16:
		return squash(rows, LOW)
	above = squash(rows[:HIGH_ASCENT], LOW_ASCENT)
	return above + rows[HIGH_ASCENT:] + \
		[0] * (LOW - LOW_ASCENT - (HIGH - HIGH_ASCENT))


def low_letter(spleen, code):
	"""A European letter in Spleen's own hand, or None."""
	if code in DRAWN:
		return DRAWN[code]
	if code in STROKED:
		base, strokes = STROKED[code]
		rows = list(spleen[ord(base)])
		for row, pixels in strokes.items():
			rows[row] |= pixels
		return rows
	if code in DOTLESS:
		return [0] * ABOVE_ROWS + \
			spleen[ord(DOTLESS[code])][ABOVE_ROWS:]
	parts = unicodedata.decomposition(chr(code)).split()
	if len(parts) != 2 or parts[0].startswith("<"):
		return None
	base, mark = (int(part, 16) for part in parts)
	if base == ord("i") and mark in ABOVE:
		base = 0x0131  # the accent takes the place of the dot
	rows = spleen.get(base) or (low_letter(spleen, base)
				    if base in DOTLESS else None)
	if rows is None:
		return None
	if mark in BELOW and not any(rows[LOW_ASCENT:]):
		return rows[:LOW_ASCENT] + list(BELOW[mark])
	if mark in ABOVE:
		body = rows[ABOVE_ROWS - 1:LOW_ASCENT]
		return list(ABOVE[mark]) + \
			squash(body, LOW_ASCENT - ABOVE_ROWS) + \
			rows[LOW_ASCENT:]
	return None


def packed(width, rows):
	"""Rows as the glyph file has them: leftmost pixel highest."""
	step = (width + 7) // 8
	return b"".join((row << (step * 8 - width)).to_bytes(step, "big")
			for row in rows)


def glyphs_make(spleen, unifont):
	"""All records: [(code point, width, height, flags, rows)]."""
	out = []
	for code in sorted(spleen.keys() | unifont.keys()):
		category = unicodedata.category(chr(code))
		if code >= BMP_END or category in ("Cc", "Cs", "Co"):
			continue
		if category in ("Cf", "Zl", "Zp"):
			# It steers the text and is not seen itself
			out.append((code, 0, LOW, FLAG_MARK, []))
			continue
		flags = FLAG_MARK if category in ("Mn", "Me") else 0
		low = None if flags else \
			spleen.get(code) or low_letter(spleen, code)
		if low is not None:
			out.append((code, SPLEEN_WIDTH, LOW, flags, low))
		if code not in unifont:
			continue
		width, rows = unifont[code]
		if low is None:
			out.append((code, width, LOW, flags,
				    low_from_unifont(width, rows)))
		out.append((code, width, HIGH, flags, rows))
	return out


def glyphs_write(path, glyphs):
	"""Write the file whole or not at all."""
	offset = len(MAGIC) + 4 + len(glyphs) * RECORD.size
	records, bits, seen = [], [], {}
	for code, width, height, flags, rows in glyphs:
		data = packed(width, rows)
		if data not in seen:
			seen[data] = offset
			bits.append(data)
			offset += len(data)
		records.append(RECORD.pack(code, width, height, flags,
					   seen[data]))
	part = path + ".part"
	with open(part, "wb") as f:
		f.write(MAGIC + struct.pack("<I", len(glyphs)))
		f.writelines(records)
		f.writelines(bits)
	os.replace(part, path)


def main():
	"""Make the file; 1 if a font is missing or damaged."""
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--spleen", default=SPLEEN)
	parser.add_argument("--unifont", default=UNIFONT)
	parser.add_argument("out", help="the glyph file to write")
	args = parser.parse_args()
	try:
		glyphs_write(args.out, glyphs_make(spleen_read(args.spleen),
						   unifont_read(args.unifont)))
	except FontError as e:
		print(f"glyphs: {e}", file=sys.stderr)
		return 1
	except OSError as e:
		print(f"glyphs: {e.filename}: {e.strerror}", file=sys.stderr)
		return 1
	except (UnicodeDecodeError, ValueError, IndexError) as e:
		print(f"glyphs: a font is damaged: {e}", file=sys.stderr)
		return 1
	return 0


if __name__ == "__main__":
	sys.exit(main())
