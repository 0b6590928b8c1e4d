#pragma once
// A table of findings as an accessible HTML table in a container of its own that scrolls.
#include <string>

#include "findings/table.hpp"
#include "report/element.hpp"

namespace meridian::report {

/// `folder` is where the table's files lie below the run (links to its CSV and JSON; empty: no links). Longer tables
/// than 60 rows end with a sentence that says where the rest is.
Html table_html(const findings::Table& table, const std::string& id, const std::string& folder);

}  // namespace meridian::report
