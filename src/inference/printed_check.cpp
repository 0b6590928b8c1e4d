#include "inference/printed_check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "error.hpp"
#include "inference/effect_size.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::inference {
namespace {

using Arguments = std::map<std::string, double>;
using Relation = std::function<double(const Arguments&)>;

template <class Distribution>
double upper(const Distribution& distribution, double value) {
  return boost::math::cdf(boost::math::complement(distribution, value));
}

Moments sample(const Arguments& a, const std::string& index) {
  const double sd = a.at("s" + index);
  return {static_cast<std::size_t>(a.at("n" + index)), a.at("m" + index), sd * sd};
}

TwoSample welch(const Arguments& a) { return welch_t(sample(a, "1"), sample(a, "2")); }

/// Without ties, with continuity correction: all that can be known from U alone.
double rank_sum_p(const Arguments& a) {
  const double n1 = a.at("n1"), n2 = a.at("n2");
  const double sigma = std::sqrt(n1 * n2 * (n1 + n2 + 1) / 12);
  return std::min(1.0,
                  2 * upper(boost::math::normal(), std::max(0.0, std::abs(a.at("u") - n1 * n2 / 2) - 0.5) / sigma));
}

double sum(const Arguments& a) {
  double total = 0;
  for (const auto& [name, value] : a) total += value;
  return total;
}

/// Of the arguments whose name starts with a letter.
double sum_of(const Arguments& a, char letter) {
  double total = 0;
  for (const auto& [name, value] : a) total += name.front() == letter ? value : 0;
  return total;
}

/// Difference of two means over the standard error of it, from those of the means (groups of equal size).
double mean_t(const Arguments& a) { return (a.at("m1") - a.at("m2")) / std::hypot(a.at("e1"), a.at("e2")); }

const std::map<std::string, Relation>& relations() {
  static const std::map<std::string, Relation> all{
      {"value", [](const Arguments& a) { return a.at("x"); }},
      {"sum", sum},
      {"difference", [](const Arguments& a) { return a.at("a") - a.at("b"); }},
      {"difference_in_errors", [](const Arguments& a) { return (a.at("a") - a.at("b")) / a.at("e"); }},
      {"drop_percent", [](const Arguments& a) { return 100 * (1 - sum_of(a, 'b') / sum_of(a, 'a')); }},
      {"gain_percent", [](const Arguments& a) { return 100 * (a.at("a") / a.at("b") - 1); }},
      {"mean", [](const Arguments& a) { return sum(a) / static_cast<double>(a.size()); }},
      {"mean_t", mean_t},
      {"difference_t", [](const Arguments& a) { return a.at("d") / std::hypot(a.at("e1"), a.at("e2")); }},
      {"t_p", [](const Arguments& a) { return 2 * upper(boost::math::students_t(a.at("df")), std::abs(a.at("t"))); }},
      {"share", [](const Arguments& a) { return a.at("count") / a.at("of"); }},
      {"concordance_p",
       [](const Arguments& a) {
         return upper(boost::math::chi_squared(a.at("k") - 1), a.at("m") * (a.at("k") - 1) * a.at("w"));
       }},
      {"f_p", [](const Arguments& a) { return upper(boost::math::fisher_f(a.at("df1"), a.at("df2")), a.at("f")); }},
      {"f_eta", [](const Arguments& a) { return a.at("f") * a.at("df1") / (a.at("f") * a.at("df1") + a.at("df2")); }},
      {"u_r", [](const Arguments& a) { return 1 - 2 * a.at("u") / (a.at("n1") * a.at("n2")); }},
      {"u_p", rank_sum_p},
      {"welch_t", [](const Arguments& a) { return welch(a).statistic; }},
      {"welch_df", [](const Arguments& a) { return welch(a).df; }},
      {"welch_p", [](const Arguments& a) { return welch(a).p_value; }},
      {"hedges_g", [](const Arguments& a) { return hedges_g(sample(a, "1"), sample(a, "2")); }},
      {"pooled_mean",
       [](const Arguments& a) {
         return (a.at("m1") * a.at("n1") + a.at("m2") * a.at("n2")) / (a.at("n1") + a.at("n2"));
       }},
      {"split_plot_df", [](const Arguments& a) { return a.at("n") - a.at("groups"); }}};
  return all;
}

/// Counts and degrees of freedom are what they are; U moves in halves and is taken as printed.
bool exact(const std::string& argument) {
  static const std::set<std::string> names{"n1", "n2", "n", "m", "k", "df", "df1", "df2", "u", "count", "of", "groups"};
  return names.count(argument) > 0;
}

struct Printed {
  double value = 0, half_unit = 0;  ///< half a unit of the last digit
};

Printed printed_number(const std::string& text, const std::string& where) {
  Printed number;
  std::string digits = text;
  const std::size_t sign = digits.find_first_not_of("-+");
  if (sign != std::string::npos && digits[sign] == '.') digits.insert(sign, "0");
  if (!tables::parse_number(digits, number.value))
    throw InputError(where, tables::shown(text), "a number as printed", "Correct it");
  const std::size_t point = digits.find('.');
  const double places = point == std::string::npos ? 0 : static_cast<double>(digits.size() - point - 1);
  number.half_unit = 0.5 * std::pow(10.0, -places);
  return number;
}

struct Range {
  double centre = 0, low = 0, high = 0;
};

/// The relation at the centre and at every corner of the arguments' rounding.
Range range_of(const Relation& relation, const std::map<std::string, Printed>& printed) {
  Arguments centre;
  std::vector<std::string> rounded;
  for (const auto& [name, number] : printed) {
    centre[name] = number.value;
    if (!exact(name)) rounded.push_back(name);
  }
  Range range;
  range.centre = range.low = range.high = relation(centre);
  for (std::size_t corner = 0; corner < std::size_t{1} << rounded.size(); ++corner) {
    Arguments moved = centre;
    for (std::size_t i = 0; i < rounded.size(); ++i)
      moved[rounded[i]] += (corner >> i & 1U ? 1 : -1) * printed.at(rounded[i]).half_unit;
    const double value = relation(moved);
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
  }
  return range;
}

bool consistent(const Range& range, const std::string& text, const std::string& where) {
  if (text.front() == '<') return range.low < printed_number(text.substr(1), where).value;
  if (text.front() == '>') return range.high > printed_number(text.substr(1), where).value;
  const Printed number = printed_number(text, where);
  const double slack = number.half_unit * (1 + 1e-9);
  return range.low <= number.value + slack && range.high >= number.value - slack;
}

std::map<std::string, Printed> arguments_from(const std::string& text, const std::string& where) {
  std::map<std::string, Printed> arguments;
  std::stringstream stream(text);
  for (std::string word; stream >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) throw InputError(where, tables::shown(word), "name=number", "Correct it");
    arguments[word.substr(0, equals)] = printed_number(word.substr(equals + 1), where);
  }
  return arguments;
}

Range recomputed(const std::string& relation, const std::string& arguments, const std::string& where) {
  const auto found = relations().find(relation);
  if (found == relations().end()) {
    std::vector<std::string> names;
    for (const auto& [name, function] : relations()) names.push_back(name);
    throw InputError(where, tables::shown(relation), "one of " + tables::shown_list(names, names.size()), "Correct it");
  }
  try {
    return range_of(found->second, arguments_from(arguments, where));
  } catch (const std::out_of_range&) {
    throw InputError(where, tables::shown(arguments), "every argument that '" + relation + "' needs", "Add it");
  }
}

}  // namespace

findings::Table printed_check_table(const std::filesystem::path& file) {
  findings::Table table{"printed_check",
                        "Printed numbers against each other",
                        "Every printed number that follows from others: recomputed from those as printed, with the "
                        "range that their rounding allows.",
                        {{"location", findings::Kind::text, ""},
                         {"relation", findings::Kind::text, ""},
                         {"given", findings::Kind::text, ""},
                         {"printed", findings::Kind::text, ""},
                         {"recomputed", findings::Kind::real, ""},
                         {"low", findings::Kind::real, ""},
                         {"high", findings::Kind::real, ""},
                         {"verdict", findings::Kind::text, ""},
                         {"remark", findings::Kind::text, ""}},
                        {}};
  tables::CsvReader reader(file);
  const std::size_t location = reader.column("location"), relation = reader.column("relation"),
                    arguments = reader.column("arguments"), printed = reader.column("printed"),
                    remark = reader.column("remark");
  while (reader.next()) {
    const std::string name(reader.text(relation)), given(reader.text(arguments)), text(reader.text(printed));
    if (text.empty()) throw InputError(reader.where(printed), "nothing", "a number as printed", "Fill the field");
    const Range range = recomputed(name, given, reader.where(arguments));
    table.add({std::string(reader.text(location)), name, given, text, range.centre, range.low, range.high,
               consistent(range, text, reader.where(printed)) ? "consistent" : "inconsistent",
               std::string(reader.text(remark))});
  }
  return table;
}

std::string printed_check_summary(const findings::Table& table) {
  std::int64_t consistent = 0;
  for (const auto& row : table.rows)
    consistent += std::get<std::string>(row[table.column("verdict")]) == "consistent" ? 1 : 0;
  return fmt::format("{} of {} printed numbers follow from the other printed numbers within rounding.", consistent,
                     table.rows.size());
}

}  // namespace meridian::inference
