# The target "glyphs" makes ${CMAKE_BINARY_DIR}/glyphs.bin, the glyph file of
# app/ui/font.h, from Debian's packages fonts-spleen and unifont.
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)

set(RINGFENCE_GLYPHS ${CMAKE_BINARY_DIR}/glyphs.bin)
set(RINGFENCE_SPLEEN /usr/share/consolefonts/spleen-6x12.psfu.gz
	CACHE FILEPATH "Spleen 6x12, a PSF2 font")
set(RINGFENCE_UNIFONT /usr/share/unifont/unifont.hex
	CACHE FILEPATH "Unifont, a .hex font")

# A font that is missing is no dependency: the script then says in a
# sentence what to install, which the build tool would not.
set(_fonts)
foreach(_font ${RINGFENCE_SPLEEN} ${RINGFENCE_UNIFONT} ${RINGFENCE_UNIFONT}.gz)
	if(EXISTS ${_font})
		list(APPEND _fonts ${_font})
	endif()
endforeach()

add_custom_command(OUTPUT ${RINGFENCE_GLYPHS}
	COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/glyphs.py
		--spleen ${RINGFENCE_SPLEEN} --unifont ${RINGFENCE_UNIFONT}
		${RINGFENCE_GLYPHS}
	DEPENDS ${CMAKE_CURRENT_LIST_DIR}/glyphs.py ${_fonts}
	COMMENT "Glyphs from Spleen and Unifont"
	VERBATIM)
add_custom_target(glyphs ALL DEPENDS ${RINGFENCE_GLYPHS})
