#pragma once
// The ranks that work on an audit, without MPI: who I am and one operation, handed in by the command.
#include <Eigen/Core>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace meridian::audit {

struct Team {
  std::size_t rank = 0, size = 1;
  /// Every rank's bytes on every rank, in rank order. Collective.
  std::function<std::vector<std::string>(const std::string& bytes)> all_gather = [](const std::string& bytes) {
    return std::vector<std::string>{bytes};
  };
  /// Whether this rank does unit `number` of a list that all ranks go through alike.
  bool mine(std::size_t number) const { return number % size == rank; }
};

/// `count` rows of `columns` numbers on every rank, row r from compute(r), which depends on r alone: the ranks share
/// the rows, so the result does not depend on how many they are. Collective.
Eigen::MatrixXd shared_rows(const Team& team, std::size_t count, std::size_t columns,
                            const std::function<Eigen::VectorXd(std::size_t row)>& compute);

}  // namespace meridian::audit
