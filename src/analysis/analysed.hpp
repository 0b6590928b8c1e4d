#pragma once
// One analysis between the steps: what was fitted and what is gathered while the blocks are read again.
#include <memory>
#include <optional>
#include <string>

#include "analysis/fits.hpp"
#include "analysis/median_split.hpp"
#include "analysis/moments.hpp"
#include "analysis/residual_figures.hpp"
#include "analysis/residuals.hpp"
#include "analysis/similarity_points.hpp"

namespace meridian::analysis {

/// Everything known of one analysis; job and layout belong to the study. What the job does not ask for is empty.
struct Analysed {
  const AnalysisJob* job = nullptr;
  const Layout* layout = nullptr;
  Moments moments;
  std::optional<AnalysisFits> fits;
  std::unique_ptr<MedianSplit> median_split;
  std::unique_ptr<ResidualQuantiles> mixed_residuals, linear_residuals;
  std::unique_ptr<SimilarityPoints> points;
  std::unique_ptr<ResidualFigures> residual_figures;
};

/// Whether the job's `tables` names this one.
bool asks_for(const AnalysisJob& job, const std::string& table);

}  // namespace meridian::analysis
