# For ./run and ./test: the packages of a Debian that lacks them, and builds
# that say nothing unless they fail. To be sourced by bash.

# What building and running takes; the recommended packages are not needed
BUILD_PACKAGES="gcc libc6-dev cmake ninja-build make patch pkg-config python3
	libssl-dev zlib1g-dev libasound2-dev libopus-dev libcmocka-dev
	fonts-spleen unifont tzdata ca-certificates debian-archive-keyring"
TEST_PACKAGES="clang g++ sip-tester libical-dev libphonenumber-dev"
CORTEXM_PACKAGES="gcc-arm-none-eabi qemu-system-arm"
PACKAGE_PACKAGES="build-essential dpkg-dev debhelper lintian mmdebstrap mandoc
	man-db sip-tester iproute2"
# For the package of another architecture: built, and run program by program
CROSS_PACKAGES="crossbuild-essential-arm64 qemu-user-static arch-test"

# What the boards' virtual machines take
BOARD_PACKAGES="qemu-system-arm device-tree-compiler kmod binutils sip-tester
	libasound2-data"
# A machine's test, and the preset of its phone
BOARD_BUILDS="virt:arm64 raspi3b:raspberrypi sabrelite:armhf"

# arm64: a compiler, and libraries that live beside the machine's own
ARM64_PACKAGES="libc6-dev:arm64 libssl-dev:arm64 zlib1g-dev:arm64
	libasound2-dev:arm64 libopus-dev:arm64"
ARM64_COMPILER=gcc-aarch64-linux-gnu

# armhf: a compiler, and libraries that are not installed but lie in a folder
ARMHF_PACKAGES="gcc-arm-linux-gnueabihf libc6-dev-armhf-cross"
ARMHF_SYSROOT=build/armhf-sysroot
ARMHF_LIBRARIES="libc6:armhf libssl-dev:armhf libssl3:armhf zlib1g-dev:armhf
	zlib1g:armhf libasound2-dev:armhf libasound2:armhf libopus-dev:armhf
	libopus0:armhf"

# The mirror's time for apt's lists, and for all packages of one kind
UPDATE_S=180
FETCH_S=600

APT_OPTIONS="-o DPkg::Lock::Timeout=120 -o Acquire::Retries=2
	-o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30"

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
	(apt_update) > /dev/null 2>&1 ||
		echo "apt-get update failed; going on with the lists there are"
	# dpkg at its work is not to be stopped: only the mirror is timed
	as_root timeout "$FETCH_S" apt-get -qy $APT_OPTIONS \
		--no-install-recommends --download-only install $missing
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -qy $APT_OPTIONS --no-install-recommends \
		install $missing
}


apt_update()
{
	as_root timeout "$UPDATE_S" apt-get -q $APT_OPTIONS update
}


# Boards are made of Debian's packages
need_debian()
{
	command -v dpkg > /dev/null && command -v apt-get > /dev/null ||
		fail "The boards' machines are made of Debian's packages:" \
			"please run this on Debian."
}


# The compiler for arm64 and libraries of that architecture
install_arm64()
{
	local native

	need_debian
	native=$(dpkg --print-architecture)
	if ! { echo "$native"; dpkg --print-foreign-architectures; } |
			grep -qx arm64; then
		need_root "dpkg --add-architecture arm64"
		echo "Adding the architecture arm64 to dpkg"
		as_root dpkg --add-architecture arm64
	fi
	[ "$native" = arm64 ] || install_packages "$ARM64_COMPILER"
	install_packages $ARM64_PACKAGES
}


# The compiler for armhf, and a folder of its libraries
install_armhf()
{
	need_debian
	install_packages $ARMHF_PACKAGES
	[ -d "$ARMHF_SYSROOT" ] && return
	echo "Downloading libraries for armhf"
	timeout "$FETCH_S" python3 -B tests/boards/debian.py \
		"$ARMHF_SYSROOT" $ARMHF_LIBRARIES
}


# install_board MACHINE PRESET: all that this machine takes from outside
install_board()
{
	need_debian
	install_packages $BUILD_PACKAGES $BOARD_PACKAGES || return
	case $2 in
	armhf) install_armhf ;;
	*) install_arm64 ;;
	esac || return
	fetch_board "$1" 2> /dev/null && return
	# The lists may be older than what the mirror still has
	need_root "apt-get update"
	(apt_update) > /dev/null 2>&1
	fetch_board "$1"
}


# fetch_board MACHINE: its kernel and the like, into the cache
fetch_board()
{
	timeout "$FETCH_S" python3 -B tests/boards/fetch.py "$1"
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
