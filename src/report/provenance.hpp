#pragma once
// Where the numbers come from, and how to cite them.
#include <nlohmann/json_fwd.hpp>

#include "report/element.hpp"

namespace meridian::report {

/// One table of the single entries, one for each entry that is an object or a list.
Html provenance_html(const nlohmann::ordered_json& run);
/// The software with its version and commit, the study, and the surveys' sources.
Html citation_html(const nlohmann::ordered_json& run, bool synthetic);

}  // namespace meridian::report
