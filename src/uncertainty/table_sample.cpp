#include "uncertainty/table_sample.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "error.hpp"
#include "models/pooling.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;

void set_columns(const std::string& columns, Sample& sample) {
  const auto& random = sample.design.random;
  const auto term = std::find_if(random.begin(), random.end(),
                                 [&](const models::RandomTerm& candidate) { return candidate.group == columns; });
  if (term == random.end() || columns == sample.pooled)
    throw InputError("grouping factor", "'" + columns + "'",
                     "a factor of the random part besides the largest, " + sample.pooled, "Name one of the formula's.");
  sample.column_factor = columns;
  sample.column_of_row = term->level;
  sample.column_names = term->levels;
  sample.columns = resampling::strata_of(std::vector<std::int32_t>(term->levels.size(), 0));
  sample.column_strata = {columns};
}

}  // namespace

Sample table_sample(const models::Design& design, models::Method method, const std::string& columns) {
  if (design.random.empty())
    throw InputError("formula", "no random terms", "a mixed model", "Add (1 | group) for the units that are drawn.");
  models::PooledDesign pooled = models::pool_levels(design, models::random_structure(design.random));
  Sample sample;
  sample.design = std::move(pooled.design);
  sample.pooled = pooled.factor;
  sample.method = method;
  std::size_t people = 0;
  for (std::size_t k = 0; k < pooled.classes.size(); ++k) {
    SampleClass one{pooled.classes[k].block, pooled.classes[k].mean, std::move(pooled.responses[k]), {}};
    one.deviations.rowwise() -= one.mean.transpose();
    for (const Index member : pooled.members[k]) one.members.push_back(static_cast<std::uint32_t>(member));
    people += one.members.size();
    sample.classes.push_back(std::move(one));
  }
  sample.people = resampling::strata_of(std::vector<std::int32_t>(people, 0));
  sample.people_strata = {sample.pooled};
  if (!columns.empty()) set_columns(columns, sample);
  return sample;
}

}  // namespace meridian::uncertainty
