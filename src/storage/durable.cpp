#include "storage/durable.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "error.hpp"

namespace meridian::storage {
namespace {

/// Returns 0 or the reason. Some network file systems cannot sync folders (EINVAL): nothing is lost.
int sync(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int reason = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  return (flags & O_DIRECTORY) && (reason == EINVAL || reason == ENOTSUP) ? 0 : reason;
}

}  // namespace

std::filesystem::path part_of(const std::filesystem::path& file) { return file.string() + ".part"; }

void publish(const std::filesystem::path& file) {
  const std::filesystem::path part = part_of(file);
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  int reason = sync(part, O_RDONLY);
  if (reason == 0 && ::rename(part.c_str(), file.c_str()) != 0) reason = errno;
  // A rank that outlived its killed run by a moment may have given the same unit its name: equal bytes, so it is done.
  if (reason == ENOENT && std::filesystem::exists(file)) reason = 0;
  if (reason == 0) reason = sync(folder, O_RDONLY | O_DIRECTORY);
  if (reason == 0) return;
  ::unlink(part.c_str());
  throw InputError(file.string() + ": cannot be written (" + std::strerror(reason) + "). " + write_remedy(reason));
}

std::string write_remedy(int error) {
  const std::string kept = " Finished files are kept; run the same command again.";
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "Free some space, or choose another folder with --out." + kept;
    case EFBIG:
      return "Raise the file size limit (ulimit -f), or choose another folder with --out." + kept;
    default:
      return "Check the folder's file system and permissions, or choose another folder with --out." + kept;
  }
}

}  // namespace meridian::storage
