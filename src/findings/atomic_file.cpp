// write_text: readers see the old file or the new one, never a part, also after a crash.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>

#include "error.hpp"
#include "findings/files.hpp"

namespace meridian::findings {
namespace {

std::string remedy(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "Free some space, or choose another folder with --out.";
    case EFBIG:
      return "Raise the file size limit (ulimit -f), or choose another folder with --out.";
    case EROFS:
      return "The file system is read-only: choose another folder with --out.";
    case EACCES:
    case EPERM:
      return "Change the folder's permissions, or choose another folder with --out.";
    case ENOTDIR:
    case EEXIST:
      return "A file stands where a folder is needed: remove it, or choose another folder with --out.";
    default:
      return "Choose another folder with --out.";
  }
}

[[noreturn]] void fail(const std::filesystem::path& file, const char* doing, int error) {
  throw InputError(file.string() + ": cannot be written (" + doing + ": " + std::strerror(error) + "). " +
                   remedy(error));
}

/// An open descriptor that is closed whatever happens.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  bool is_open() const { return value_ >= 0; }
  int get() const { return value_; }
  int close() {
    const int value = std::exchange(value_, -1);
    return value < 0 ? 0 : ::close(value);
  }

 private:
  int value_;
};

/// Name of the step that failed with errno set, or nullptr.
const char* write_and_sync(const std::filesystem::path& part, std::string_view text) {
  Descriptor file(part, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.is_open()) return "create";
  while (!text.empty()) {
    const ssize_t count = ::write(file.get(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return "write";
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(file.get()) != 0) return "sync";
  return file.close() != 0 ? "close" : nullptr;
}

/// The rename itself lasts only once the folder is synced. Some network file systems cannot (EINVAL): nothing is lost.
void sync_folder(const std::filesystem::path& folder, const std::filesystem::path& file) {
  const Descriptor descriptor(folder, O_RDONLY | O_DIRECTORY);
  if (!descriptor.is_open()) fail(file, "open folder", errno);
  if (::fsync(descriptor.get()) != 0 && errno != EINVAL && errno != ENOTSUP) fail(file, "sync folder", errno);
}

}  // namespace

void write_text(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) fail(file, "create folder", problem.value());
  const std::filesystem::path part = file.string() + ".part";
  const char* failed = write_and_sync(part, text);
  if (failed == nullptr && ::rename(part.c_str(), file.c_str()) != 0) failed = "rename";
  if (failed != nullptr) {
    const int error = errno;
    ::unlink(part.c_str());
    fail(file, failed, error);
  }
  sync_folder(folder, file);
}

}  // namespace meridian::findings
