#include "commands/group_sample.hpp"

#include <fmt/format.h>

#include <map>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::commands {
namespace {

/// The file's own first two groups in order of appearance, or those of --groups A,B.
void take_group(const tables::CsvReader& reader, std::size_t column, Sample& sample, bool chosen, bool& first,
                bool& used) {
  const std::string group(reader.text(column));
  if (!chosen && sample.first_name.empty()) sample.first_name = group;
  if (!chosen && group != sample.first_name && sample.second_name.empty()) sample.second_name = group;
  first = group == sample.first_name;
  used = first || group == sample.second_name;
  if (!used && !chosen)
    throw InputError(
        reader.where(column), tables::shown(group),
        "the groups " + tables::shown(sample.first_name) + " and " + tables::shown(sample.second_name) + " only",
        "Name two groups with --groups A,B");
}

}  // namespace

Sample read_sample(const SampleColumns& columns) {
  tables::CsvReader reader(columns.table);
  const std::size_t value = reader.column(columns.value), group = reader.column(columns.group);
  const std::size_t pair = columns.pair.empty() ? reader.npos : reader.column(columns.pair);
  Sample sample;
  const bool chosen = !columns.groups.empty();
  if (chosen && columns.groups.size() != 2)
    throw InputError("--groups", fmt::format("{} names", columns.groups.size()), "two: A,B", "Name two groups");
  if (chosen) {
    sample.first_name = columns.groups[0];
    sample.second_name = columns.groups[1];
  }
  while (reader.next()) {
    bool first = false, used = false;
    take_group(reader, group, sample, chosen, first, used);
    if (!used) continue;
    if (reader.missing(value)) {
      ++sample.missing;
      continue;
    }
    (first ? sample.first : sample.second).push_back(reader.number(value));
    if (pair != reader.npos) (first ? sample.first_pair : sample.second_pair).emplace_back(reader.text(pair));
  }
  if (sample.first.empty() || sample.second.empty())
    throw InputError(reader.file().string(),
                     fmt::format("{} and {} values in the groups '{}' and '{}'", sample.first.size(),
                                 sample.second.size(), sample.first_name, sample.second_name),
                     "values in both groups", "Check --group, --groups and --value");
  return sample;
}

std::pair<std::vector<double>, std::vector<double>> paired(const Sample& sample) {
  if (sample.first_pair.empty())
    throw InputError("a paired test needs --pair COLUMN, which says what belongs together");
  std::map<std::string, double> partners;
  for (std::size_t i = 0; i < sample.second.size(); ++i)
    if (!partners.emplace(sample.second_pair[i], sample.second[i]).second)
      throw InputError("--pair", tables::shown(sample.second_pair[i]) + " twice in group '" + sample.second_name + "'",
                       "one value per group and pair", "Choose another column");
  std::pair<std::vector<double>, std::vector<double>> both;
  std::map<std::string, bool> seen;
  for (std::size_t i = 0; i < sample.first.size(); ++i) {
    if (!seen.emplace(sample.first_pair[i], true).second)
      throw InputError("--pair", tables::shown(sample.first_pair[i]) + " twice in group '" + sample.first_name + "'",
                       "one value per group and pair", "Choose another column");
    const auto partner = partners.find(sample.first_pair[i]);
    if (partner == partners.end()) continue;
    both.first.push_back(sample.first[i]);
    both.second.push_back(partner->second);
  }
  return both;
}

}  // namespace meridian::commands
