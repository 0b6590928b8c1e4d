#include "analysis/refusal_tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace meridian::analysis {
namespace {

using findings::Kind;
using Key = std::vector<std::string>;

struct Sum {
  std::int64_t cells = 0, trials = 0, fewest = 0, most = 0;
};

struct Field {
  const char* name;
  std::string RefusalCell::*label;
};

/// Groups in the order in which the cells first name them; `together`: over both origins, whose label is then empty.
std::vector<std::pair<Key, Sum>> grouped(const RefusalCounts& counts, const std::vector<Field>& fields, bool together) {
  std::vector<std::pair<Key, Sum>> groups;
  std::map<Key, std::size_t> places;
  for (const RefusalCell& cell : counts.cells) {
    Key key;
    for (const Field& field : fields)
      key.push_back(together && field.label == &RefusalCell::origin ? "" : cell.*field.label);
    const auto [place, added] = places.emplace(key, groups.size());
    if (added) groups.push_back({key, {}});
    Sum& sum = groups[place->second].second;
    ++sum.cells;
    sum.trials += cell.trials;
    sum.fewest += cell.fewest;
    sum.most += cell.most;
  }
  return groups;
}

/// Standard deviation (n - 1) of trials that are 1 (refused) or 0.
double deviation(const Sum& sum) {
  const auto n = static_cast<double>(sum.trials), p = static_cast<double>(sum.fewest) / n;
  return sum.trials > 1 ? std::sqrt(p * (1 - p) * n / (n - 1)) : std::nan("");
}

void add_row(const RefusalCounts& counts, const Key& key, const Sum& sum, findings::Table& table) {
  std::vector<findings::Cell> row;
  for (const std::string& label : key) row.push_back(label.empty() ? findings::Cell{} : findings::Cell{label});
  const auto trials = static_cast<double>(sum.trials);
  row.insert(row.end(), {sum.cells, sum.trials, sum.fewest, static_cast<double>(sum.fewest) / trials, deviation(sum)});
  if (counts.exact)
    row.insert(row.end(), {findings::Cell{}, findings::Cell{}});
  else
    row.insert(row.end(), {sum.most, static_cast<double>(sum.most) / trials});
  table.add(std::move(row));
}

findings::Table rate_table(const RefusalCounts& counts, const std::string& name, const std::string& title,
                           const std::vector<Field>& fields) {
  findings::Table table;
  table.name = name;
  table.title = title;
  table.caption = counts.exact
                      ? "Share of trials without a valid answer, counted in " + counts.file + "; sd: of single trials."
                      : "Bounds: " + counts.file +
                            " holds means over an unknown number of valid trials. refused, rate and sd: at least so "
                            "many trials were without a valid answer; refused_most, rate_most: at most so many.";
  for (const Field& field : fields) table.columns.push_back({field.name, Kind::text, ""});
  for (const char* column : {"cells", "trials", "refused"}) table.columns.push_back({column, Kind::integer, ""});
  for (const char* column : {"rate", "sd"}) table.columns.push_back({column, Kind::real, ""});
  table.columns.push_back({"refused_most", Kind::integer, ""});
  table.columns.push_back({"rate_most", Kind::real, ""});
  for (const bool together : {true, false}) {
    if (together && fields.front().label == &RefusalCell::llm) continue;  // a model has one origin
    for (const auto& [key, sum] : grouped(counts, fields, together)) add_row(counts, key, sum, table);
  }
  return table;
}

}  // namespace

std::vector<findings::Table> refusal_tables(const RefusalCounts& counts) {
  const Field origin{"origin", &RefusalCell::origin};
  std::vector<findings::Table> tables;
  const bool dimensions = std::any_of(counts.cells.begin(), counts.cells.end(),
                                      [](const RefusalCell& cell) { return !cell.dimension.empty(); });
  if (dimensions)
    tables.push_back(
        rate_table(counts, "by_dimension", "Refusals by dimension", {{"dimension", &RefusalCell::dimension}, origin}));
  tables.push_back(rate_table(counts, "by_item", "Refusals by item", {{"item", &RefusalCell::item}, origin}));
  tables.push_back(rate_table(counts, "by_condition", "Refusals by condition",
                              {{"language", &RefusalCell::language}, {"persona", &RefusalCell::persona}, origin}));
  tables.push_back(rate_table(counts, "by_llm", "Refusals by model",
                              {{"llm", &RefusalCell::llm}, {"llm_name", &RefusalCell::llm_name}, origin}));
  return tables;
}

}  // namespace meridian::analysis
