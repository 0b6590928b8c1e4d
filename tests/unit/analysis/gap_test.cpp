#include "analysis/gap.hpp"

#include <catch2/catch.hpp>

#include "analysis/descriptives.hpp"
#include "analysis/moments.hpp"
#include "unit/analysis/small_study.hpp"

namespace meridian::analysis {

TEST_CASE("the gap of every model is the difference of its mean similarities and the sum of its two parts") {
  const SmallStudy study = make_small_study(90);
  const Moments moments = gather_block(study.panel, study.layout, study.tile);
  const auto tables = gap_tables(study.panel, study.layout);
  REQUIRE(tables.size() == 2);
  const findings::Table& ceilings = tables[0];
  const findings::Table& gap = tables[1];
  REQUIRE(gap.rows.size() == study.layout.models.size() + 1);
  const auto number = [&](const findings::Table& table, std::size_t row, const char* column) {
    return std::get<double>(table.rows[row][table.column(column)]);
  };
  for (std::size_t model = 0; model < study.layout.models.size(); ++model) {
    const double first = summarise_row(study.layout, moments, 0, model).mean;
    const double second = summarise_row(study.layout, moments, 1, model).mean;
    CHECK(number(gap, model, "mean_1") == Approx(first).epsilon(1e-12));
    CHECK(number(gap, model, "gap") == Approx(first - second).epsilon(1e-12));
    CHECK(number(gap, model, "homogeneity_part") + number(gap, model, "direction_part") ==
          Approx(number(gap, model, "gap")).epsilon(1e-12));
    CHECK(number(gap, model, "cosine_1") * number(ceilings, 0, "homogeneity") == Approx(first).epsilon(1e-12));
    CHECK(number(gap, model, "gap_low") < number(gap, model, "gap"));
  }
}

TEST_CASE("without a difference in homogeneity or direction the limits of both parts hold zero") {
  SmallStudy study = make_small_study(400);  // both nations answer at random alike
  const auto tables = gap_tables(study.panel, study.layout);
  const findings::Table& gap = tables[1];
  const auto& overall = gap.rows.back();
  CHECK(std::get<double>(overall[gap.column("homogeneity_low")]) < 0);
  CHECK(std::get<double>(overall[gap.column("homogeneity_high")]) > 0);
}

}  // namespace meridian::analysis
