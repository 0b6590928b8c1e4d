#pragma once
// The fixed effects that vary within a unit (one model, one person), each estimated from the unit's own rows alone:
// one number per unit, whose spread over units says how well the mean effect is known.
#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "models/class_moments.hpp"
#include "models/design.hpp"
#include "models/reduced_table.hpp"

namespace meridian::analysis {

/// The least-squares coefficient of one design column within each unit, in a fit of all columns that vary within units
/// (and the intercept). Units whose rows do not tell the effect from others are left out.
struct UnitContrast {
  Eigen::Index column = 0;  ///< of Design::x; never the intercept
  std::size_t units = 0;
  std::size_t lost = 1;             ///< degrees of freedom that the mean takes: 1, more with moderators
  double mean = 0, variance = 0;    ///< over units; of the variance `units - lost` are the degrees of freedom
  std::vector<double> values;       ///< one per unit, in their order; empty for people
  std::vector<double> information;  ///< beside values: 1 / variance of each for a residual variance of 1
  /// What else a value estimates: of the unit at `unit`, `loading` times the coefficient of `column` (t:groupB in the
  /// slopes of the units of group B).
  struct Moderator {
    std::size_t unit = 0;
    Eigen::Index column = 0;
    double loading = 0;
  };
  std::vector<Moderator> moderators;
};

/// The template of the classes: cells of one representative person per class, and what is known of the people.
struct ClassData {
  const models::Design& design;
  const std::vector<models::ClassBlock>& blocks;
  const std::vector<models::ClassMoments>& moments;  ///< cells in the order of the block
};

/// Units are the levels of a factor given per row of the template; a row counts once per person of its class, so each
/// fit is that on all rows of the long table; prior weights of the design count besides.
std::vector<UnitContrast> contrasts_by_level(const ClassData& data, const std::vector<std::int32_t>& level);

/// The same mean effect from units that know very different amounts of it: each counts with its share of the
/// information, in the mean, in its error (the sandwich by unit) and in `values`. Nothing changes where all know the
/// same.
UnitContrast weighted_by_information(UnitContrast contrast);

/// The same where effects interact with what differs between units: the values regressed on their loadings, so that the
/// mean is what the column's coefficient stands for (in treatment codes the effect in the reference group, from its
/// units alone). `values` stay where one number is estimated from the units that bear on it, else they are empty.
UnitContrast weighted_by_moderators(const UnitContrast& contrast);

/// Units are people. A person's coefficients are a linear map of their cosines, the same for all of a class, so class
/// means and scatters give mean and variance over people exactly.
std::vector<UnitContrast> contrasts_by_person(const ClassData& data);

}  // namespace meridian::analysis
