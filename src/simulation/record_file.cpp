#include "simulation/record_file.hpp"

#include <cerrno>
#include <cstring>

#include "error.hpp"

namespace meridian::simulation {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw InputError(file.string(), std::strerror(errno), "a file that can be written",
                   "Check the folder's permissions and the space left.");
}

}  // namespace

RecordFile::RecordFile(const std::filesystem::path& file) : file_(file), part_(file.string() + ".part") {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  stream_ = std::fopen(part_.c_str(), "wb");
  if (!stream_) fail(part_);
  std::setvbuf(stream_, nullptr, _IONBF, 0);
  buffer_.reserve(buffer_limit + 65536);
}

RecordFile::~RecordFile() {
  if (!stream_) return;
  std::fclose(stream_);
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void RecordFile::field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    buffer_.append(text);
    return;
  }
  buffer_.push_back('"');
  for (const char character : text) {
    if (character == '"') buffer_.push_back('"');
    buffer_.push_back(character);
  }
  buffer_.push_back('"');
}

void RecordFile::flush() {
  if (std::fwrite(buffer_.data(), 1, buffer_.size(), stream_) != buffer_.size()) fail(part_);
  written_ += static_cast<std::int64_t>(buffer_.size());
  buffer_.clear();
}

std::int64_t RecordFile::finish() {
  flush();
  std::FILE* const stream = stream_;
  stream_ = nullptr;
  if (std::fclose(stream) != 0) fail(part_);
  std::error_code error;
  std::filesystem::rename(part_, file_, error);
  if (error) throw InputError(file_.string(), error.message(), "a name that can be replaced", "Remove it.");
  return written_;
}

}  // namespace meridian::simulation
