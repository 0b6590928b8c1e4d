#pragma once
// The doorway to HDF5's C library: identifiers that close themselves, return codes that become exceptions. This header
// names no HDF5 type, so that <hdf5.h> stays in .cpp files.
#include <cstdint>
#include <filesystem>
#include <string>

namespace meridian::storage {

/// HDF5's hid_t (checked in the .cpp).
using Identifier = std::int64_t;

/// Owns an identifier. Closing in the destructor ignores errors; close() reports them.
class Handle {
 public:
  using Close = int (*)(Identifier);
  Handle(Identifier identifier, Close closer) : identifier_(identifier), close_(closer) {}
  ~Handle();
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&&) = delete;
  operator Identifier() const { return identifier_; }
  /// Closes now; HDF5's return code.
  int close();

 private:
  Identifier identifier_;
  Close close_;
};

/// HDF5's own words about the last failed call: the innermost reason.
std::string hdf5_reason();
/// Turns off the error print-out, forgets earlier errors. Call before each piece of work.
void quiet_hdf5();

/// Checks every call on one file that is read. A failed call throws InputError: the file is damaged or not ours.
class Reading {
 public:
  explicit Reading(std::filesystem::path file) : file_(std::move(file)) { quiet_hdf5(); }
  /// A closing handle, or the exception.
  Handle own(Identifier identifier, Handle::Close close) const;
  void done(int code) const;
  [[noreturn]] void fail(const std::string& reason) const;
  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
};

/// The same for a file that is written: the reason with the remedy for a full disk, a limit, a missing folder.
class Writing {
 public:
  explicit Writing(std::filesystem::path file) : file_(std::move(file)) { quiet_hdf5(); }
  Handle own(Identifier identifier, Handle::Close close) const;
  void done(int code) const;
  [[noreturn]] void fail() const;

 private:
  std::filesystem::path file_;
};

/// Opens or creates a file as all our files are: no locks (network file systems often have none; a run folder has one
/// owner), checksummed metadata, no object times.
Handle open_hdf5(const Reading& reading);
Handle create_hdf5(const Writing& writing, const std::filesystem::path& file);

}  // namespace meridian::storage
