#pragma once
// One analysis of a run as the subject of a bootstrap: cosines computed again in doubles by the kernel (stored blocks
// may be float32), people in their classes, models as columns.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analysis/study.hpp"
#include "uncertainty/bootstrap.hpp"

namespace meridian::uncertainty {

/// `contrasts`: texts for parse_contrast. The study must outlive the subject. InputError for an unknown analysis (the
/// message lists them) or one without a mixed model.
std::shared_ptr<const Subject> analysis_subject(const analysis::Study& study, const std::string& analysis,
                                                Scheme scheme, const std::vector<std::string>& contrasts, int threads);

/// Index among the job's analyses; InputError (which lists them) for an unknown name.
std::size_t analysis_index(const analysis::Study& study, const std::string& name);

/// Inputs and options that decide an analysis's numbers, for the plan of its replicates.
std::vector<std::pair<std::string, std::string>> analysis_fingerprint(const analysis::Study& study,
                                                                      const analysis::AnalysisJob& job);

}  // namespace meridian::uncertainty
