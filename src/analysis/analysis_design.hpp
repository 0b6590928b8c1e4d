#pragma once
// What the model stage needs of an analysis: its formula on the long table with one representative person per class,
// and the moments of each class.
#include <vector>

#include "analysis/moments.hpp"
#include "models/design.hpp"
#include "models/reduced_table.hpp"

namespace meridian::analysis {

struct AnalysisDesign {
  models::Formula formula;
  ClassTable table;
  models::DesignOptions options;
  models::Design design;
  std::vector<PersonClass> classes;
  std::vector<models::ClassBlock> blocks;     ///< per class
  std::vector<models::ClassMoments> moments;  ///< per class, of the rows it has
};

/// What a formula must keep so that people can be pooled in classes: the response is the cosine itself, a person can
/// only be a group, every variable is one that the rows have. Known before anything is computed; InputError otherwise.
void check_formula(const AnalysisJob& job);

/// InputError for a formula that does not fit the frame columns (nation origin language persona llm removed
/// participant) or the pooling of people in classes.
AnalysisDesign make_analysis_design(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                                    const Moments& moments);

}  // namespace meridian::analysis
