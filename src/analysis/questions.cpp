#include "analysis/questions.hpp"

#include <algorithm>

#include "error.hpp"
#include "tables/csv.hpp"

namespace meridian::analysis {
namespace {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at = text.find(separator); at != std::string::npos; at = text.find(separator, from)) {
    parts.push_back(trimmed(text.substr(from, at - from)));
    from = at + 1;
  }
  parts.push_back(trimmed(text.substr(from)));
  return parts;
}

bool contains(const std::vector<int>& large, const std::vector<int>& small) {
  return std::includes(large.begin(), large.end(), small.begin(), small.end());
}

/// No function of a variable, whose levels would not be its own.
bool is_plain(const models::TermSet& fixed, std::size_t term) {
  return std::all_of(fixed.terms[term].begin(), fixed.terms[term].end(), [&](int variable) {
    return fixed.variables[static_cast<std::size_t>(variable)].kind == models::Expression::Kind::name;
  });
}

}  // namespace

IntervalKind parse_intervals(const std::string& text, const std::string& where) {
  if (text == "none") return IntervalKind::none;
  if (text == "wald") return IntervalKind::wald;
  if (text == "profile") return IntervalKind::profile;
  throw InputError(where, "'" + text + "'", "wald, profile or none", "Choose one of them");
}

MeansRequest parse_means(const std::string& text) {
  const std::vector<std::string> sides = parts_of(text, '|');
  MeansRequest request;
  for (const std::string& side : sides)
    for (const std::string& name : parts_of(side, ',')) {
      const bool twice = std::count(request.variables.begin(), request.variables.end(), name) > 0;
      if (name.empty() || twice || sides.size() > 2)
        throw InputError("--means", "'" + text + "'", "names with commas between them, each once, and at most one |",
                         "Write A, A,B or 'A | B'");
      request.variables.push_back(name);
    }
  request.compared.push_back(parts_of(sides.front(), ','));
  return request;
}

std::vector<MeansRequest> means_of_terms(const models::TermSet& fixed) {
  std::vector<MeansRequest> requests;
  for (std::size_t term = 0; term < fixed.terms.size(); ++term) {
    bool inside = false;
    for (std::size_t other = 0; other < fixed.terms.size(); ++other)
      inside = inside || (other != term && contains(fixed.terms[other], fixed.terms[term]));
    if (inside || !is_plain(fixed, term)) continue;
    MeansRequest request;
    for (const int variable : fixed.terms[term]) {
      const std::string& name = fixed.names[static_cast<std::size_t>(variable)];
      request.variables.push_back(name);
      request.compared.push_back({name});
    }
    requests.push_back(std::move(request));
  }
  return requests;
}

CellContrast parse_cell_contrast(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  CellContrast contrast;
  bool good = equals != std::string::npos && equals > 0;
  if (good) {
    contrast.name = trimmed(text.substr(0, equals));
    for (const std::string& weight : parts_of(text.substr(equals + 1), ',')) {
      contrast.weights.push_back(0);
      good = good && tables::parse_number(weight, contrast.weights.back());
    }
  }
  if (!good || contrast.name.empty())
    throw InputError("--cell-contrast", "'" + text + "'", "NAME=1,-1,0: a weight per cell of --means",
                     "The order is that of cell_means.csv");
  return contrast;
}

}  // namespace meridian::analysis
