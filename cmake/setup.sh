# For ./run and ./test: the packages of a Debian that lacks them, and builds
# that say nothing unless they fail. To be sourced by bash.

# What building and running takes; the recommended packages are not needed
BUILD_PACKAGES="gcc libc6-dev cmake ninja-build make patch pkg-config python3
	libssl-dev zlib1g-dev libasound2-dev libopus-dev libcmocka-dev
	fonts-spleen unifont tzdata ca-certificates debian-archive-keyring"
TEST_PACKAGES="clang sip-tester"

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
	local package

	for package; do
		dpkg-query -W -f '${db:Status-Status}' "$package" \
			2> /dev/null | grep -qx installed ||
			echo "$package"
	done
}


# The sanitizers' library has clang's version in its name
clang_runtime()
{
	apt-cache depends clang 2> /dev/null |
		sed -n 's/^ *Depends: clang-\([0-9]*\)$/libclang-rt-\1-dev/p'
}


# As root by itself, else by sudo, else the user is told what to do
install_packages()
{
	local missing sudo=

	command -v apt-get > /dev/null || return 0 # CMake says what it lacks
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0

	missing=$(echo $missing)
	if [ "$(id -u)" != 0 ]; then
		sudo="sudo"
		command -v sudo > /dev/null ||
			fail "Please install as root:" \
				"apt-get install $missing"
	fi

	echo "Installing $missing"
	quietly "apt-get update" $sudo apt-get -q update || exit 1
	quietly "apt-get install $missing" \
		$sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get -qy -o DPkg::Lock::Timeout=120 \
		--no-install-recommends install $missing || exit 1
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
