#include "audit/team.hpp"

#include <cstring>

#include "error.hpp"

namespace meridian::audit {

Eigen::MatrixXd shared_rows(const Team& team, std::size_t count, std::size_t columns,
                            const std::function<Eigen::VectorXd(std::size_t row)>& compute) {
  const std::size_t row_bytes = columns * sizeof(double);
  std::string mine;
  for (std::size_t row = team.rank; row < count; row += team.size) {
    const Eigen::VectorXd values = compute(row);
    if (static_cast<std::size_t>(values.size()) != columns)
      throw Error(ExitCode::bug, "a shared row of another length than its columns");
    mine.append(reinterpret_cast<const char*>(values.data()), row_bytes);
  }
  const std::vector<std::string> all = team.all_gather(mine);
  Eigen::MatrixXd rows(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(columns));
  std::vector<double> values(columns);
  for (std::size_t row = 0; row < count && columns > 0; ++row) {
    std::memcpy(values.data(), all[row % team.size].data() + row / team.size * row_bytes, row_bytes);
    rows.row(static_cast<Eigen::Index>(row)) =
        Eigen::Map<const Eigen::RowVectorXd>(values.data(), static_cast<Eigen::Index>(columns));
  }
  return rows;
}

}  // namespace meridian::audit
