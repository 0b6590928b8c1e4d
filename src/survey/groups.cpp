#include "survey/groups.hpp"

#include <algorithm>

#include "error.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {
constexpr std::size_t most_groups = 300;
}

const std::string* Groups::find(const tables::CsvReader& csv, std::size_t column) {
  const std::string_view text = csv.text(column);
  const auto same = [&](const auto& entry) { return entry.first == text; };
  const auto found = std::find_if(labels_.begin(), labels_.end(), same);
  if (found != labels_.end()) return &found->second;
  if (csv.missing(column))
    throw InputError(csv.where(column), tables::shown(text), "the person's country or group", "Fill in this field.");
  if (others_ == Others::refuse) refuse(csv, column);
  if (others_ == Others::accept) {
    if (labels_.size() == most_groups)  // surely the wrong column
      throw InputError(csv.where(column), "more than " + std::to_string(most_groups) + " groups", "countries or groups",
                       "Name another column.");
    return &labels_.emplace_back(text, text).second;
  }
  const auto left_out = std::find_if(excluded_.begin(), excluded_.end(), same);
  if (left_out == excluded_.end())
    excluded_.emplace_back(text, 1);
  else
    ++left_out->second;
  return nullptr;
}

void Groups::refuse(const tables::CsvReader& csv, std::size_t column) const {
  std::vector<std::string> known;
  for (const auto& [text, label] : labels_) known.push_back(text);
  const std::string close = tables::closest_name(csv.text(column), known);
  throw InputError(csv.where(column), tables::shown(csv.text(column)), "one of " + tables::shown_list(known),
                   close.empty() ? "Correct this field, or add the country to data/countries.csv."
                                 : "Did you mean " + tables::shown(close) + "?");
}

void Groups::report(const std::string& source, const std::string& unit, std::int64_t rows,
                    findings::Ledger& ledger) const {
  if (others_ != Others::exclude) return;
  const std::string rule = "country or group is not in the study";
  ledger.looked_at(source, unit, rule, rows);
  for (const auto& [group, count] : excluded_)
    ledger.add(source, unit, rule, group + " (" + std::to_string(count) + ")", count);
}

}  // namespace meridian::survey
