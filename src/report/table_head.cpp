#include "report/table_head.hpp"

#include "report/table_columns.hpp"

namespace meridian::report {
namespace {

Html column_cell(const findings::Column& column, const std::string& group, bool spans_both, const HeadLook& look) {
  std::vector<Attribute> attributes{{"scope", "col"}, {spans_both ? "rowspan" : "", "2"}};
  for (const Attribute& own : look.of_column(column)) attributes.push_back(own);
  return element("th", attributes, look.words(column, group));
}

Html group_cell(const ColumnGroup& group, const HeadLook& look) {
  return element("th", {{"scope", "colgroup"}, {"colspan", std::to_string(group.count)}, look.of_group},
                 text(group.title));
}

}  // namespace

Html head_rows(const findings::Table& table, const HeadLook& look) {
  const std::vector<ColumnGroup> groups = column_groups(table);
  const std::vector<std::string> titles = titles_of_groups(table, groups);
  Html above, below;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    for (const ColumnGroup& group : groups)
      if (group.first == i) above += group_cell(group, look);
    const bool spans_both = !groups.empty() && titles[i].empty();
    (spans_both ? above : below) += column_cell(table.columns[i], titles[i], spans_both, look);
  }
  return (groups.empty() ? Html{} : element("tr", above)) + element("tr", below);
}

}  // namespace meridian::report
