#include "models/model_matrix.hpp"

#include <algorithm>

#include "error.hpp"

namespace meridian::models {
namespace {

/// A variable as columns: numbers of its own, or a row of a contrast matrix per level.
struct CodedVariable {
  const Variable* variable = nullptr;
  std::vector<double> centred;  ///< of a factor with centred codes, which then counts as numeric
  ContrastMatrix contrasts, indicators;

  bool is_factor() const { return variable->is_factor && centred.empty(); }
  const ContrastMatrix& matrix(Coding coding) const { return coding == Coding::contrasts ? contrasts : indicators; }
  std::size_t columns(Coding coding) const { return is_factor() ? matrix(coding).suffixes.size() : 1; }
  std::string name(Coding coding, std::size_t column) const {
    return is_factor() ? variable->name + matrix(coding).suffixes[column] : variable->name;
  }
  double value(Coding coding, std::size_t column, std::size_t row) const {
    if (!is_factor()) return centred.empty() ? variable->numeric[row] : centred[row];
    return matrix(coding).values(variable->codes[row], static_cast<Eigen::Index>(column));
  }
};

std::vector<double> centred_codes(const Variable& factor, const ContrastMatrix& codes,
                                  const std::vector<double>& multiplicity) {
  std::vector<double> values;
  double total = 0, count = 0;
  for (std::size_t row = 0; row < factor.codes.size(); ++row) {
    const double times = multiplicity.empty() ? 1 : multiplicity[row];
    values.push_back(codes.values(factor.codes[row], 0));
    total += times * values.back();
    count += times;
  }
  for (double& value : values) value -= total / count;
  return values;
}

CodedVariable code_variable(const Variable& variable, const ModelFrame& frame, const ContrastChoices& contrasts) {
  CodedVariable coded;
  coded.variable = &variable;
  const auto found = contrasts.find(variable.name);
  if (!variable.is_factor) {
    if (found != contrasts.end())
      throw InputError("contrasts of '" + variable.name + "'", "a numeric variable", "a factor",
                       "Write factor(" + variable.name + ") or declare the column a factor");
    return coded;
  }
  const ContrastChoice choice = found == contrasts.end() ? ContrastChoice{} : found->second;
  coded.contrasts = contrast_matrix(variable.name, variable.levels, choice);
  coded.indicators = indicator_matrix(variable.levels);
  if (choice.kind == ContrastKind::centred)
    coded.centred = centred_codes(variable, coded.contrasts, frame.multiplicity);
  return coded;
}

bool contained(const std::vector<int>& inner, const std::vector<int>& outer) {
  return std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
}

Coding coding_by_marginality(const TermSet& terms, std::size_t term, int variable) {
  std::vector<int> rest = terms.terms[term];
  rest.erase(std::find(rest.begin(), rest.end(), variable));
  if (rest.empty()) return Coding::contrasts;
  for (std::size_t earlier = 0; earlier < term; ++earlier)
    if (contained(rest, terms.terms[earlier])) return Coding::contrasts;
  return Coding::indicators;
}

/// Column `index` of a term in mixed radix: the first variable's columns vary fastest.
void append_column(const std::vector<const CodedVariable*>& variables, const std::vector<Coding>& codings,
                   std::size_t index, ModelMatrix& matrix) {
  const auto target = static_cast<Eigen::Index>(matrix.names.size());
  std::string name;
  for (std::size_t v = 0; v < variables.size(); ++v) {
    const CodedVariable& variable = *variables[v];
    const std::size_t column = index % variable.columns(codings[v]);
    index /= variable.columns(codings[v]);
    name.append(v == 0 ? "" : ":").append(variable.name(codings[v], column));
    for (Eigen::Index row = 0; row < matrix.x.rows(); ++row)
      matrix.x(row, target) *= variable.value(codings[v], column, static_cast<std::size_t>(row));
  }
  matrix.names.push_back(name);
}

}  // namespace

std::vector<std::vector<Coding>> term_coding(const TermSet& terms, const std::vector<bool>& is_factor) {
  std::vector<std::vector<Coding>> coding(terms.terms.size(), std::vector<Coding>(is_factor.size(), Coding::absent));
  bool adjust_first = !terms.intercept;
  for (std::size_t term = 0; term < terms.terms.size(); ++term)
    for (const int variable : terms.terms[term]) {
      const auto v = static_cast<std::size_t>(variable);
      coding[term][v] = coding_by_marginality(terms, term, variable);
      if (!adjust_first || !is_factor[v]) continue;
      coding[term][v] = Coding::indicators;
      adjust_first = false;
    }
  return coding;
}

ModelMatrix model_matrix(const TermSet& terms, const ModelFrame& frame, const ContrastChoices& contrasts) {
  std::vector<CodedVariable> coded;
  std::vector<bool> is_factor;
  for (const std::string& name : terms.names) {
    coded.push_back(code_variable(frame.columns.find(name), frame, contrasts));
    is_factor.push_back(coded.back().is_factor());
  }
  const std::vector<std::vector<Coding>> coding = term_coding(terms, is_factor);
  ModelMatrix matrix;
  std::vector<std::size_t> sizes;
  for (std::size_t term = 0; term < terms.terms.size(); ++term) {
    sizes.push_back(1);
    for (const int v : terms.terms[term])
      sizes.back() *= coded[static_cast<std::size_t>(v)].columns(coding[term][static_cast<std::size_t>(v)]);
    matrix.assign.insert(matrix.assign.end(), sizes.back(), static_cast<int>(term) + 1);
  }
  if (terms.intercept) {
    matrix.assign.insert(matrix.assign.begin(), 0);
    matrix.names.push_back("(Intercept)");
  }
  matrix.x.setOnes(static_cast<Eigen::Index>(frame.kept_rows.size()), static_cast<Eigen::Index>(matrix.assign.size()));
  for (std::size_t term = 0; term < terms.terms.size(); ++term) {
    std::vector<const CodedVariable*> variables;
    std::vector<Coding> codings;
    for (const int v : terms.terms[term]) {
      variables.push_back(&coded[static_cast<std::size_t>(v)]);
      codings.push_back(coding[term][static_cast<std::size_t>(v)]);
    }
    for (std::size_t column = 0; column < sizes[term]; ++column) append_column(variables, codings, column, matrix);
  }
  return matrix;
}

}  // namespace meridian::models
