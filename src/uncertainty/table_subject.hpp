#pragma once
// A mixed model on any long table as the subject of a bootstrap.
#include <memory>
#include <string>
#include <vector>

#include "models/frame.hpp"
#include "uncertainty/bootstrap.hpp"

namespace meridian::uncertainty {

struct TableModel {
  std::string formula;
  bool maximum_likelihood = false;
  models::DesignOptions design;        ///< weights, codings of factors
  std::string columns;                 ///< grouping factor that schemes of models draw; empty: there is none
  std::vector<std::string> contrasts;  ///< texts for parse_contrast
  std::vector<std::string> codings;    ///< of the design, in words: part of what decides the numbers
  std::string digest;                  ///< SHA-256 of the table's file
};

/// Levels of the largest grouping factor are drawn by schemes of people. InputError for whatever formula and columns do
/// not allow.
std::shared_ptr<const Subject> table_subject(const models::Frame& frame, const TableModel& model);

}  // namespace meridian::uncertainty
