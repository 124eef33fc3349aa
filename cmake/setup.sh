# For ./run and ./test: the packages of a Debian that lacks them, and builds
# that say nothing unless they fail. To be sourced by bash.

# What building and running takes; the recommended packages are not needed
BUILD_PACKAGES="gcc libc6-dev cmake ninja-build make patch pkg-config python3
	libssl-dev zlib1g-dev libasound2-dev libopus-dev libcmocka-dev
	fonts-spleen unifont tzdata ca-certificates debian-archive-keyring"
TEST_PACKAGES="clang sip-tester"
CORTEXM_PACKAGES="gcc-arm-none-eabi qemu-system-arm"
PACKAGE_PACKAGES="dpkg-dev debhelper lintian mmdebstrap mandoc man-db sip-tester"

# What the boards' virtual machines take: a cross-build for arm64, whose
# libraries live beside the machine's own
BOARD_ARCH=arm64
BOARD_PACKAGES="qemu-system-arm device-tree-compiler kmod binutils sip-tester
	libc6-dev:$BOARD_ARCH libssl-dev:$BOARD_ARCH zlib1g-dev:$BOARD_ARCH
	libasound2-dev:$BOARD_ARCH libopus-dev:$BOARD_ARCH"
BOARD_COMPILER=gcc-aarch64-linux-gnu
BOARD_KERNEL=linux-image-arm64
# A machine's test, and the preset of its phone
BOARD_BUILDS="virt:arm64 raspi3b:raspberrypi sabrelite:armhf"

# armhf: a compiler, and libraries that are not installed but lie in a folder
ARMHF_PACKAGES="gcc-arm-linux-gnueabihf libc6-dev-armhf-cross"
ARMHF_SYSROOT=build/armhf-sysroot
ARMHF_LIBRARIES="libc6:armhf linux-libc-dev:armhf libssl-dev:armhf
	libssl3:armhf zlib1g-dev:armhf zlib1g:armhf libasound2-dev:armhf
	libasound2:armhf libopus-dev:armhf libopus0:armhf"

LOG=build/setup.log


fail()
{
	echo "$*" >&2
	exit 1
}


# quietly WHAT COMMAND...: its output is shown only if it fails
quietly()
{
	local what=$1
	shift

	mkdir -p build
	if ! "$@" > "$LOG" 2>&1; then
		cat "$LOG" >&2
		echo "$what failed." >&2
		return 1
	fi
}


missing_packages()
{
	local package arch native

	native=$(dpkg --print-architecture)
	for package; do
		arch=$native
		[ "$package" = "${package#*:}" ] || arch=${package#*:}
		dpkg-query -W -f '${Architecture} ${db:Status-Status}\n' \
			"$package" 2> /dev/null |
			grep -Eqx "($arch|all) installed" ||
			echo "$package"
	done
}


# The sanitizers' library has clang's version in its name
clang_runtime()
{
	apt-cache depends clang 2> /dev/null |
		sed -n 's/^ *Depends: clang-\([0-9]*\)$/libclang-rt-\1-dev/p'
}


# need_root WHAT: as root by itself, else by sudo, else the user is told
need_root()
{
	[ "$(id -u)" = 0 ] || command -v sudo > /dev/null ||
		fail "Please run as root: $1"
}


# as_root COMMAND...
as_root()
{
	local sudo=sudo

	[ "$(id -u)" != 0 ] || sudo=
	quietly "$*" $sudo "$@" || exit 1
}


install_packages()
{
	local missing

	command -v apt-get > /dev/null || return 0 # CMake says what it lacks
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0

	missing=$(echo $missing)
	need_root "apt-get install $missing"
	echo "Installing $missing"
	# One list that a mirror is just renewing must not stop the others
	(as_root apt-get -q update) > /dev/null 2>&1 ||
		echo "apt-get update failed; going on with the lists there are"
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -qy -o DPkg::Lock::Timeout=120 \
		--no-install-recommends install $missing
}


# For the boards: packages of their architecture, and an apt that knows their
# kernel, which is downloaded but never installed
install_board_packages()
{
	local native

	command -v dpkg > /dev/null && command -v apt-get > /dev/null ||
		fail "The boards' machines are made of Debian's packages:" \
			"please run this on Debian."

	native=$(dpkg --print-architecture)
	if ! { echo "$native"; dpkg --print-foreign-architectures; } |
			grep -qx "$BOARD_ARCH"; then
		need_root "dpkg --add-architecture $BOARD_ARCH"
		echo "Adding the architecture $BOARD_ARCH to dpkg"
		as_root dpkg --add-architecture "$BOARD_ARCH"
	fi
	[ "$native" = "$BOARD_ARCH" ] || install_packages "$BOARD_COMPILER"
	install_packages $BOARD_PACKAGES
	if ! apt-cache show "$BOARD_KERNEL:$BOARD_ARCH" > /dev/null 2>&1; then
		need_root "apt-get update"
		as_root apt-get -q update
	fi
}


# make_sysroot: fails with a sentence where the packages can't be had
make_sysroot()
{
	install_packages $ARMHF_PACKAGES
	[ -d "$ARMHF_SYSROOT" ] && return
	echo "Downloading libraries for armhf"
	python3 -B tests/boards/debian.py "$ARMHF_SYSROOT" $ARMHF_LIBRARIES
}


# build_in FOLDER CONFIGURE-ARGUMENT...
build_in()
{
	local folder=$1
	shift

	if [ ! -f "$folder/build.ninja" ]; then
		quietly "Configuring $folder" cmake -B "$folder" "$@" ||
			return 1
	fi
	quietly "Building $folder" cmake --build "$folder"
}
