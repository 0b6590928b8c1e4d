#include "models/text_column.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "error.hpp"

namespace meridian::models {
namespace {

bool is_logical(std::string_view text) {
  return text == "TRUE" || text == "FALSE" || text == "T" || text == "F" || text == "true" || text == "false" ||
         text == "True" || text == "False";
}

}  // namespace

bool is_missing(std::string_view text) { return text.empty() || text == "NA"; }

std::optional<double> number_in(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t last = text.find_last_not_of(" \t") + 1;
  const char* begin = text.data() + first + (text[first] == '+' ? 1 : 0);
  double value = 0;
  const auto [end, error] = std::from_chars(begin, text.data() + last, value);
  if (error != std::errc() || end != text.data() + last ||
      (begin != text.data() + last && text[first] == '+' && *begin == '-'))
    return std::nullopt;
  return value;
}

void ColumnKind::see(std::string_view text) {
  if ((!numbers_ && !logicals_) || is_missing(text)) return;
  numbers_ = numbers_ && number_in(text);
  logicals_ = logicals_ && is_logical(text);
}

ColumnBuilder::ColumnBuilder(std::string name, ColumnKind::Kind kind) : kind_(kind) {
  column_.name = std::move(name);
  column_.is_factor = kind != ColumnKind::Kind::number;
}

void ColumnBuilder::reserve(std::size_t rows) {
  column_.is_factor ? column_.codes.reserve(rows) : column_.numeric.reserve(rows);
}

std::int32_t ColumnBuilder::code_of(std::string_view label) {
  if (const auto found = code_.find(label); found != code_.end()) return found->second;
  if (labels_.size() >= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw InputError("column '" + column_.name + "'", "more than 2^31 - 1 different values", "fewer",
                     "Leave the column out");
  labels_.emplace_back(label);
  return code_.emplace(labels_.back(), static_cast<std::int32_t>(labels_.size()) - 1).first->second;
}

void ColumnBuilder::add(std::string_view text) {
  if (!column_.is_factor) {
    const auto value = is_missing(text) ? std::numeric_limits<double>::quiet_NaN() : number_in(text);
    if (!value)
      throw InputError("column '" + column_.name + "'", "'" + std::string(text) + "'", "a number",
                       "Its values looked like numbers before");
    column_.numeric.push_back(*value);
    return;
  }
  if (is_missing(text)) return column_.codes.push_back(-1);
  if (kind_ == ColumnKind::Kind::logical) text = text[0] == 'T' || text[0] == 't' ? "TRUE" : "FALSE";
  column_.codes.push_back(code_of(text));
}

Variable ColumnBuilder::finish() {
  code_.clear();
  std::vector<std::string> labels(std::make_move_iterator(labels_.begin()), std::make_move_iterator(labels_.end()));
  labels_.clear();
  const std::vector<std::int32_t> order = level_order(labels);
  std::vector<std::int32_t> place(order.size());
  for (std::size_t level = 0; level < order.size(); ++level) {
    place[static_cast<std::size_t>(order[level])] = static_cast<std::int32_t>(level);
    column_.levels.push_back(std::move(labels[static_cast<std::size_t>(order[level])]));
  }
  for (std::int32_t& code : column_.codes)
    if (code >= 0) code = place[static_cast<std::size_t>(code)];
  return std::move(column_);
}

}  // namespace meridian::models
