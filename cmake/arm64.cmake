# Cross-builds for arm64 on a Debian of another kind, with Debian's compiler
# and its libraries for arm64 beside our own:
#
#	dpkg --add-architecture arm64 && apt-get update
#	apt-get install gcc-aarch64-linux-gnu libssl-dev:arm64 \
#		zlib1g-dev:arm64 libasound2-dev:arm64 libopus-dev:arm64
#
# cmake --preset arm64 uses it.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

# pkg-config would name the libraries of the machine that builds
set(ENV{PKG_CONFIG_LIBDIR}
	"/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig")

# What a "Please install" adds to a library's name
set(RINGFENCE_DEV_SUFFIX ":arm64")
