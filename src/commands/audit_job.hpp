#pragma once
// The job file of an audit: [audit] and one section [layer NAME] per layer.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "audit/layer.hpp"

namespace meridian::commands {

struct AuditLayer {
  audit::LayerInput input;
  audit::Work work;
};

struct AuditJob {
  std::filesystem::path file;
  std::string title;
  bool synthetic = false;                                  ///< the answers are simulated: every output says so
  std::filesystem::path published;                         ///< printed numbers to check; empty: none
  std::vector<AuditLayer> layers;                          ///< in the order of the file
  std::vector<std::filesystem::path> files;                ///< every input file, each once
  std::vector<std::pair<std::string, std::string>> given;  ///< every "section.key" and its value
};

/// Relative paths are looked for in `data` (unless empty), then beside the user, then in `share`. Throws InputError
/// naming file, line and key; docs/formats.md lists the keys.
AuditJob read_audit_job(const std::filesystem::path& file, const std::filesystem::path& data,
                        const std::filesystem::path& share, const std::vector<std::string>& overrides);

}  // namespace meridian::commands
