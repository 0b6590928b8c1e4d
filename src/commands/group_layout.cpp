// Subjects by levels, for the analyses of variance of meridian compare-groups.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "commands/group_sample.hpp"
#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::commands {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A subject as it is met: one place per level, NaN where nothing was read.
struct Subject {
  std::size_t group = 0;
  std::vector<double> values;
};

/// The number of a name, a new one at the end.
std::size_t numbered(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

class LayoutReader {
 public:
  explicit LayoutReader(const SampleColumns& columns)
      : reader_(columns.table),
        value_(reader_.column(columns.value)),
        pair_(reader_.column(columns.pair)),
        within_(reader_.column(columns.within)),
        group_(columns.group.empty() ? reader_.npos : reader_.column(columns.group)),
        chosen_(!columns.groups.empty()) {
    layout_.groups = columns.groups;
  }

  Layout read() {
    while (reader_.next()) take_record();
    for (const std::string& name : order_) take_subject(subjects_[name]);
    check();
    return std::move(layout_);
  }

 private:
  void take_record() {
    const std::string group(group_ == reader_.npos ? std::string_view() : reader_.text(group_));
    const auto& groups = layout_.groups;
    if (chosen_ && std::find(groups.begin(), groups.end(), group) == groups.end()) return;
    const std::size_t number = numbered(layout_.groups, group);
    const std::size_t level = numbered(layout_.levels, std::string(reader_.text(within_)));
    const std::string name(reader_.text(pair_));
    const auto [found, is_new] = subjects_.try_emplace(name, Subject{number, {}});
    if (is_new) order_.push_back(name);
    Subject& subject = found->second;
    if (subject.group != number)
      throw InputError(reader_.where(group_), tables::shown(group),
                       "the group " + tables::shown(groups[subject.group]) + " of subject " + tables::shown(name),
                       "A subject belongs to one group: choose another column");
    if (subject.values.size() <= level) subject.values.resize(level + 1, nan);
    if (reader_.missing(value_)) {
      ++layout_.missing;
      return;
    }
    if (!std::isnan(subject.values[level]))
      throw InputError(reader_.where(pair_), tables::shown(name) + " twice at one level",
                       "one value per subject and level", "Average them first, or choose other columns");
    subject.values[level] = reader_.number(value_);
  }

  void take_subject(Subject& subject) {
    subject.values.resize(layout_.levels.size(), nan);
    if (std::any_of(subject.values.begin(), subject.values.end(), [](double value) { return std::isnan(value); })) {
      ++layout_.incomplete;
      return;
    }
    layout_.rows.push_back(subject.values);
    layout_.group_of_row.push_back(subject.group);
  }

  void check() const {
    const std::string file = reader_.file().string();
    if (layout_.levels.size() < 2)
      throw InputError(file, fmt::format("{} levels", layout_.levels.size()), "two or more", "Check --within");
    if (group_ != reader_.npos && layout_.groups.size() < 2)
      throw InputError(file, fmt::format("{} groups", layout_.groups.size()), "two or more", "Check --group");
    for (std::size_t g = 0; g < layout_.groups.size(); ++g) {
      const auto size = std::count(layout_.group_of_row.begin(), layout_.group_of_row.end(), g);
      if (size < 2)
        throw InputError(file,
                         fmt::format("{} subjects with a value at every level {}", size,
                                     group_ == reader_.npos ? "" : "in group '" + layout_.groups[g] + "'"),
                         "at least two", "Check --pair, --within and --value");
    }
  }

  tables::CsvReader reader_;
  std::size_t value_, pair_, within_, group_;
  bool chosen_;
  Layout layout_;
  std::map<std::string, Subject> subjects_;
  std::vector<std::string> order_;
};

}  // namespace

Layout read_layout(const SampleColumns& columns) { return LayoutReader(columns).read(); }

}  // namespace meridian::commands
