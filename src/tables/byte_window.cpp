#include "tables/byte_window.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "error.hpp"

namespace meridian::tables {
namespace {

constexpr std::size_t first_size = std::size_t{1} << 18;  // small enough for the second-level cache

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& reason) {
  throw InputError(file.string(), reason, "a readable file", "Check the path and its permissions.");
}

}  // namespace

ByteWindow::ByteWindow(const std::filesystem::path& file) : file_(file), buffer_(first_size) {
  descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(file, errno == ENOENT ? "no such file" : std::strerror(errno));
  struct stat facts {};
  if (::fstat(descriptor_, &facts) == 0 && S_ISDIR(facts.st_mode)) {
    ::close(descriptor_);
    fail(file, "a folder");
  }
}

ByteWindow::~ByteWindow() { ::close(descriptor_); }

bool ByteWindow::grow() {
  if (ended_) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), data(), size());
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  ssize_t count = 0;
  do {
    count = ::read(descriptor_, buffer_.data() + end_, buffer_.size() - end_);
  } while (count < 0 && errno == EINTR);
  if (count < 0) fail(file_, std::string("a read error (") + std::strerror(errno) + ")");
  end_ += static_cast<std::size_t>(count);
  ended_ = count == 0;
  return !ended_;
}

void ByteWindow::move_to(std::uint64_t position) {
  if (::lseek(descriptor_, static_cast<off_t>(position), SEEK_SET) < 0)
    fail(file_, std::string("no way to a place in it (") + std::strerror(errno) + ")");
  position_ = position;
  begin_ = end_ = 0;
  ended_ = false;
}

bool ByteWindow::has(std::size_t count) {
  while (size() < count)
    if (!grow()) return false;
  return true;
}

}  // namespace meridian::tables
