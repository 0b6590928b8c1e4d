#pragma once
// SHA-256 of bytes, of files, and of all results of a run.
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace meridian::storage {

/// A SHA-256 that is fed piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  void add(const void* bytes, std::size_t count);
  void add(const std::string& text) { add(text.data(), text.size()); }
  /// 64 hexadecimal digits; call once.
  std::string finish();
  /// The same as 32 bytes.
  std::string finish_bytes();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// SHA-256 as 64 hexadecimal digits.
std::string sha256(const std::string& bytes);
/// SHA-256 as 32 bytes.
std::string sha256_bytes(const std::string& bytes);
/// Throws InputError if the file cannot be read.
std::string sha256_file(const std::filesystem::path& file);

/// digest.txt: one SHA-256 over the sorted lines "<path> <sha256>\n" of everything under similarity/ models/ tables/
/// resampling/; HDF5 files by dataset contents. Writes the per-file lines to digests.txt beside it.
std::string write_run_digest(const std::filesystem::path& run);
/// The lines as (path relative to the run, sha256), sorted by path. Unfinished files (*.part) do not count.
std::vector<std::pair<std::string, std::string>> run_digests(const std::filesystem::path& run);

}  // namespace meridian::storage
