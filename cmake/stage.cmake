# meridian_stage(<name> SOURCES a.cpp ... [HEADERS a.hpp ...] [LINK other stages and libraries])
# One static library per folder of src/. HEADERS are compiled on their own (self-containment).
# LINK holds what the stage may include: the table in docs/architecture.md, checked by tests/architecture.
function(meridian_stage name)
  cmake_parse_arguments(STAGE "" "" "SOURCES;HEADERS;LINK" ${ARGN})
  if(NOT STAGE_SOURCES)  # a stage whose code is still to come
    add_library(meridian_${name} INTERFACE)
    target_link_libraries(meridian_${name} INTERFACE meridian_flags ${STAGE_LINK})
    return()
  endif()
  add_library(meridian_${name} STATIC ${STAGE_SOURCES})
  target_sources(meridian_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src FILES ${STAGE_HEADERS})
  target_include_directories(meridian_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_compile_options(meridian_${name} PRIVATE -march=${MERIDIAN_ARCH})
  target_link_libraries(meridian_${name} PUBLIC meridian_flags ${STAGE_LINK})
  set_target_properties(meridian_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()

# meridian_unit_test(<stage> SOURCES ...): one Catch2 executable per stage, one ctest entry per executable.
# The target unit_tests builds them all.
function(meridian_unit_test stage)
  cmake_parse_arguments(TEST "" "" "SOURCES;LINK" ${ARGN})
  add_executable(unit_${stage} ${TEST_SOURCES})
  if(NOT TARGET unit_tests)
    add_custom_target(unit_tests)
  endif()
  add_dependencies(unit_tests unit_${stage})
  target_compile_options(unit_${stage} PRIVATE -march=${MERIDIAN_ARCH})
  target_include_directories(unit_${stage} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(unit_${stage} PRIVATE meridian_${stage} ${TEST_LINK} meridian_catch_main)
  add_test(NAME unit.${stage} COMMAND unit_${stage} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(unit.${stage} PROPERTIES LABELS unit)
endfunction()
