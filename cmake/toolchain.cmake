# One set of compiler flags for every target. Numbers must not depend on optimiser liberties:
# no fast-math, and contraction off so that g++ and clang round alike.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(MERIDIAN_CCACHE ccache)
if(MERIDIAN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MERIDIAN_CCACHE})
endif()

add_library(meridian_flags INTERFACE)
target_compile_options(meridian_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion
  -ffp-contract=off -fno-math-errno
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 sees overlaps in "text" + std::string (GCC bug 105651)
  $<$<BOOL:${MERIDIAN_WERROR}>:-Werror>)
# Libraries that a dependency names but nothing here calls are not loaded.
target_link_options(meridian_flags INTERFACE LINKER:--as-needed)
if(MERIDIAN_SANITIZE)
  # Eigen binds references to the first entry of matrices without any, and never reads them; a real use of a null
  # pointer is told by the address sanitizer all the same.
  target_compile_options(meridian_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize=null -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(meridian_flags INTERFACE -fsanitize=address,undefined)
endif()
# Eigen: one thread per product and no sizes read from the machine (docs/architecture.md, determinism).
target_compile_definitions(meridian_flags INTERFACE EIGEN_DONT_PARALLELIZE)
