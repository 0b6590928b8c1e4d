#include "commands/share.hpp"

#include <cstdlib>
#include <filesystem>

#include "error.hpp"

namespace meridian::commands {

std::string share_folder() {
  namespace fs = std::filesystem;
  if (const char* named = std::getenv("MERIDIAN_SHARE")) {
    if (fs::is_directory(named)) return named;
    throw InputError("environment variable MERIDIAN_SHARE", "'" + std::string(named) + "'", "a folder",
                     "Name the folder that holds data/ and jobs/, or unset it.");
  }
  std::error_code unreadable;
  const fs::path executable = fs::read_symlink("/proc/self/exe", unreadable);
  const fs::path installed = executable.parent_path().parent_path() / "share" / "meridian";
  const fs::path source = MERIDIAN_SOURCE;
  return fs::is_directory(source / "data") && !fs::is_directory(installed) ? source : installed;
}

}  // namespace meridian::commands
