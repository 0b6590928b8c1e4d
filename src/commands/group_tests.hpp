#pragma once
// The tests of meridian compare-groups by name: from columns of a table to named numbers.
#include <string>
#include <utility>
#include <vector>

#include "commands/group_sample.hpp"
#include "inference/repeated_measures.hpp"

namespace meridian::commands {

/// Quantity and value, in the order of printing; names of p-values begin with "p_".
using Numbers = std::vector<std::pair<std::string, double>>;

struct TestOptions {
  double margin = 1;  ///< of equivalence
  inference::ErrorModel error = inference::ErrorModel::split_plot;
};

struct GroupTest {
  std::string name;
  bool groups, pairs, within;  ///< columns that it needs; one that it does not need is refused
  Numbers (*run)(const SampleColumns& columns, const TestOptions& options);
};

/// Which group is larger where a quantity of a test is positive, for published conventions differ: "positive: first
/// group larger"; empty for one that has no direction.
std::string direction(const std::string& test, const std::string& quantity);

/// Throws InputError listing the tests.
const GroupTest& group_test(const std::string& name);

}  // namespace meridian::commands
