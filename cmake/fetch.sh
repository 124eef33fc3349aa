#!/bin/bash
# Puts the three source tarballs of tarballs.sha256 into a folder:
#
#	fetch.sh FOLDER
#
# They are Debian's, and come from the machine's own Debian mirror by apt:
# apt checks the signature, this script the SHA-256. No root is needed, and
# nothing of the machine's apt is touched: lists and cache are private.
#
#	RINGFENCE_MIRROR=URL      another mirror, such as
#	                          http://deb.debian.org/debian
#	RINGFENCE_TARBALLS=PATH   a folder that holds the tarballs: no network
set -euo pipefail

readonly SUMS=$(dirname "$(readlink -f "$0")")/tarballs.sha256
readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
readonly RELEASE=trixie
readonly DEFAULT_MIRROR=http://deb.debian.org/debian

fail()
{
	echo "$*" >&2
	exit 1
}


need()
{
	command -v "$1" > /dev/null ||
		fail "$1 is missing: install the package $2, or put the" \
			"tarballs into a folder and set RINGFENCE_TARBALLS" \
			"to it."
}


verified()
{
	(cd "$1" && sha256sum --check --strict --status "$SUMS") 2> /dev/null
}


names()
{
	sed 's/.* //' "$SUMS"
}


# The first of the machine's sources that is Debian's main archive: by its
# label, or before any "apt-get update" by its name
machine_mirror()
{
	apt-get indextargets --format '$(LABEL) $(REPO_URI)' 2> /dev/null |
		awk '$1 == "Debian" && !labelled { labelled = $2 }
		     $NF ~ /\/debian\/$/ && !named { named = $NF }
		     END { print labelled ? labelled : named }'
}


from_folder()
{
	local name

	for name in $(names); do
		[ -f "$1/$name" ] ||
			fail "The folder $1 (RINGFENCE_TARBALLS) lacks $name: put it" \
				"there, or unset RINGFENCE_TARBALLS."
		cp "$1/$name" .
	done
}


from_mirror()
{
	local apt=$PWD/apt mirror=$1

	mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
	echo "deb-src [signed-by=$KEYRING] $mirror $RELEASE main" \
		> "$apt/sources.list"

	# The hooks of the machine's own "apt-get update" are not for us
	cat > "$apt/apt.conf" <<-EOF
		Dir::Etc::SourceList "$apt/sources.list";
		Dir::Etc::SourceParts "-";
		Dir::State::Lists "$apt/lists";
		Dir::Cache "$apt/cache";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Acquire::Retries "2";
		#clear APT::Update::Pre-Invoke;
		#clear APT::Update::Post-Invoke;
		#clear APT::Update::Post-Invoke-Success;
	EOF
	export APT_CONFIG=$apt/apt.conf

	apt-get -qq --error-on=any update > apt.log 2>&1 &&
	apt-get -qq source --tar-only --download-only libre rem baresip \
		>> apt.log 2>&1 || {
		cat apt.log >&2
		fail "Fetching libre, rem and baresip from $mirror failed:" \
			"check the network, name another Debian mirror in" \
			"RINGFENCE_MIRROR, or a folder with the tarballs in" \
			"RINGFENCE_TARBALLS."
	}
}


main()
{
	local to name mirror work tarballs=

	need sha256sum coreutils
	mkdir -p "$1"
	to=$(readlink -f "$1")
	if verified "$to"; then
		return
	fi
	if [ -n "${RINGFENCE_TARBALLS:-}" ]; then
		tarballs=$(readlink -m "$RINGFENCE_TARBALLS")
	fi

	work=$(mktemp -d "$to/fetch.XXXXXX")
	trap "rm -rf '$work'" EXIT
	cd "$work"

	if [ -n "$tarballs" ]; then
		from_folder "$tarballs"
	else
		need apt-get apt
		[ -f "$KEYRING" ] ||
			fail "$KEYRING is missing: install the package" \
				"debian-archive-keyring."
		mirror=${RINGFENCE_MIRROR:-$(machine_mirror)}
		from_mirror "${mirror:-$DEFAULT_MIRROR}"
	fi

	for name in $(names); do
		[ -f "$name" ] ||
			fail "$RELEASE no longer has $name: put the" \
				"tarballs of cmake/tarballs.sha256 into a" \
				"folder and set RINGFENCE_TARBALLS to it."
		grep " $name\$" "$SUMS" |
			sha256sum --check --strict --status ||
			fail "$name is not the file that" \
				"cmake/tarballs.sha256 names (its SHA-256" \
				"differs): replace it, or name another" \
				"mirror in RINGFENCE_MIRROR."
	done
	for name in $(names); do
		mv "$name" "$to/"
	done
}


main "${1:?usage: fetch.sh FOLDER}"
