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

/// Without an intercept the first factor of the first term that has one takes its place.
void indicate_first_factor(const TermSet& terms, const std::vector<CodedVariable>& coded,
                           std::vector<std::vector<Coding>>& coding) {
  for (std::size_t term = 0; term < terms.terms.size(); ++term)
    for (const int variable : terms.terms[term]) {
      const auto v = static_cast<std::size_t>(variable);
      if (!coded[v].is_factor()) continue;
      coding[term][v] = Coding::indicators;
      return;
    }
}

struct CodedTerm {
  std::vector<const CodedVariable*> variables;
  std::vector<Coding> codings;

  std::size_t columns() const {
    std::size_t product = 1;
    for (std::size_t v = 0; v < variables.size(); ++v) product *= variables[v]->columns(codings[v]);
    return product;
  }
};

std::vector<CodedTerm> code_terms(const TermSet& terms, const std::vector<CodedVariable>& coded) {
  std::vector<std::vector<Coding>> coding = marginal_coding(terms);
  if (!terms.intercept) indicate_first_factor(terms, coded, coding);
  std::vector<CodedTerm> result(terms.terms.size());
  for (std::size_t term = 0; term < terms.terms.size(); ++term)
    for (const int variable : terms.terms[term]) {
      const auto v = static_cast<std::size_t>(variable);
      result[term].variables.push_back(&coded[v]);
      result[term].codings.push_back(coding[term][v]);
    }
  return result;
}

/// Column `index` of a term in mixed radix: the first variable's columns vary fastest.
void append_column(const CodedTerm& term, std::size_t index, ModelMatrix& matrix) {
  const auto target = static_cast<Eigen::Index>(matrix.names.size());
  std::string name;
  for (std::size_t v = 0; v < term.variables.size(); ++v) {
    const CodedVariable& variable = *term.variables[v];
    const Coding coding = term.codings[v];
    const std::size_t column = index % variable.columns(coding);
    index /= variable.columns(coding);
    name.append(v == 0 ? "" : ":").append(variable.name(coding, column));
    for (Eigen::Index row = 0; row < matrix.x.rows(); ++row)
      matrix.x(row, target) *= variable.value(coding, column, static_cast<std::size_t>(row));
  }
  matrix.names.push_back(name);
}

}  // namespace

std::vector<std::vector<Coding>> marginal_coding(const TermSet& terms) {
  std::vector<std::vector<Coding>> coding(terms.terms.size(), std::vector<Coding>(terms.names.size(), Coding::absent));
  for (std::size_t term = 0; term < terms.terms.size(); ++term)
    for (const int variable : terms.terms[term])
      coding[term][static_cast<std::size_t>(variable)] = coding_by_marginality(terms, term, variable);
  return coding;
}

void replace_centred(ModelFrame& frame, const ContrastChoices& contrasts) {
  for (const auto& [name, choice] : contrasts)
    for (Variable& variable : frame.columns.variables) {
      if (variable.name != name || choice.kind != ContrastKind::centred) continue;
      std::vector<double> codes = code_variable(variable, frame, contrasts).centred;
      variable = {name, false, std::move(codes), {}, {}};
    }
}

ModelMatrix model_matrix(const TermSet& terms, const ModelFrame& frame, const ContrastChoices& contrasts) {
  std::vector<CodedVariable> coded;
  for (const std::string& name : terms.names)
    coded.push_back(code_variable(frame.columns.find(name), frame, contrasts));
  const std::vector<CodedTerm> coded_terms = code_terms(terms, coded);
  ModelMatrix matrix;
  if (terms.intercept) {
    matrix.assign.push_back(0);
    matrix.names.push_back("(Intercept)");
  }
  for (std::size_t term = 0; term < coded_terms.size(); ++term)
    matrix.assign.insert(matrix.assign.end(), coded_terms[term].columns(), static_cast<int>(term) + 1);
  matrix.x.setOnes(static_cast<Eigen::Index>(frame.kept_rows.size()), static_cast<Eigen::Index>(matrix.assign.size()));
  for (const CodedTerm& term : coded_terms)
    for (std::size_t column = 0; column < term.columns(); ++column) append_column(term, column, matrix);
  return matrix;
}

}  // namespace meridian::models
