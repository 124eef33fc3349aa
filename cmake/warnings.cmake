# Warnings are errors, with gcc and with clang. ringfence_warnings(TARGET)
# sets them; the libraries of others are SYSTEM includes and keep theirs.
function(ringfence_warnings target)
	target_compile_options(${target} PRIVATE
		-pedantic -Wall -Wextra -Werror -Wshadow -Wvla -Wconversion
		-Wcast-qual -Wcast-align -Wundef -Wformat=2 -Wnull-dereference
		-Wmissing-prototypes -Wstrict-prototypes)
	if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
		target_compile_options(${target} PRIVATE -Wold-style-definition)
	endif()
endfunction()

if(RINGFENCE_SANITIZE)
	add_compile_options(-fsanitize=address,undefined
		-fno-sanitize-recover=all -fno-omit-frame-pointer)
	add_link_options(-fsanitize=address,undefined)
endif()
