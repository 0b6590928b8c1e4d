#pragma once
#include <string>

namespace meridian::commands {

/// Folder that holds data/ and jobs/: MERIDIAN_SHARE, else <prefix>/share/meridian beside the executable, else the
/// source tree it was built from. Throws InputError if MERIDIAN_SHARE is no folder; who needs a file from it checks for
/// it.
std::string share_folder();

}  // namespace meridian::commands
