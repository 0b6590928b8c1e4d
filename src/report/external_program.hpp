#pragma once
// Programs of others that make our files: gnuplot, pandoc. Started directly, without a shell.
#include <filesystem>
#include <string>
#include <vector>

namespace meridian::report {

/// True if an executable of that name stands in a folder of PATH.
bool installed(const std::string& program);

/// What ended: exit code 0 is success; `messages` is what was written to the error stream.
struct Ended {
  int code = 0;
  std::string messages;
};

/// Starts every command line (program first, found in PATH) in `folder`, all at once, and waits for all. A program
/// that cannot be started ends with code 127. Throws InputError if a scratch file for the messages cannot be made.
std::vector<Ended> run_all(const std::vector<std::vector<std::string>>& command_lines,
                           const std::filesystem::path& folder);

}  // namespace meridian::report
