#include "models/frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "error.hpp"
#include "models/text_column.hpp"

namespace meridian::models {
namespace {

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

void Frame::add(Variable variable) {
  check_new(*this, variable.name, variable.size());
  variables.push_back(std::move(variable));
}

void Frame::add_numeric(const std::string& name, std::vector<double> values) {
  add({name, false, std::move(values), {}, {}});
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
  ColumnBuilder column(name, ColumnKind::Kind::label);
  for (const std::string& label : labels) column.add(label);
  Variable factor = column.finish();
  add_factor(name, std::move(factor.codes), std::move(factor.levels));
}

std::vector<std::int32_t> level_order(const std::vector<std::string>& labels) {
  std::vector<std::int32_t> order(labels.size());
  std::iota(order.begin(), order.end(), 0);
  const auto text = [&](std::int32_t level) -> const std::string& { return labels[static_cast<std::size_t>(level)]; };
  std::vector<double> values;
  for (const std::string& label : labels) {
    const std::optional<double> number = number_in(label);
    if (!number || std::isnan(*number)) break;
    values.push_back(*number);
  }
  if (values.size() < labels.size()) values.assign(labels.size(), 0.0);
  std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    const double left = values[static_cast<std::size_t>(a)], right = values[static_cast<std::size_t>(b)];
    return left != right ? left < right : text(a) < text(b);
  });
  return order;
}

std::vector<std::string> sorted_levels(std::vector<std::string> labels) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  std::vector<std::string> sorted;
  for (const std::int32_t level : level_order(labels)) sorted.push_back(labels[static_cast<std::size_t>(level)]);
  return sorted;
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
