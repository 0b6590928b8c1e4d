#include "uncertainty/replicate_rows.hpp"

#include <exception>

namespace meridian::uncertainty {

Eigen::MatrixXd replicate_rows(std::size_t count, Eigen::Index statistics, int threads,
                               const std::function<Eigen::VectorXd(Eigen::Index)>& row) {
  Eigen::MatrixXd values(static_cast<Eigen::Index>(count), statistics);
  std::exception_ptr failure;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
  for (Eigen::Index r = 0; r < values.rows(); ++r) {
    try {
      values.row(r) = row(r).transpose();
    } catch (...) {
#pragma omp critical
      failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
  return values;
}

}  // namespace meridian::uncertainty
