#!/bin/bash
# Unpacks, patches and builds libre, librem and baresip as static libraries:
#
#	build-deps.sh TARBALLS OUT CC FLAGS [folder/with/patches]
#
# They are built for the machine that CC builds for.
#
# OUT appears whole or not at all: the work happens beside it, under the name
# OUT.part, and is renamed at the end. Patches are applied in the order of
# their names, patches/{re,rem,baresip}/*.patch.
set -euo pipefail

# What Ringfence uses, and no more. Left out on purpose, each for a defect:
# aufile (a fast INVITE and CANCEL crash its ring player), menu, httpd and
# ctrl_tcp (they take orders from the network).
readonly RE_MODULES="sip sipevent sipreg sipsess uri http httpauth msg
	websock stun rtp sdp jbuf telev dns md5 crc32 sha hmac base64 udp sa
	net tcp tls list mbuf hash fmt tmr trace main mem dbg sys lock mqueue
	mod conf aes srtp odict json"
readonly BARESIP_MODULES="account alsa g711 opus"

readonly TARBALLS=$1 OUT=$2 CC=$3 FLAGS=$4
readonly PATCHES=${5:-$(dirname "$(readlink -f "$0")")/patches}
readonly PART=$OUT.part LOG=$OUT.log

fail()
{
	echo "$*" >&2
	exit 1
}


unpack()
{
	local name=$1 tarball=$2 patch

	mkdir "$PART/$name"
	tar -C "$PART/$name" --strip-components=1 -xf "$TARBALLS/$tarball"

	for patch in "$PATCHES/$name"/*.patch; do
		[ -f "$patch" ] || continue
		echo "== $name: ${patch##*/}" >> "$LOG"
		patch -d "$PART/$name" -p1 --forward --fuzz=0 \
			--no-backup-if-mismatch < "$patch" >> "$LOG" 2>&1 ||
			fail "cmake/patches/$name/${patch##*/} does not" \
				"apply to $tarball: see $LOG."
	done
}


build()
{
	local name=$1 library=$2
	shift 2

	echo "== $name: make $library" >> "$LOG"
	make -C "$PART/$name" -j"$(nproc)" "$library" CC="$CC" RELEASE=1 \
		ARCH="${machine%%-*}" AR="$ar" RANLIB="$ranlib" \
		EXTRA_CFLAGS="$FLAGS $prefix_map" "$@" \
		>> "$LOG" 2>&1 || {
		grep -E 'error|Error' "$LOG" | tail -n 5 >&2
		fail "Building $library failed: see $LOG."
	}
	rm -rf "$PART/$name"/build-*
}


machine=$("$CC" -dumpmachine)
ar=$("$CC" -print-prog-name=ar)
ranlib=$("$CC" -print-prog-name=ranlib)

rm -rf "$PART"
mkdir -p "$PART"
: > "$LOG"

unpack re libre_2.0.1.orig.tar.gz
unpack rem rem_1.0.0.orig.tar.gz
unpack baresip baresip_1.1.0.orig.tar.gz

# The debugger shall find the sources where they end up, by their full name
prefix_map="-fdebug-prefix-map=$PART=$OUT"
where="LIBRE_MK=$PART/re/mk/re.mk LIBRE_INC=$PART/re/include
	LIBRE_SO=$PART/re LIBREM_PATH=$PART/rem SYSROOT_LOCAL="

build re libre.a MODULES="$(echo $RE_MODULES)"
build rem librem.a $where
build baresip libbaresip.a $where STATIC=1 MOD_AUTODETECT= \
	MODULES="$(echo $BARESIP_MODULES)"

rm -rf "$OUT"
mv "$PART" "$OUT"
