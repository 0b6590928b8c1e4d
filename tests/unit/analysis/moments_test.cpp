#include "analysis/moments.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/descriptives.hpp"
#include "unit/analysis/small_study.hpp"

namespace meridian::analysis {
namespace {

constexpr std::size_t kPeople = 60;

Moments in_blocks(const SmallStudy& study, std::size_t block) {
  Moments moments;
  for (std::size_t first = 0; first < kPeople; first += block)
    merge(moments,
          gather_block(study.panel, study.layout, part_of(study.tile, first, std::min(block, kPeople - first))));
  return moments;
}

/// Mean and variance of one row of a nation, from the single cosines.
std::pair<double, double> plain_summary(const SmallStudy& study, std::int32_t nation, std::size_t row) {
  const Cell& cell = study.layout.cells[static_cast<std::size_t>(nation)][row];
  std::vector<double> values;
  for (std::size_t person = 0; person < kPeople; ++person) {
    const double cosine = similarity::plain_cosine(study.panel, person, cell.condition, cell.model, cell.variant);
    if (study.panel.people.nation[person] == nation && !std::isnan(cosine)) values.push_back(cosine);
  }
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, squares / static_cast<double>(values.size() - 1)};
}

}  // namespace

TEST_CASE("moments of blocks, merged, describe every row of every nation") {
  const SmallStudy study = make_small_study(kPeople);
  const Moments moments = in_blocks(study, 16);
  for (std::int32_t nation = 0; nation < 2; ++nation)
    for (std::size_t row = 0; row < study.layout.rows(); ++row) {
      const auto [mean, variance] = plain_summary(study, nation, row);
      const Summary summary = summarise_row(study.layout, moments, nation, row);
      CHECK(summary.mean == Approx(mean).epsilon(1e-12));
      CHECK(summary.variance() == Approx(variance).epsilon(1e-11));
    }
}

TEST_CASE("a person without a cosine in one variant stays in the others, in a class of their own") {
  const SmallStudy study = make_small_study(kPeople);
  const Moments moments = in_blocks(study, kPeople);
  REQUIRE(moments.size() == 3);
  // Person 0 (USA) answers the second dimension alike: without the first ("Care") nothing is left.
  const auto found = moments.find(PersonClass{1, "101"});
  REQUIRE(found != moments.end());
  CHECK(found->second.count == 1);
}

TEST_CASE("moments survive the way through an array") {
  const SmallStudy study = make_small_study(kPeople);
  const Moments moments = in_blocks(study, kPeople);
  const Moments back =
      from_array(study.layout, to_array(study.panel, study.layout, study.job.analyses.front(), moments));
  REQUIRE(back.size() == moments.size());
  for (const auto& [key, moment] : moments) {
    CHECK(back.at(key).count == moment.count);
    CHECK(back.at(key).mean == moment.mean);
    CHECK(back.at(key).scatter == moment.scatter);
  }
}

TEST_CASE("the change without a part is that of the people who have both cosines") {
  const SmallStudy study = make_small_study(kPeople);
  const findings::Table table = change_by_removed_table(study.panel, study.layout, in_blocks(study, 16));
  REQUIRE(table.rows.size() == 8);  // 2 origins x 2 nations x 2 dimensions
  double sum = 0;
  int rows = 0;
  const auto& cells = study.layout.cells[1];
  for (std::size_t row = study.layout.rows_per_variant(); row < 2 * study.layout.rows_per_variant(); ++row) {
    const Cell &with = cells[row], &without = cells[row % study.layout.rows_per_variant()];
    if (study.panel.models[with.model].origin != "USA") continue;
    for (std::size_t person = 0; person < kPeople; ++person) {
      const double change =
          similarity::plain_cosine(study.panel, person, with.condition, with.model, with.variant) -
          similarity::plain_cosine(study.panel, person, without.condition, without.model, without.variant);
      if (study.panel.people.nation[person] != 1 || std::isnan(change)) continue;
      sum += change;
      ++rows;
    }
  }
  bool found = false;
  for (const auto& row : table.rows)
    if (row[0] == findings::Cell{"USA"} && row[1] == findings::Cell{"USA"} && row[2] == findings::Cell{"Care"}) {
      found = true;
      CHECK(std::get<double>(row[3]) == Approx(sum / rows).epsilon(1e-12));
      CHECK(std::get<std::int64_t>(row[5]) == rows);
    }
  CHECK(found);
}

}  // namespace meridian::analysis
