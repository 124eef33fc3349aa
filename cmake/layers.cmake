# The layers' rules, ARCHITECTURE.md's table, are a test: who includes whom,
# and that app/ needs nothing of the C library but mem* and str*.
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)
set(RINGFENCE_LAYERS "${CMAKE_SOURCE_DIR}/cmake/layers.py")
