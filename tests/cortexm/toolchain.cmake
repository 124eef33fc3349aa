# A Cortex-M4 without a floating-point unit and without a C library: the
# compiler's own headers (-ffreestanding's), tests/cortexm/freestanding, and
# nothing else, even where a C library for it is installed.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(_includes)
foreach(_folder include include-fixed)
	execute_process(
		COMMAND ${CMAKE_C_COMPILER} -print-file-name=${_folder}
		OUTPUT_VARIABLE _path OUTPUT_STRIP_TRAILING_WHITESPACE
		COMMAND_ERROR_IS_FATAL ANY)
	string(APPEND _includes " -isystem ${_path}")
endforeach()

set(CMAKE_C_FLAGS_INIT "-mcpu=cortex-m4 -mthumb -ffreestanding -nostdinc")
string(APPEND CMAKE_C_FLAGS_INIT
	" -isystem ${CMAKE_CURRENT_LIST_DIR}/freestanding${_includes}")
set(CMAKE_EXE_LINKER_FLAGS_INIT
	"-nostdlib -Wl,--fatal-warnings -T ${CMAKE_CURRENT_LIST_DIR}/mps2.ld")
# What the compiler itself calls, such as the division of 64 bits
set(CMAKE_C_STANDARD_LIBRARIES_INIT "-lgcc")
