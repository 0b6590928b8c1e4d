#include "uncertainty/replicate_units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "error.hpp"
#include "storage/array_file.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr const char* kName = "replicates";

/// Statistic by statistic, as the file stores it and as a column-major matrix lies in memory.
MatrixXd read_unit(const storage::UnitStore& store, std::size_t unit) {
  const storage::Array array = storage::read_array(store.unit_path(unit), kName);
  const auto statistics = static_cast<Index>(array.axes.at(0).labels.size());
  return Eigen::Map<const MatrixXd>(array.values.data(), static_cast<Index>(array.values.size()) / statistics,
                                    statistics);
}

MatrixXd stacked(const std::vector<MatrixXd>& parts) {
  Index rows = 0;
  for (const MatrixXd& part : parts) rows += part.rows();
  MatrixXd all(rows, parts.empty() ? 0 : parts.front().cols());
  rows = 0;
  for (const MatrixXd& part : parts) {
    all.middleRows(rows, part.rows()) = part;
    rows += part.rows();
  }
  return all;
}

}  // namespace

storage::Plan replicate_plan(const resampling::ReplicateStudy& study) {
  storage::Plan plan;
  plan.kind = study.kind;
  plan.prefix = kName;
  plan.per_unit = study.batch;
  plan.fingerprint = study.fingerprint;
  // Units written when other statistics were taken cannot be gone on with: their columns would not fit.
  plan.fingerprint.emplace_back("statistics",
                                fmt::format("{}, SHA-256 of their names {}", study.statistics.size(),
                                            storage::sha256(fmt::format("{}", fmt::join(study.statistics, "\n")))));
  if (study.limit > 0) plan.fingerprint.emplace_back("replicates there are", std::to_string(study.limit));
  return plan;
}

std::size_t units_for(const storage::Plan& plan, std::size_t replicates) {
  return (replicates + plan.per_unit - 1) / plan.per_unit;
}

void compute_batch(const resampling::ReplicateStudy& study, const storage::UnitStore& store, std::size_t unit) {
  const std::size_t first = unit * study.batch;
  const std::size_t count = study.limit > 0 ? std::min(study.batch, study.limit - first) : study.batch;
  const MatrixXd values = study.compute(first, count);
  if (values.rows() != static_cast<Index>(count) || values.cols() != static_cast<Index>(study.statistics.size()))
    throw Error(ExitCode::bug, fmt::format("a batch of {} replicates of {} statistics came as {} x {}", count,
                                           study.statistics.size(), values.rows(), values.cols()));
  storage::Array shape;
  shape.name = kName;
  shape.axes = {{"statistic", study.statistics}, {"replicate", {}}};
  for (std::size_t r = 0; r < count; ++r) shape.axes[1].labels.push_back(std::to_string(first + r));
  store.commit(unit, [&](const std::filesystem::path& part) { storage::write_array(part, shape, values.data(), {}); });
}

MatrixXd read_replicates(const storage::UnitStore& store, std::size_t replicates) {
  std::vector<MatrixXd> parts;
  for (std::size_t unit = 0; unit < units_for(store.plan(), replicates); ++unit) {
    if (!store.done(unit))
      throw InputError(store.folder().string(), "no " + store.unit_path(unit).filename().string(),
                       fmt::format("all units of {} replicates", replicates), "Run the command again to compute it.");
    parts.push_back(read_unit(store, unit));
  }
  const MatrixXd all = stacked(parts);
  return all.topRows(std::min(all.rows(), static_cast<Index>(replicates)));
}

MatrixXd read_finished(const storage::UnitStore& store) {
  std::vector<MatrixXd> parts;
  for (std::size_t unit = 0; unit < store.extent(); ++unit)
    if (store.done(unit)) parts.push_back(read_unit(store, unit));
  return stacked(parts);
}

void write_replicate_master(const storage::UnitStore& store, std::size_t replicates) {
  std::vector<std::filesystem::path> units;
  for (std::size_t unit = 0; unit < units_for(store.plan(), replicates); ++unit) units.push_back(store.unit_path(unit));
  storage::write_master(store.folder() / "replicates.h5", kName, units);
}

}  // namespace meridian::uncertainty
