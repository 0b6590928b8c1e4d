// For the sanitized build: a file whose writing failed, or that is damaged, leaves memory behind inside HDF5 (1.10.8),
// which offers no way to give it back. Leaks of our own are still reported. HDF5 is known by the names of its functions
// where it is linked as an archive, else by its library.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:^H5\nleak:libhdf5\n"; }
