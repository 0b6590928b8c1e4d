#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "error.hpp"
#include "tables/csv.hpp"
#include "uncertainty/model_statistics.hpp"

namespace meridian::uncertainty {
namespace {

constexpr std::size_t kMostCells = 100, kMostCompared = 8;

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

/// Where the next signed part begins: a sign that stands after a space or at the start, not one inside a name.
std::vector<std::string> signed_parts(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t i = 1; i + 1 < text.size(); ++i)
    if ((text[i] == '+' || text[i] == '-') && text[i - 1] == ' ' && text[i + 1] == ' ') {
      parts.push_back(text.substr(begin, i - begin));
      begin = i;
    }
  parts.push_back(text.substr(begin));
  return parts;
}

[[noreturn]] void refuse(const std::string& text, const std::string& found, const std::vector<std::string>& terms) {
  throw InputError("--contrast '" + text + "'", found,
                   fmt::format("NAME = 0.5*TERM + TERM - TERM, terms among {}", fmt::join(terms, ", ")),
                   "Put spaces about + and -, and write terms as in coefficients.csv");
}

/// The columns of the table that a term is made of, each once: age of scale(age).
std::vector<std::string> columns_of(const models::TermSet& fixed, const std::vector<int>& term) {
  std::vector<std::string> columns;
  for (const int index : term)
    for (const std::string& column : models::columns_in(fixed.variables[static_cast<std::size_t>(index)]))
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
  return columns;
}

/// The two codes of a centred variable by the names of its levels.
std::string readable(const std::string& code, const std::string& variable, const std::vector<CodeLabels>& labels) {
  double value = 0;
  for (const CodeLabels& label : labels)
    if (label.variable == variable && tables::parse_number(code, value)) return value > 0 ? label.higher : label.lower;
  return code;
}

}  // namespace

NamedFunction parse_contrast(const std::string& text, const std::vector<std::string>& terms) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || trimmed(text.substr(0, equals)).empty()) refuse(text, "no NAME =", terms);
  NamedFunction contrast{"contrast", trimmed(text.substr(0, equals)),
                         Eigen::RowVectorXd::Zero(static_cast<Eigen::Index>(terms.size()))};
  for (std::string part : signed_parts(trimmed(text.substr(equals + 1)))) {
    part = trimmed(part);
    double factor = 1;
    if (!part.empty() && (part[0] == '-' || part[0] == '+')) {
      factor = part[0] == '-' ? -1 : 1;
      part = trimmed(part.substr(1));
    }
    const auto star = part.find('*');
    double number = 1;
    if (star != std::string::npos) {
      if (!tables::parse_number(trimmed(part.substr(0, star)), number)) refuse(text, "'" + part + "'", terms);
      part = trimmed(part.substr(star + 1));
    }
    const auto term = std::find(terms.begin(), terms.end(), part);
    if (term == terms.end()) refuse(text, "'" + part + "'", terms);
    contrast.row[term - terms.begin()] += factor * number;
  }
  return contrast;
}

std::vector<NamedFunction> cell_functions(const models::Design& design, const models::Formula& formula,
                                          const models::Frame& frame, const models::DesignOptions& options,
                                          const std::vector<CodeLabels>& labels) {
  std::vector<NamedFunction> functions;
  for (const std::vector<int>& term : formula.fixed.terms) {
    const std::vector<std::string> variables = columns_of(formula.fixed, term);
    std::vector<models::LinearFunction> means = models::cell_means(design, formula, frame, options, variables);
    if (means.size() < 2 || means.size() > kMostCells) continue;
    for (models::LinearFunction& mean : means)
      for (std::size_t v = 0; v < variables.size(); ++v)
        mean.levels[v] = variables[v] + " " + readable(mean.levels[v], variables[v], labels);
    for (const models::LinearFunction& mean : means)
      if (mean.estimable) functions.push_back({"cell mean", fmt::format("{}", fmt::join(mean.levels, ", ")), mean.row});
    if (means.size() > kMostCompared) continue;
    for (const models::LinearFunction& difference : models::pairwise_differences(means))
      if (difference.estimable) functions.push_back({"difference", difference.levels.front(), difference.row});
  }
  return functions;
}

}  // namespace meridian::uncertainty
