# Tests that start the executable as users do. MPI's variables: as root, more ranks than cores, ranks that wait do not spin.
# Other launchers than Open MPI's (Hydra of MPICH, Intel MPI) know neither --quiet nor --oversubscribe and need neither.
execute_process(COMMAND ${MPIEXEC_EXECUTABLE} --version OUTPUT_VARIABLE launcher_version ERROR_VARIABLE launcher_version)
set(MERIDIAN_LAUNCH ${MPIEXEC_EXECUTABLE} --bind-to none -np)
if(launcher_version MATCHES "Open MPI|OpenRTE")
  set(MERIDIAN_LAUNCH ${MPIEXEC_EXECUTABLE} --quiet --oversubscribe --bind-to none -np)
endif()
string(REPLACE ";" " " launch_words "${MERIDIAN_LAUNCH}")
set(MERIDIAN_TEST_ENVIRONMENT
  MERIDIAN_EXE=${PROJECT_BINARY_DIR}/src/meridian
  MERIDIAN_SOURCE=${PROJECT_SOURCE_DIR}
  "MERIDIAN_LAUNCH=${launch_words}"
  PYTHONPATH=${PROJECT_SOURCE_DIR}/tests/support PYTHONDONTWRITEBYTECODE=1
  OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_mpi_yield_when_idle=1
  OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,vader)

# meridian_command_test(<name> <script> [arguments]): ctest entry command.<name>. The script (.sh or .py, beside the CMakeLists.txt)
# runs in the source tree with MERIDIAN_EXE, MERIDIAN_SOURCE and MERIDIAN_LAUNCH; tests/support/command_test.sh or .py helps it.
function(meridian_command_test name script)
  if(script MATCHES "\\.py$")
    set(interpreter python3)
  else()
    set(interpreter bash)
  endif()
  add_test(NAME command.${name} COMMAND ${interpreter} ${CMAKE_CURRENT_SOURCE_DIR}/${script} ${ARGN}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(command.${name} PROPERTIES LABELS command PROCESSORS 2 TIMEOUT 600
    ENVIRONMENT "${MERIDIAN_TEST_ENVIRONMENT}")
endfunction()

# meridian_ranks_test(<name> <ranks> <command>...): ctest entry <name>, label parallel, that runs the command under mpirun.
function(meridian_ranks_test name ranks)
  add_test(NAME ${name} COMMAND ${MERIDIAN_LAUNCH} ${ranks} ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS parallel PROCESSORS 2 TIMEOUT 120
    ENVIRONMENT "${MERIDIAN_TEST_ENVIRONMENT}")
endfunction()
