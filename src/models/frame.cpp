#include "models/frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "error.hpp"

namespace meridian::models {
namespace {

bool is_missing(const std::string& text) { return text.empty() || text == "NA"; }

bool is_logical(const std::string& text) {
  return text == "TRUE" || text == "FALSE" || text == "T" || text == "F" || text == "true" || text == "false" ||
         text == "True" || text == "False";
}

std::optional<double> parse_number(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return std::nullopt;
  const std::size_t last = text.find_last_not_of(" \t") + 1;
  const char* begin = text.data() + first + (text[first] == '+' ? 1 : 0);
  double value = 0;
  const auto [end, error] = std::from_chars(begin, text.data() + last, value);
  if (error != std::errc() || end != text.data() + last ||
      (begin != text.data() + last && text[first] == '+' && *begin == '-'))
    return std::nullopt;
  return value;
}

std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j + 1] + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::vector<double> numeric_values(const TextColumn& column) {
  std::vector<double> values;
  values.reserve(column.second.size());
  for (const std::string& text : column.second)
    values.push_back(is_missing(text) ? std::numeric_limits<double>::quiet_NaN() : *parse_number(text));
  return values;
}

/// R spells logical values TRUE and FALSE whatever the file wrote.
std::vector<std::string> logical_labels(const TextColumn& column) {
  std::vector<std::string> labels;
  for (const std::string& text : column.second)
    labels.push_back(is_missing(text) ? "NA" : (text[0] == 'T' || text[0] == 't') ? "TRUE" : "FALSE");
  return labels;
}

template <typename Predicate>
bool all_present(const TextColumn& column, Predicate predicate) {
  return std::all_of(column.second.begin(), column.second.end(),
                     [&](const std::string& text) { return is_missing(text) || predicate(text); });
}

void check_new(const Frame& frame, const std::string& name, std::size_t size) {
  for (const Variable& variable : frame.variables)
    if (variable.name == name) throw InputError(fmt::format("column '{}' occurs twice; rename one", name));
  if (!frame.variables.empty() && size != frame.rows())
    throw InputError(fmt::format("column '{}'", name), fmt::format("{} values", size),
                     fmt::format("{} as in '{}'", frame.rows(), frame.variables.front().name),
                     "Make all columns equally long");
}

}  // namespace

const Variable& Frame::find(const std::string& name) const {
  const auto same = [&](const Variable& variable) { return variable.name == name; };
  const auto found = std::find_if(variables.begin(), variables.end(), same);
  if (found != variables.end()) return *found;
  std::vector<std::string> names;
  for (const Variable& variable : variables) names.push_back(variable.name);
  const auto nearest = std::min_element(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    return edit_distance(a, name) < edit_distance(b, name);
  });
  const std::string hint = nearest == names.end() ? "" : fmt::format("; the nearest is '{}'", *nearest);
  throw InputError(fmt::format("the table has no variable '{}'{} (it has {})", name, hint, fmt::join(names, ", ")));
}

void Frame::add_numeric(const std::string& name, std::vector<double> values) {
  check_new(*this, name, values.size());
  variables.push_back({name, false, std::move(values), {}, {}});
}

void Frame::add_factor(const std::string& name, std::vector<std::int32_t> codes, std::vector<std::string> levels) {
  check_new(*this, name, codes.size());
  const auto outside = [&](std::int32_t code) { return code < -1 || code >= static_cast<std::int32_t>(levels.size()); };
  const auto wrong = std::find_if(codes.begin(), codes.end(), outside);
  if (wrong != codes.end())
    throw InputError(
        fmt::format("factor '{}', row {}", name, wrong - codes.begin() + 1), fmt::format("code {}", *wrong),
        fmt::format("-1 (missing) to {}", static_cast<std::ptrdiff_t>(levels.size()) - 1), "Codes index the levels");
  variables.push_back({name, true, {}, std::move(codes), std::move(levels)});
}

void Frame::add_labels(const std::string& name, const std::vector<std::string>& labels) {
  std::vector<std::string> present;
  for (const std::string& label : labels)
    if (!is_missing(label)) present.push_back(label);
  std::vector<std::string> levels = sorted_levels(present);
  std::vector<std::pair<std::string, std::int32_t>> index;
  for (std::size_t level = 0; level < levels.size(); ++level)
    index.emplace_back(levels[level], static_cast<std::int32_t>(level));
  std::sort(index.begin(), index.end());
  std::vector<std::int32_t> codes;
  codes.reserve(labels.size());
  for (const std::string& label : labels) {
    const auto found = std::lower_bound(index.begin(), index.end(), std::make_pair(label, std::int32_t{0}));
    codes.push_back(is_missing(label) ? -1 : found->second);
  }
  add_factor(name, std::move(codes), std::move(levels));
}

std::vector<std::string> sorted_levels(std::vector<std::string> labels) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  std::vector<std::pair<double, std::string>> numbers;
  for (const std::string& label : labels) {
    const std::optional<double> number = parse_number(label);
    if (!number || std::isnan(*number)) return labels;
    numbers.emplace_back(*number, label);
  }
  std::sort(numbers.begin(), numbers.end());
  for (std::size_t level = 0; level < labels.size(); ++level) labels[level] = numbers[level].second;
  return labels;
}

Frame frame_from_columns(const std::vector<TextColumn>& columns, const std::vector<std::string>& factors) {
  Frame frame;
  const auto is_number = [](const std::string& text) { return parse_number(text).has_value(); };
  for (const TextColumn& column : columns) {
    const bool forced = std::find(factors.begin(), factors.end(), column.first) != factors.end();
    if (!forced && all_present(column, is_number))
      frame.add_numeric(column.first, numeric_values(column));
    else if (!forced && all_present(column, is_logical))
      frame.add_labels(column.first, logical_labels(column));
    else
      frame.add_labels(column.first, column.second);
  }
  for (const std::string& name : factors) frame.find(name);
  return frame;
}

std::string describe_variables(const Frame& frame) {
  std::string text;
  for (const Variable& variable : frame.variables) {
    const std::size_t shown = std::min<std::size_t>(variable.levels.size(), 6);
    const std::string rest = shown < variable.levels.size() ? ", ..." : "";
    text += variable.is_factor
                ? fmt::format("{}: factor with {} levels ({}{})\n", variable.name, variable.levels.size(),
                              fmt::join(variable.levels.begin(),
                                        variable.levels.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                              rest)
                : fmt::format("{}: numeric\n", variable.name);
  }
  return text;
}

}  // namespace meridian::models
