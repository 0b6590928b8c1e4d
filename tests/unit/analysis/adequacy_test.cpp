// Design adequacy against a plain recomputation from single cosines, row by row of the long table.
#include "analysis/adequacy.hpp"

#include <Eigen/QR>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "analysis/fits.hpp"
#include "analysis/slope_term.hpp"
#include "models/design.hpp"
#include "unit/analysis/small_study.hpp"

namespace meridian::analysis {
namespace {

constexpr std::size_t kPeople = 60;

AnalysisJob job_with(const std::string& formula) {
  AnalysisJob job;
  job.name = "made";
  job.formula = formula;
  return job;
}

Adequacy adequacy_of(const SmallStudy& study, const std::string& formula) {
  const Moments moments = gather_block(study.panel, study.layout, study.tile);
  return *fit_analysis(study.panel, study.layout, job_with(formula), moments).adequacy;
}

/// The long table of the small study, without classes or moments.
struct LongRow {
  std::size_t person, model, variant;
  double nation, origin, cosine;
};

std::vector<LongRow> long_table(const SmallStudy& study) {
  std::vector<LongRow> rows;
  for (std::size_t person = 0; person < kPeople; ++person) {
    const auto nation = static_cast<std::size_t>(study.panel.people.nation[person]);
    for (const Cell& cell : study.layout.cells[nation]) {
      const double cosine = similarity::plain_cosine(study.panel, person, cell.condition, cell.model, cell.variant);
      if (std::isnan(cosine)) continue;
      rows.push_back({person, cell.model, cell.variant, nation == 0 ? 0.5 : -0.5,
                      study.panel.models[cell.model].origin == "China" ? 0.5 : -0.5, cosine});
    }
  }
  double nation = 0, origin = 0;
  for (const LongRow& row : rows) {
    nation += row.nation / static_cast<double>(rows.size());
    origin += row.origin / static_cast<double>(rows.size());
  }
  for (LongRow& row : rows) {
    row.nation -= nation;
    row.origin -= origin;
  }
  return rows;
}

/// Least squares of the cosine on the covariate and the removals (and their interactions) in a unit's rows; `covariate`
/// is nation within models and origin within people.
Eigen::VectorXd plain_coefficients(const std::vector<LongRow>& rows, double LongRow::*covariate) {
  Eigen::MatrixXd x(static_cast<Eigen::Index>(rows.size()), 6);
  Eigen::VectorXd y(x.rows());
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    const LongRow& row = rows[static_cast<std::size_t>(i)];
    const double first = row.variant == 1, second = row.variant == 2, code = row.*covariate;
    x.row(i) << 1, code, first, second, code * first, code * second;
    y[i] = row.cosine;
  }
  return x.colPivHouseholderQr().solve(y);
}

struct PlainMean {
  double n = 0, mean = 0, std_error = 0;
};

PlainMean plain_mean(const std::vector<double>& values) {
  PlainMean result{static_cast<double>(values.size()), 0, 0};
  for (const double value : values) result.mean += value / result.n;
  for (const double value : values) result.std_error += (value - result.mean) * (value - result.mean);
  result.std_error = std::sqrt(result.std_error / (result.n - 1) / result.n);
  return result;
}

void check(const EffectAdequacy& effect, const PlainMean& plain) {
  CAPTURE(effect.term, effect.group);
  CHECK(static_cast<double>(effect.units) == plain.n);
  CHECK(effect.by_unit.estimate == Approx(plain.mean).epsilon(1e-9).margin(1e-13));
  CHECK(effect.by_unit.std_error == Approx(plain.std_error).epsilon(1e-9));
  CHECK(effect.by_unit.statistic == Approx(plain.mean / plain.std_error).epsilon(1e-8).margin(1e-11));
  CHECK(effect.ratio == Approx(plain.std_error / effect.model_error).epsilon(1e-9));
}

const EffectAdequacy& find(const Adequacy& adequacy, const std::string& term, const std::string& group) {
  for (const EffectAdequacy& effect : adequacy.effects)
    if (effect.term == term && effect.group == group) return effect;
  FAIL("no row for " << term << " by " << group);
  return adequacy.effects.front();
}

const std::string published = "cosine ~ nation*origin*removed + (nation+1|llm) + (1|participant)";

}  // namespace

TEST_CASE("contrasts by model are those of the single cosines") {
  const SmallStudy study = make_small_study(kPeople);
  const Adequacy adequacy = adequacy_of(study, published);
  std::map<std::size_t, std::vector<LongRow>> by_model;
  for (const LongRow& row : long_table(study)) by_model[row.model].push_back(row);
  std::vector<std::vector<double>> values(6);
  for (const auto& [model, rows] : by_model) {
    const Eigen::VectorXd coefficients = plain_coefficients(rows, &LongRow::nation);
    for (std::size_t i = 0; i < 6; ++i) values[i].push_back(coefficients[static_cast<Eigen::Index>(i)]);
  }
  const std::vector<std::string> terms{
      "", "nation", "removedCare", "removedPurity", "nation:removedCare", "nation:removedPurity"};
  for (std::size_t i = 1; i < 6; ++i) check(find(adequacy, terms[i], "llm"), plain_mean(values[i]));
}

TEST_CASE("contrasts by person leave out who lacks the rows, and are those of the single cosines") {
  const SmallStudy study = make_small_study(kPeople);
  const Adequacy adequacy = adequacy_of(study, published);
  std::map<std::size_t, std::vector<LongRow>> by_person;
  for (const LongRow& row : long_table(study)) by_person[row.person].push_back(row);
  std::vector<std::vector<double>> values(6);
  for (const auto& [person, rows] : by_person) {
    if (person == 0) continue;  // has no cosine without the first dimension; looked at below
    const Eigen::VectorXd coefficients = plain_coefficients(rows, &LongRow::origin);
    for (std::size_t i = 0; i < 6; ++i) values[i].push_back(coefficients[static_cast<Eigen::Index>(i)]);
  }
  check(find(adequacy, "removedCare", "participant"), plain_mean(values[2]));
  check(find(adequacy, "origin:removedCare", "participant"), plain_mean(values[4]));
  CHECK(find(adequacy, "removedCare", "participant").units == kPeople - 1);
  CHECK(find(adequacy, "removedPurity", "participant").units == kPeople);
  CHECK(find(adequacy, "origin", "participant").units == kPeople);
  CHECK(std::isnan(find(adequacy, "origin", "participant").sign_flip_p));
}

TEST_CASE("weighted contrasts are the same to the bit wherever their numbers lie in memory") {
  std::vector<UnitContrast> copies(8);
  for (std::size_t c = 0; c < copies.size(); ++c) {
    copies[c].information.reserve(13 + 2 * c);  // blocks of different sizes begin at different alignments
    for (int unit = 0; unit < 13; ++unit) {
      copies[c].values.push_back(std::sin(1.0 + unit));
      copies[c].information.push_back(1 / (1.3 + std::cos(3.0 * unit)));
    }
  }
  for (UnitContrast& copy : copies) copy = weighted_by_information(std::move(copy));
  for (const UnitContrast& copy : copies) {
    CHECK(copy.mean == copies[0].mean);
    CHECK(copy.variance == copies[0].variance);
    CHECK(copy.values == copies[0].values);
  }
}

TEST_CASE("an effect that units' groups moderate is compared with what its coefficient stands for") {
  // Slopes of t by unit, exact: 0, 2, -1, 3 in group A, 8, 10, 9, 13 in group B.
  const std::vector<double> slopes = {0, 2, -1, 3, 8, 10, 9, 13};
  models::Frame frame;
  std::vector<double> t, y;
  std::vector<std::string> group, unit;
  for (std::size_t u = 0; u < slopes.size(); ++u)
    for (int occasion = 0; occasion < 4; ++occasion) {
      t.push_back(occasion);
      y.push_back(static_cast<double>(u) + slopes[u] * occasion +
                  (occasion % 2 == 0 ? 0.1 : -0.1) * static_cast<double>(u % 3));
      group.emplace_back(u < 4 ? "A" : "B");
      unit.push_back("u" + std::to_string(u));
    }
  frame.add_numeric("t", t);
  frame.add_numeric("y", y);
  frame.add_labels("grp", group);
  frame.add_labels("id", unit);
  const auto test_of = [&](const models::DesignOptions& options) {
    const models::Formula formula = models::parse_formula("y ~ t * grp + (t | id)");
    const models::Design design = models::build_design(formula, frame, options);
    const models::Fit fit = models::fit_mixed(design);
    const Adequacy adequacy = design_adequacy(formula, design, fit);
    REQUIRE(adequacy.effects.size() == 1);
    CHECK(adequacy.effects[0].term == "t");
    CHECK(adequacy.effects[0].ratio < 1.2);
    CHECK(adequacy.effects[0].by_unit.estimate == Approx(fit.beta[1]).epsilon(1e-6));
    return adequacy.effects[0];
  };
  // t in group A, from its four units alone: a one-sample t test.
  const EffectAdequacy reference = test_of({});
  CHECK(reference.units == 4);
  CHECK(reference.by_unit.df == 3);
  CHECK(std::isfinite(reference.sign_flip_p));
  // t at the middle of both groups: the slopes regressed on the groups.
  models::DesignOptions centred;
  centred.contrasts["grp"] = {models::ContrastKind::centred, ""};
  const EffectAdequacy middle = test_of(centred);
  CHECK(middle.units == 8);
  CHECK(middle.by_unit.df == 6);
  CHECK(std::isnan(middle.sign_flip_p));
}

TEST_CASE("effects between units have no row") {
  const Adequacy adequacy = adequacy_of(make_small_study(kPeople), published);
  for (const EffectAdequacy& effect : adequacy.effects) {
    CAPTURE(effect.term);
    const std::string between = effect.group == "llm" ? "origin" : "nation";
    CHECK(effect.term.find(between) == std::string::npos);
    CHECK(effect.term != "(Intercept)");
  }
  CHECK(adequacy.effects.size() == 10);
}

TEST_CASE("a slope is recognised, a missing one is the remedy") {
  const Adequacy adequacy = adequacy_of(make_small_study(kPeople), published);
  CHECK(find(adequacy, "nation", "llm").slope);
  CHECK(find(adequacy, "nation", "llm").remedy.empty());
  CHECK_FALSE(find(adequacy, "removedCare", "llm").slope);
  CHECK(find(adequacy, "removedCare", "llm").remedy == "(1 + nation + removed | llm)");
  CHECK(find(adequacy, "nation:removedCare", "llm").remedy == "(1 + nation*removed | llm)");
  CHECK(find(adequacy, "origin", "participant").remedy == "(1 + origin | participant)");
}

TEST_CASE("slope terms keep what the formula has and name every margin once") {
  const models::Formula formula = models::parse_formula("y ~ a*b*c + (0 + a + d | g) + (1 | h)");
  CHECK(slope_term(formula, "g", {{"a", "b"}, {"b"}}) == "(0 + d + a*b | g)");
  CHECK(slope_term(formula, "h", {{"a"}, {"b", "c"}, {"b", "c"}}) == "(1 + a + b*c | h)");
  CHECK(slope_term(formula, "k", {{"a"}}) == "(1 + a | k)");
  CHECK(slope_term(formula, "g", {}).empty());
}

TEST_CASE("a doubtful effect gives a row, a note and two lines; a sound one a row only") {
  Adequacy adequacy;
  adequacy.effects.push_back({"language",
                              "llm",
                              {"language"},
                              false,
                              20,
                              {.02, .01, 2, 19, .06},
                              .05,
                              .001,
                              1e-9,
                              10,
                              "(1 + language | llm)"});
  adequacy.effects.push_back({"nation", "llm", {"nation"}, true, 20, {.02, .01, 2, 19, .06}, .05, .01, .06, 1, ""});
  adequacy.remedies = {"(1 + language | llm)"};
  findings::Section section;
  add_adequacy(adequacy, "made", section);
  REQUIRE(section.tables.size() == 1);
  CHECK(section.tables.front().rows.size() == 2);
  REQUIRE(section.notes.size() == 1);
  CHECK(section.notes.front().severity == findings::Severity::caution);
  CHECK(section.notes.front().text.find("1 of 2 effects") != std::string::npos);
  CHECK(section.notes.front().remedy == "Add slopes: (1 + language | llm).");
  CHECK(adequacy_lines(adequacy, "made", "adequacy.csv").size() == 2);

  adequacy.effects.front().ratio = kAdequateRatio;
  findings::Section sound;
  add_adequacy(adequacy, "made", sound);
  CHECK(sound.notes.empty());
  CHECK(adequacy_lines(adequacy, "made", "adequacy.csv").empty());
}

}  // namespace meridian::analysis
