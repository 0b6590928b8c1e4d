find_package(MPI REQUIRED COMPONENTS CXX)
find_package(OpenMP REQUIRED COMPONENTS CXX)
# As an archive where there is one: Debian's shared library draws in libcurl and thirty libraries behind it, 5 MB of memory
# in every process (docs/benchmarks.md). OFF for a site whose archive cannot be linked into a position-independent program.
option(HDF5_USE_STATIC_LIBRARIES "Link HDF5 as an archive where there is one" ON)
find_package(HDF5 1.10 REQUIRED COMPONENTS C HL)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(simdjson 3.0 REQUIRED)

# Headers only, without a CMake package of its own.
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
add_library(Random123 INTERFACE IMPORTED)
target_include_directories(Random123 SYSTEM INTERFACE ${RANDOM123_INCLUDE_DIR})
