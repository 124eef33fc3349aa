# Cross-builds for armhf with Debian's compiler and a folder of Debian's
# libraries, which need not be installed, nor of our own libraries' version:
#
#	apt-get install gcc-arm-linux-gnueabihf
#	tests/boards/debian.py FOLDER libc6:armhf libssl-dev:armhf ...
#
# RINGFENCE_SYSROOT is that folder. ./test boards makes it, and
# cmake --preset armhf uses it.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-linux-gnueabihf-gcc)
set(CMAKE_LIBRARY_ARCHITECTURE arm-linux-gnueabihf)

set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES RINGFENCE_SYSROOT)
if(NOT EXISTS "${RINGFENCE_SYSROOT}")
	message(FATAL_ERROR "RINGFENCE_SYSROOT is no folder: "
		"\"${RINGFENCE_SYSROOT}\". ./test boards makes it.")
endif()
set(CMAKE_FIND_ROOT_PATH "${RINGFENCE_SYSROOT}")
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)

# pkg-config would name the libraries of the machine that builds
set(sysroot_lib "${RINGFENCE_SYSROOT}/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}")
set(ENV{PKG_CONFIG_SYSROOT_DIR} "${RINGFENCE_SYSROOT}")
set(ENV{PKG_CONFIG_LIBDIR} "${sysroot_lib}/pkgconfig")

# Also for libre and baresip, whose makefiles are run while this is configured
set(sysroot_include "${RINGFENCE_SYSROOT}/usr/include")
set(sysroot_arch "${sysroot_include}/${CMAKE_LIBRARY_ARCHITECTURE}")
set(CMAKE_C_FLAGS_INIT "-isystem ${sysroot_arch} -isystem ${sysroot_include}")
set(ENV{C_INCLUDE_PATH} "${sysroot_arch}:${sysroot_include}")

# What a "Please install" adds to a library's name
set(RINGFENCE_DEV_SUFFIX ":armhf")
