#pragma once
// Replicates on disk: one batch is one unit of work, an array [statistic, replicate] of its own.
#include <Eigen/Core>
#include <cstddef>

#include "resampling/replicate_study.hpp"
#include "storage/units.hpp"

namespace meridian::uncertainty {

/// An open-ended plan of batches: replicates-000000.h5, ...
storage::Plan replicate_plan(const resampling::ReplicateStudy& study);

/// Units that hold the first `replicates` replicates.
std::size_t units_for(const storage::Plan& plan, std::size_t replicates);

/// Computes one unit and commits it. Throws Error(bug) if the matrix does not have the shape of the study.
void compute_batch(const resampling::ReplicateStudy& study, const storage::UnitStore& store, std::size_t unit);

/// The first `replicates` replicates, replicates x statistics. Throws InputError if a unit is missing or damaged.
Eigen::MatrixXd read_replicates(const storage::UnitStore& store, std::size_t replicates);

/// The units done so far, in order, whatever is missing between them.
Eigen::MatrixXd read_finished(const storage::UnitStore& store);

/// replicates.h5: the units behind the first `replicates` as one array.
void write_replicate_master(const storage::UnitStore& store, std::size_t replicates);

}  // namespace meridian::uncertainty
