#pragma once
// From a long design to what the criterion reads.
#include "models/criterion.hpp"
#include "models/pooling.hpp"

namespace examples {

struct Reduced {
  meridian::models::PooledDesign pooled;
  meridian::models::RandomStructure structure;
  meridian::models::ReducedTable table;
  meridian::models::Problem problem;
};

inline Reduced reduce(const meridian::models::Design& design,
                      meridian::models::RestStorage storage = meridian::models::RestStorage::fastest) {
  using namespace meridian::models;
  Reduced reduced;
  reduced.structure = random_structure(design.random);
  reduced.pooled = pool_levels(design, reduced.structure);
  reduced.table = reduce_table(reduced.pooled.design, reduced.structure, reduced.pooled.factor, reduced.pooled.classes);
  reduced.problem = build_problem(reduced.structure, reduced.table, storage);
  return reduced;
}

}  // namespace examples
