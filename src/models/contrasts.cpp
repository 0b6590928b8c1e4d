#include "models/contrasts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "error.hpp"

namespace meridian::models {
namespace {

std::size_t reference_index(const std::string& variable, const std::vector<std::string>& levels,
                            const std::string& reference) {
  if (reference.empty()) return 0;
  const auto found = std::find(levels.begin(), levels.end(), reference);
  if (found == levels.end())
    throw InputError(fmt::format("contrasts of '{}'", variable), fmt::format("reference '{}'", reference),
                     fmt::format("one of its levels {}", fmt::join(levels, ", ")), "Choose another reference");
  return static_cast<std::size_t>(found - levels.begin());
}

ContrastMatrix treatment(const std::vector<std::string>& levels, std::size_t reference) {
  ContrastMatrix result;
  const auto count = static_cast<Eigen::Index>(levels.size());
  result.values = Eigen::MatrixXd::Zero(count, count - 1);
  for (std::size_t level = 0; level < levels.size(); ++level) {
    if (level == reference) continue;
    result.values(static_cast<Eigen::Index>(level), static_cast<Eigen::Index>(result.suffixes.size())) = 1;
    result.suffixes.push_back(levels[level]);
  }
  return result;
}

ContrastMatrix sum_to_zero(std::size_t levels) {
  ContrastMatrix result;
  const auto count = static_cast<Eigen::Index>(levels);
  result.values = Eigen::MatrixXd::Identity(count, count - 1);
  result.values.row(count - 1).setConstant(-1);
  for (Eigen::Index column = 1; column < count; ++column) result.suffixes.push_back(std::to_string(column));
  return result;
}

ContrastMatrix half_codes(const std::string& variable, const std::vector<std::string>& levels, std::size_t reference) {
  if (levels.size() != 2)
    throw InputError(fmt::format("contrasts of '{}'", variable),
                     fmt::format("{} levels ({})", levels.size(), fmt::join(levels, ", ")), "two for centred codes",
                     "Choose treatment or sum contrasts");
  ContrastMatrix result;
  result.values = Eigen::MatrixXd::Constant(2, 1, 0.5);
  result.values(static_cast<Eigen::Index>(reference), 0) = -0.5;
  result.suffixes = {""};
  return result;
}

}  // namespace

ContrastMatrix contrast_matrix(const std::string& variable, const std::vector<std::string>& levels,
                               const ContrastChoice& choice) {
  if (levels.size() < 2)
    throw InputError(fmt::format("factor '{}'", variable), fmt::format("one level ({})", fmt::join(levels, "")),
                     "at least two (contrasts need two levels)",
                     "Leave the variable out or check which rows were dropped");
  if (choice.kind == ContrastKind::sum) return sum_to_zero(levels.size());
  const std::size_t reference = reference_index(variable, levels, choice.reference);
  return choice.kind == ContrastKind::treatment ? treatment(levels, reference)
                                                : half_codes(variable, levels, reference);
}

ContrastMatrix indicator_matrix(const std::vector<std::string>& levels) {
  const auto count = static_cast<Eigen::Index>(levels.size());
  return {Eigen::MatrixXd::Identity(count, count), levels};
}

ContrastChoice parse_contrast(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  ContrastChoice choice;
  if (colon != std::string::npos) choice.reference = text.substr(colon + 1);
  if (kind == "treatment")
    choice.kind = ContrastKind::treatment;
  else if (kind == "centred")
    choice.kind = ContrastKind::centred;
  else if (kind == "sum" && colon == std::string::npos)
    choice.kind = ContrastKind::sum;
  else
    throw InputError("contrasts", "'" + text + "'", "treatment, treatment:LEVEL, sum, centred or centred:LEVEL",
                     "Write one of these");
  return choice;
}

}  // namespace meridian::models
