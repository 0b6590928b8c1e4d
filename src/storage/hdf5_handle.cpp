#include "storage/hdf5_handle.hpp"

#include <hdf5.h>

#include <cerrno>
#include <cstdlib>
#include <type_traits>
#include <utility>

#include "error.hpp"
#include "storage/durable.hpp"

namespace meridian::storage {
namespace {

static_assert(std::is_same_v<hid_t, Identifier>, "HDF5 1.10 or later");
static_assert(std::is_same_v<herr_t, int>);

/// Walking upward visits the innermost error first; the first description is the reason.
herr_t keep_first(unsigned, const H5E_error2_t* error, void* data) {
  auto* reason = static_cast<std::string*>(data);
  if (reason->empty() && error->desc) *reason = error->desc;
  return 0;
}

/// "file write failed: time = ..., errno = 28, error message = '...', ..." -> 28; 0 if there is none.
int errno_of(const std::string& reason) {
  const std::string mark = "errno = ";
  const std::size_t found = reason.find(mark);
  return found == std::string::npos ? 0 : std::atoi(reason.c_str() + found + mark.size());
}

/// Times and addresses in HDF5's message help nobody.
std::string in_short(const std::string& reason) {
  const std::string mark = "error message = '";
  const std::size_t start = reason.find(mark);
  if (start == std::string::npos) return reason;
  const std::size_t text = start + mark.size();
  return reason.substr(text, reason.find('\'', text) - text);
}

Handle access_properties() {
  Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V110);
#if H5_VERSION_GE(1, 10, 7)
  H5Pset_file_locking(access, false, true);
#endif
  H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
  return access;
}

}  // namespace

Handle::~Handle() { close(); }
Handle::Handle(Handle&& other) noexcept
    : identifier_(std::exchange(other.identifier_, H5I_INVALID_HID)), close_(other.close_) {}
int Handle::close() {
  const Identifier identifier = std::exchange(identifier_, H5I_INVALID_HID);
  return identifier < 0 ? 0 : close_(identifier);
}

std::string hdf5_reason() {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &reason);
  return reason.empty() ? "unknown reason" : reason;
}

void quiet_hdf5() {
  // After a failed write HDF5 (1.10.8) cannot close the file, and its clean-up at exit crashes: every file here is
  // closed by its handle, so there is nothing to clean up.
  static const int no_clean_up_at_exit = H5dont_atexit();
  static_cast<void>(no_clean_up_at_exit);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5Eclear2(H5E_DEFAULT);
}

Handle Reading::own(Identifier identifier, Handle::Close close) const {
  if (identifier < 0) fail(in_short(hdf5_reason()));
  return {identifier, close};
}
void Reading::done(int code) const {
  if (code < 0) fail(in_short(hdf5_reason()));
}
void Reading::fail(const std::string& reason) const {
  throw InputError("damaged file " + file_.string() + ": " + reason +
                   ". Run the same command again with --repair: what is damaged is computed anew.");
}

Handle Writing::own(Identifier identifier, Handle::Close close) const {
  if (identifier < 0) fail();
  return {identifier, close};
}
void Writing::done(int code) const {
  if (code < 0) fail();
}
void Writing::fail() const {
  const std::string reason = hdf5_reason();
  throw InputError(file_.string() + ": cannot be written (" + in_short(reason) + "). " +
                   write_remedy(errno_of(reason)));
}

Handle open_hdf5(const Reading& reading) {
  const Handle access = access_properties();
  return reading.own(H5Fopen(reading.file().c_str(), H5F_ACC_RDONLY, access), H5Fclose);
}

Handle create_hdf5(const Writing& writing, const std::filesystem::path& file) {
  const Handle access = access_properties();
  // No buffers for data: what they hold is written when a dataset closes, and a disk that is full only then would be
  // told to nobody. Our arrays are written whole anyway.
  writing.done(H5Pset_sieve_buf_size(access, 0));
  writing.done(H5Pset_cache(access, 0, 0, 0, 0.0));
  // The root group is an object too: without this its times would make equal arrays differ in their bytes.
  const Handle creation = writing.own(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
  writing.done(H5Pset_obj_track_times(creation, false));
  return writing.own(H5Fcreate(file.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose);
}

}  // namespace meridian::storage
