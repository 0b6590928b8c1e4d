#pragma once
// What is resampled: people in classes with their responses, and the units (models) that own the columns.
#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "models/design.hpp"
#include "models/fit.hpp"
#include "models/reduced_table.hpp"
#include "resampling/strata.hpp"

namespace meridian::uncertainty {

/// People who meet the same cells.
struct SampleClass {
  models::ClassBlock block;            ///< their cells in the template
  Eigen::VectorXd mean;                ///< cells
  Eigen::MatrixXd deviations;          ///< members x cells, responses less the mean
  std::vector<std::uint32_t> members;  ///< indices among the people of the sample
};

/// A long table by its template (one representative per class, as models::Refitter wants it). Rows of the template
/// belong to column units: drawing a unit twice repeats its rows under the name of a new level.
struct Sample {
  models::Design design;
  std::string pooled;  ///< the factor that tells people apart, "participant"
  models::Method method = models::Method::reml;
  std::vector<SampleClass> classes;
  resampling::Strata people;                ///< within nations
  std::vector<std::string> people_strata;   ///< their names
  std::string column_factor;                ///< "llm"; empty: columns are not resampled
  std::vector<std::int32_t> column_of_row;  ///< per row of the template: index of its column unit
  resampling::Strata columns;               ///< within origins
  std::vector<std::string> column_names;
  std::vector<std::string> column_strata;
};

/// Count, mean and projected scatter of every class, all people once.
std::vector<models::PooledClass> full_classes(const Sample& sample, const models::RandomStructure& structure);

/// Bytes that a sample holds: 8 x people x cells, and the template.
std::size_t bytes_of(const Sample& sample);

}  // namespace meridian::uncertainty
