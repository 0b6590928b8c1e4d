#pragma once
// The head of an HTML table: one row of columns, or two where columns belong together, the groups' titles above.
#include <string>
#include <vector>

#include "findings/table.hpp"
#include "report/element.hpp"

namespace meridian::report {

/// How the cells of a head look; `group` is the title under which a column stands, empty for none.
struct HeadLook {
  std::vector<Attribute> (*of_column)(const findings::Column& column);
  Html (*words)(const findings::Column& column, const std::string& group);
  Attribute of_group;
};

/// The rows within <thead>.
Html head_rows(const findings::Table& table, const HeadLook& look);

}  // namespace meridian::report
