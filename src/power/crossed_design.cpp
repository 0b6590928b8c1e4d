#include "power/crossed_design.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace meridian::power {
namespace {

using Eigen::Index;

/// `total` people over classes in the proportions of `people`: whole numbers by the largest remainders.
std::vector<double> shared_out(const std::vector<double>& people, std::size_t total) {
  const double all = std::accumulate(people.begin(), people.end(), 0.0);
  std::vector<double> counts, remainders;
  for (const double count : people) {
    const double exact = count / all * static_cast<double>(total);
    counts.push_back(std::floor(exact));
    remainders.push_back(exact - counts.back());
  }
  std::vector<std::size_t> order(people.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  double left = static_cast<double>(total) - std::accumulate(counts.begin(), counts.end(), 0.0);
  for (const std::size_t k : order)
    if (left-- > 0.5) ++counts[k];
  return counts;
}

std::vector<double> people_of(const CrossedDesign& base, std::size_t per_nation) {
  if (per_nation == 0) return base.people;
  std::vector<double> people(base.people.size(), 0);
  for (const auto& classes : base.nations.members) {
    std::vector<double> own;
    for (const std::uint32_t k : classes) own.push_back(base.people[k]);
    const std::vector<double> counts = shared_out(own, per_nation);
    for (std::size_t i = 0; i < classes.size(); ++i) people[classes[i]] = counts[i];
  }
  return people;
}

/// The models of a design of another size: which of the base's each is a copy of, and its name.
struct Copies {
  std::vector<std::string> names;
  std::vector<std::int32_t> original;
  resampling::Strata origins;
};

Copies copies_of(const CrossedDesign& base, std::size_t per_origin) {
  const models::Variable& model = base.frame.find(base.model);
  Copies copies;
  std::vector<std::int32_t> origin;
  for (std::size_t h = 0; h < base.origins.members.size(); ++h) {
    const auto& members = base.origins.members[h];
    const std::size_t count = per_origin == 0 ? members.size() : per_origin;
    for (std::size_t copy = 0; copy < count; ++copy) {
      const std::uint32_t original = members[copy % members.size()];
      const std::string round = copy < members.size() ? "" : "#" + std::to_string(copy / members.size() + 1);
      copies.names.push_back(model.levels[original] + round);
      copies.original.push_back(static_cast<std::int32_t>(original));
      origin.push_back(static_cast<std::int32_t>(h));
    }
  }
  copies.origins = resampling::strata_of(origin);
  return copies;
}

/// A row of the new frame: a row of the old one, met under the name of a copy.
struct CopiedRow {
  std::size_t row;
  std::int32_t model;
};

std::vector<CopiedRow> rows_of(const CrossedDesign& base, const Copies& copies, const models::ClassBlock& block) {
  const models::Variable& model = base.frame.find(base.model);
  std::vector<CopiedRow> rows;
  for (std::size_t copy = 0; copy < copies.names.size(); ++copy)
    for (Index i = block.first_row; i < block.first_row + block.rows; ++i)
      if (model.codes[static_cast<std::size_t>(i)] == copies.original[copy])
        rows.push_back({static_cast<std::size_t>(i), static_cast<std::int32_t>(copy)});
  return rows;
}

models::Frame frame_of(const CrossedDesign& base, const Copies& copies, const std::vector<CopiedRow>& rows) {
  models::Frame frame;
  for (const models::Variable& old : base.frame.variables) {
    models::Variable fresh{old.name, old.is_factor, {}, {}, old.levels};
    for (const CopiedRow& from : rows)
      if (old.name == base.model)
        fresh.codes.push_back(from.model);
      else if (old.is_factor)
        fresh.codes.push_back(old.codes[from.row]);
      else
        fresh.numeric.push_back(old.numeric[from.row]);
    if (old.name == base.model) fresh.levels = copies.names;
    frame.variables.push_back(std::move(fresh));
  }
  return frame;
}

}  // namespace

CrossedDesign grown(const CrossedDesign& base, const Size& size) {
  const Copies copies = copies_of(base, size.models);
  const std::vector<double> people = people_of(base, size.people);
  CrossedDesign crossed = base;
  crossed.blocks.clear();
  crossed.people.clear();
  std::vector<CopiedRow> rows;
  std::vector<std::int32_t> nation_of_class(base.blocks.size());
  for (std::size_t g = 0; g < base.nations.members.size(); ++g)
    for (const std::uint32_t k : base.nations.members[g]) nation_of_class[k] = static_cast<std::int32_t>(g);
  std::vector<std::int32_t> nations;
  for (std::size_t k = 0; k < base.blocks.size(); ++k) {
    if (people[k] < 1) continue;
    const std::vector<CopiedRow> own = rows_of(base, copies, base.blocks[k]);
    crossed.blocks.push_back({static_cast<Index>(rows.size()), static_cast<Index>(own.size())});
    crossed.people.push_back(people[k]);
    nations.push_back(nation_of_class[k]);
    rows.insert(rows.end(), own.begin(), own.end());
  }
  crossed.nations = resampling::strata_of(nations);
  crossed.origins = copies.origins;
  crossed.frame = frame_of(base, copies, rows);
  return crossed;
}

models::Design design_of(const CrossedDesign& crossed) {
  models::DesignOptions options;
  options.response_required = false;
  for (std::size_t k = 0; k < crossed.blocks.size(); ++k)
    options.multiplicity.resize(options.multiplicity.size() + static_cast<std::size_t>(crossed.blocks[k].rows),
                                crossed.people[k]);
  return models::build_design(crossed.formula, crossed.frame, options);
}

}  // namespace meridian::power
