# The module file knows the prefix, and that is known only when it is installed (cmake --install --prefix). DESTDIR is a
# staging folder of packagers, never part of the prefix.
set(module_template ${PROJECT_SOURCE_DIR}/packaging/modulefile/meridian.in)
set(module_folder ${CMAKE_INSTALL_DATADIR}/meridian/modulefiles/meridian)
install(CODE "
  set(MERIDIAN_PREFIX \"\${CMAKE_INSTALL_PREFIX}\")
  set(MERIDIAN_MODULE_VERSION ${PROJECT_VERSION})
  set(target \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${module_folder}/${PROJECT_VERSION}\")
  message(STATUS \"Installing: \${target}\")
  configure_file(\"${module_template}\" \"\${target}\" @ONLY)")
