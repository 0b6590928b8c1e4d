#pragma once
// The analysis's mixed model fitted again to permuted data. Relabelling models, or exchanging two conditions of a
// model, only says which cell's responses stand in which row of the template: the design never changes.
#include <Eigen/Core>
#include <memory>
#include <string>
#include <vector>

#include "analysis/analysis_design.hpp"
#include "models/refit.hpp"
#include "resampling/relabellings.hpp"

namespace meridian::uncertainty {

/// Per row of the layout: the row whose responses stand there.
using RowSources = std::vector<std::size_t>;

/// Models labelled 1 take the places of those that `observed` labels 1, in order; the others likewise.
RowSources relabelled_rows(const analysis::Layout& layout, const resampling::Labels& observed,
                           const resampling::Labels& labels);
/// The two languages (`language`; else the two personas) of the models labelled 1 exchanged, all else held.
RowSources exchanged_rows(const panel::Panel& panel, const analysis::Layout& layout, bool language,
                          const resampling::Labels& labels);

class PermutedRefits {
 public:
  /// Statistics are t values of the fixed effects whose term holds all `variables` and none of `without`: one family,
  /// or with "removed" among the variables one of each term, whose columns are the removals. InputError for an analysis
  /// without a mixed model, or without such an effect.
  PermutedRefits(const analysis::Layout& layout, analysis::AnalysisDesign design, models::Method method,
                 const std::vector<std::string>& variables, const std::vector<std::string>& without);

  const std::vector<std::string>& terms() const { return terms_; }
  const std::vector<std::string>& families() const { return families_; }
  struct Values {
    Eigen::VectorXd estimate, t;  ///< NaN where the model cannot be estimated
  };
  Values refit(const RowSources& sources) const;

 private:
  models::PooledClass permuted(std::size_t person_class, const RowSources& sources) const;

  analysis::AnalysisDesign design_;
  std::vector<std::string> terms_, families_;
  std::vector<Eigen::Index> columns_;
  std::vector<std::vector<std::size_t>> rows_;   ///< per class: rows of the layout
  std::vector<std::vector<Eigen::Index>> cell_;  ///< per class and row of the layout: cell, -1 without one
  std::vector<Eigen::MatrixXd> loading_;         ///< per class: cells x the people's random columns
  std::unique_ptr<models::Refitter> refitter_;
};

}  // namespace meridian::uncertainty
