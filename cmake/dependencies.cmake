# libre, librem and baresip: Debian's sources with our patches, built once as
# static libraries under .deps/ and found again by a key over all that goes
# into them. Gives the imported targets baresip::re, baresip::rem and
# baresip::baresip.
get_filename_component(DEPS_SOURCE "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
find_package(OpenSSL)
find_package(ZLIB)
find_package(ALSA)
find_path(OPUS_INCLUDE opus/opus.h)
find_library(OPUS_LIBRARY opus)

foreach(need OPENSSL_FOUND:libssl-dev ZLIB_FOUND:zlib1g-dev
		ALSA_FOUND:libasound2-dev OPUS_INCLUDE:libopus-dev
		OPUS_LIBRARY:libopus-dev)
	string(REPLACE ":" ";" need ${need})
	list(GET need 0 found)
	list(GET need 1 package)
	if(NOT ${found})
		list(APPEND RINGFENCE_MISSING
			${package}${RINGFENCE_DEV_SUFFIX})
	endif()
endforeach()
foreach(tool make patch tar)
	find_program(RINGFENCE_TOOL_${tool} ${tool})
	if(NOT RINGFENCE_TOOL_${tool})
		list(APPEND RINGFENCE_MISSING ${tool})
	endif()
endforeach()
if(RINGFENCE_MISSING)
	list(REMOVE_DUPLICATES RINGFENCE_MISSING)
	list(JOIN RINGFENCE_MISSING " " RINGFENCE_MISSING)
	message(FATAL_ERROR "Please install: apt-get install "
		"${RINGFENCE_MISSING}")
endif()

# libre's hash reads words past the end of its key, on purpose; -DVALGRIND
# chooses its variant that doesn't.
if(RINGFENCE_SANITIZE)
	set(DEPS_KIND asan)
	set(DEPS_FLAGS "-O1 -g -DVALGRIND -fsanitize=address,undefined"
		" -fno-sanitize-recover=all -fno-omit-frame-pointer")
	list(JOIN DEPS_FLAGS "" DEPS_FLAGS)
else()
	set(DEPS_KIND plain)
	set(DEPS_FLAGS "-O2 -g")
endif()

# libre's makefile knows a compiler by its name, which "cc" hides
get_filename_component(DEPS_CC "${CMAKE_C_COMPILER}" NAME)
if(DEPS_CC MATCHES "^(gcc|clang)")
	set(DEPS_CC "${CMAKE_C_COMPILER}")
else()
	get_filename_component(DEPS_CC "${CMAKE_C_COMPILER}" REALPATH)
endif()

file(GLOB DEPS_INPUTS CONFIGURE_DEPENDS
	"${DEPS_SOURCE}/cmake/patches/*/*.patch")
list(APPEND DEPS_INPUTS
	"${DEPS_SOURCE}/cmake/tarballs.sha256"
	"${DEPS_SOURCE}/cmake/build-deps.sh")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${DEPS_INPUTS})

set(DEPS_KEY "${DEPS_FLAGS};${DEPS_CC};${CMAKE_C_COMPILER_VERSION}")
string(APPEND DEPS_KEY ";${OPENSSL_VERSION};${CMAKE_SYSTEM_PROCESSOR}")
foreach(input IN LISTS DEPS_INPUTS)
	file(SHA256 "${input}" sum)
	file(RELATIVE_PATH input "${DEPS_SOURCE}" "${input}")
	string(APPEND DEPS_KEY ";${input};${sum}")
endforeach()
string(SHA256 DEPS_KEY "${DEPS_KEY}")
string(SUBSTRING "${DEPS_KEY}" 0 16 DEPS_KEY)
set(DEPS_ROOT "${DEPS_SOURCE}/.deps")
set(DEPS_DIR "${DEPS_ROOT}/${DEPS_KIND}-${DEPS_KEY}")

# Two configurations may run at once; the second finds the first's work
function(ringfence_dependencies)
	if(EXISTS "${DEPS_DIR}")
		return()
	endif()
	file(MAKE_DIRECTORY "${DEPS_ROOT}")
	file(LOCK "${DEPS_ROOT}/lock" GUARD FUNCTION TIMEOUT 600)
	if(EXISTS "${DEPS_DIR}")
		return()
	endif()

	message(STATUS "Fetching libre, librem and baresip")
	execute_process(RESULT_VARIABLE failed ERROR_VARIABLE why
		COMMAND "${DEPS_SOURCE}/cmake/fetch.sh"
			"${DEPS_ROOT}/tarballs")
	if(failed)
		message(FATAL_ERROR "No sources of libre, librem and baresip. "
			"${why}")
	endif()

	message(STATUS "Building libre, librem and baresip (once)")
	execute_process(RESULT_VARIABLE failed ERROR_VARIABLE why
		COMMAND "${DEPS_SOURCE}/cmake/build-deps.sh"
			"${DEPS_ROOT}/tarballs" "${DEPS_DIR}" "${DEPS_CC}"
			"${DEPS_FLAGS}")
	if(failed)
		message(FATAL_ERROR "No libre, librem and baresip. ${why}")
	endif()
endfunction()

ringfence_dependencies()

# Imported libraries are SYSTEM includes: their warnings are not ours.
# baresip builds its headers' conditions into CFLAGS; these are the ones that
# its public headers look at.
add_library(baresip::re STATIC IMPORTED GLOBAL)
set_target_properties(baresip::re PROPERTIES
	IMPORTED_LOCATION "${DEPS_DIR}/re/libre.a"
	INTERFACE_INCLUDE_DIRECTORIES "${DEPS_DIR}/re/include"
	INTERFACE_COMPILE_DEFINITIONS
	"HAVE_INTTYPES_H;HAVE_STDBOOL_H;HAVE_INET6;USE_OPENSSL;USE_TLS;RELEASE"
	INTERFACE_LINK_LIBRARIES
	"OpenSSL::SSL;OpenSSL::Crypto;ZLIB::ZLIB;m;pthread;dl;resolv")

add_library(baresip::rem STATIC IMPORTED GLOBAL)
set_target_properties(baresip::rem PROPERTIES
	IMPORTED_LOCATION "${DEPS_DIR}/rem/librem.a"
	INTERFACE_INCLUDE_DIRECTORIES "${DEPS_DIR}/rem/include"
	INTERFACE_LINK_LIBRARIES "baresip::re;m")

add_library(baresip::baresip STATIC IMPORTED GLOBAL)
set_target_properties(baresip::baresip PROPERTIES
	IMPORTED_LOCATION "${DEPS_DIR}/baresip/libbaresip.a"
	INTERFACE_INCLUDE_DIRECTORIES "${DEPS_DIR}/baresip/include"
	INTERFACE_LINK_LIBRARIES
	"baresip::rem;baresip::re;ALSA::ALSA;${OPUS_LIBRARY};m")
