#pragma once
// A folder for what is measured or tried out and then thrown away.
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "error.hpp"

namespace meridian::commands {

/// Made below TMPDIR, removed at the end. Throws InputError if it cannot be made.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::error_code none;
    const std::filesystem::path below = std::filesystem::temp_directory_path(none);
    path_ = (below / "meridian-XXXXXX").string();
    if (none || ::mkdtemp(path_.data()) == nullptr)
      throw InputError("TMPDIR", "no folder that can be written", "one for temporary files", "Set TMPDIR.");
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::filesystem::path path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace meridian::commands
