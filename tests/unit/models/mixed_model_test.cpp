// Whole fits against the n x n twin, and the invariances a fit must have.
#include "models/mixed_model.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "error.hpp"
#include "example_designs.hpp"

namespace {

using namespace meridian::models;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Predicted effects of one term and their covariance from the dense matrices.
void check_effects(const Fit& fit, const Design& design, const dense::Model& twin, const RandomStructure& structure) {
  std::map<std::vector<std::string>, RandomEffect> found;
  for (const RandomEffect& effect : fit.random_effects) found[{effect.group, effect.level, effect.term}] = effect;
  const VectorXd weighted = twin.inverse * (design.response - design.x * twin.beta);
  for (std::size_t t = 0; t < design.random.size(); ++t) {
    const RandomTerm& term = design.random[t];
    const MatrixXd l = dense::term_template(structure, t, fit.theta);
    const MatrixXd covariance = dense::block_diagonal(l * l.transpose(), term.levels.size());
    const MatrixXd cross = dense::indicator_columns(term) * covariance;
    const VectorXd value = cross.transpose() * weighted;
    const MatrixXd spread = twin.sigma2() * (covariance - cross.transpose() * twin.inverse * cross);
    for (std::size_t level = 0; level < term.levels.size(); ++level)
      for (std::size_t j = 0; j < term.columns.size(); ++j) {
        const RandomEffect& effect = found.at({term.group, term.levels[level], term.columns[j]});
        const auto at = static_cast<Index>(level * term.columns.size() + j);
        CHECK(effect.value == Approx(value[at]).margin(1e-8));
        CHECK(effect.conditional_sd == Approx(std::sqrt(spread(at, at))).margin(1e-8));
      }
  }
}

void check_fit(const Design& design, Method method) {
  FitOptions options;
  options.method = method;
  options.effects_of_pooled = true;
  const Fit fit = fit_mixed(design, options);
  const RandomStructure structure = random_structure(design.random);
  const dense::Model twin = dense::evaluate(design, structure, fit.theta, method);
  CHECK(fit.converged);
  CHECK(fit.nobs == static_cast<std::size_t>(design.x.rows()));
  CHECK(fit.criterion == Approx(twin.criterion).epsilon(1e-11));
  CHECK(fit.sigma == Approx(std::sqrt(twin.sigma2())).epsilon(1e-9));
  CHECK((fit.beta - twin.beta).norm() < 1e-9 * twin.beta.norm());
  const MatrixXd vcov = twin.sigma2() * twin.relative;
  CHECK((fit.vcov - vcov).norm() < 1e-9 * vcov.norm());
  CHECK(fit.largest_gradient < 1e-6);
  for (Index i = 0; i < fit.theta.size(); ++i)
    for (const double shift : {-1e-3, 1e-3})
      CHECK(dense::evaluate(design, structure, fit.theta + shift * VectorXd::Unit(fit.theta.size(), i), method)
                .criterion >= fit.criterion);
  check_effects(fit, design, twin, structure);
}

void check_fit(const Design& design) {
  check_fit(design, Method::reml);
  check_fit(design, Method::ml);
}

Design people() {
  return examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 20);
}

/// The same data as a template with one person per nation and moments of both.
struct ClassWise {
  Design design;
  std::vector<ClassBlock> blocks{{0, 8}, {8, 8}};
  std::vector<ClassMoments> moments{ClassMoments(8), ClassMoments(8)};
};

ClassWise class_wise(const Design& all) {
  std::vector<Index> rows(16);
  std::iota(rows.begin(), rows.begin() + 8, Index{0});
  std::iota(rows.begin() + 8, rows.end(), Index{40 * 8});
  ClassWise result{select_rows(all, rows)};
  RandomTerm& person = result.design.random[1];
  for (std::size_t r = 0; r < 16; ++r) person.level[r] = r < 8 ? 0 : 1;
  person.levels = {"CHN", "USA"};
  for (Index p = 0; p < 65; ++p) result.moments[p < 40 ? 0 : 1].add(all.response.segment(p * 8, 8));
  return result;
}

/// lmerTest's df from differences of dense matrices only.
double dense_df(const Design& design, const Fit& fit, const VectorXd& l) {
  const RandomStructure structure = random_structure(design.random);
  const Index size = fit.theta.size() + 1;
  VectorXd at(size);
  at << fit.theta, fit.sigma;
  const auto model = [&](const VectorXd& v) {
    return dense::evaluate(design, structure, v.head(size - 1), fit.method);
  };
  const auto value = [&](const VectorXd& v) { return dense::unprofiled(model(v), v[size - 1]); };
  const auto variance = [&](const VectorXd& v) { return v[size - 1] * v[size - 1] * l.dot(model(v).relative * l); };
  MatrixXd hessian(size, size);
  VectorXd gradient(size);
  const double h = 1e-3;
  for (Index i = 0; i < size; ++i) {
    const VectorXd a = h * VectorXd::Unit(size, i);
    gradient[i] = (variance(at + a) - variance(at - a)) / (2 * h);
    for (Index j = 0; j <= i; ++j) {
      const VectorXd b = h * VectorXd::Unit(size, j);
      hessian(i, j) = hessian(j, i) =
          (value(at + a + b) - value(at + a - b) - value(at - a + b) + value(at - a - b)) / (4 * h * h);
    }
  }
  return 2 * std::pow(variance(at), 2) / gradient.dot(2 * hessian.inverse() * gradient);
}

}  // namespace

TEST_CASE("fits equal the dense twin") {
  SECTION("crossed factors with slopes") { check_fit(examples::crossed()); }
  SECTION("prior weights") { check_fit(examples::weighted()); }
  SECTION("three factors, two of them nested") { check_fit(examples::nested()); }
  SECTION("several terms on one factor") { check_fit(examples::uncorrelated()); }
  SECTION("three correlated columns") { check_fit(examples::three_columns()); }
  SECTION("people in classes") {  // few of them: the twin has as many rows and columns as there are answers
    check_fit(
        examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 20, 22, 13));
  }
}

TEST_CASE("class statistics give the fit of the long table") {
  const Design all = people();
  const ClassWise classes = class_wise(all);
  for (const Method method : {Method::reml, Method::ml}) {
    FitOptions options;
    options.method = method;
    const Fit wide = fit_mixed(classes.design, "participant", classes.blocks, classes.moments, options);
    const Fit tall = fit_mixed(all, options);
    CHECK(wide.nobs == tall.nobs);
    CHECK(wide.criterion == Approx(tall.criterion).epsilon(1e-12));
    CHECK((wide.theta - tall.theta).norm() < 1e-10);
    CHECK((wide.beta - tall.beta).norm() < 1e-10);
    CHECK((wide.vcov - tall.vcov).norm() < 1e-10 * tall.vcov.norm());
    CHECK(wide.theta_names == tall.theta_names);
    CHECK(wide.theta_names.front() == "participant.(Intercept)");
    REQUIRE(wide.groups.size() == 2);
    CHECK(wide.groups[0].levels == 65);
    for (std::size_t i = 0; i < wide.coefficients.size(); ++i)
      CHECK(wide.coefficients[i].df == Approx(tall.coefficients[i].df).epsilon(1e-10));
  }
}

TEST_CASE("maps of a class give residuals and effects of its people") {
  const Design all = people();
  const ClassWise classes = class_wise(all);
  FitOptions options;
  options.effects_of_pooled = true;
  const Fit tall = fit_mixed(all, options);
  const MixedModel model = estimate_mixed(classes.design, "participant", classes.blocks, classes.moments);
  const RandomStructure structure = random_structure(all.random);
  const dense::Model twin = dense::evaluate(all, structure, tall.theta, Method::reml);
  const VectorXd residual = twin.inverse * (all.response - all.x * twin.beta);  // e = V^-1 (y - X b): conditional
  std::map<std::vector<std::string>, RandomEffect> effects;
  for (const RandomEffect& effect : tall.random_effects) effects[{effect.group, effect.level, effect.term}] = effect;
  for (const Index person : {0, 17, 64}) {
    const PersonMaps maps = model.person_maps(person < 40 ? 0 : 1);
    const VectorXd y = all.response.segment(person * 8, 8);
    CHECK((maps.residual_map * y - maps.residual_offset - residual.segment(person * 8, 8)).norm() < 1e-8);
    const VectorXd own = maps.effect_map * y - maps.effect_offset;
    const std::string level = "participant" + std::to_string(person);
    CHECK(own[0] == Approx(effects.at({"participant", level, "(Intercept)"}).value).margin(1e-8));
    CHECK(own[1] == Approx(effects.at({"participant", level, "origin"}).value).margin(1e-8));
    CHECK(std::sqrt(maps.effect_covariance(1, 1)) ==
          Approx(effects.at({"participant", level, "origin"}).conditional_sd).epsilon(1e-7));
  }
}

namespace {

/// The same table with its rows in another order and the levels of every factor numbered backwards.
Design shuffled(const Design& design) {
  std::vector<Index> order(static_cast<std::size_t>(design.x.rows()));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Index>((i * 77 + 13) % order.size());
  Design other = select_rows(design, order);
  for (RandomTerm& term : other.random) {
    const auto last = static_cast<std::int32_t>(term.levels.size()) - 1;
    for (std::int32_t& level : term.level) level = last - level;
    std::reverse(term.levels.begin(), term.levels.end());
  }
  return other;
}

void check_order(const Design& design) {
  const Fit a = fit_mixed(design), b = fit_mixed(shuffled(design));
  CHECK(a.criterion == Approx(b.criterion).epsilon(1e-12));
  CHECK((a.theta - b.theta).cwiseAbs().maxCoeff() < 1e-10);
  CHECK((a.beta - b.beta).cwiseAbs().maxCoeff() < 1e-10);
  CHECK((a.vcov - b.vcov).norm() < 1e-10 * a.vcov.norm());
  for (std::size_t i = 0; i < a.coefficients.size(); ++i)
    CHECK(a.coefficients[i].df == Approx(b.coefficients[i].df).epsilon(1e-10));
}

}  // namespace

TEST_CASE("order of rows, levels and models does not matter") {
  SECTION("three factors, two of them nested") { check_order(examples::nested()); }
  SECTION("crossed factors with slopes") { check_order(examples::crossed()); }
  SECTION("prior weights") { check_order(examples::weighted()); }
  SECTION("several terms on one factor") { check_order(examples::uncorrelated()); }
  SECTION("people who meet all models") { check_order(people()); }
}

TEST_CASE("centring a covariate moves the intercept and what refers to it, nothing else") {
  const Design design = examples::crossed();
  Design moved = design;
  const double shift = 3.7;
  moved.x.col(1).array() -= shift;
  moved.random[0].z.col(1).array() -= shift;  // the covariate of factor h, with its intercept: the same space
  const Fit a = fit_mixed(design), b = fit_mixed(moved);
  CHECK(b.criterion == Approx(a.criterion).epsilon(1e-12));
  CHECK(b.sigma == Approx(a.sigma).epsilon(1e-10));
  CHECK(b.beta[0] == Approx(a.beta[0] + shift * a.beta[1]).epsilon(1e-10));
  for (std::size_t i = 1; i < a.coefficients.size(); ++i) {
    CHECK(b.coefficients[i].estimate == Approx(a.coefficients[i].estimate).epsilon(1e-10));
    CHECK(b.coefficients[i].std_error == Approx(a.coefficients[i].std_error).epsilon(1e-10));
    CHECK(b.coefficients[i].df == Approx(a.coefficients[i].df).epsilon(1e-5));  // differences with other steps
  }
}

TEST_CASE("units of covariates and response change nothing but units") {
  const Design design = examples::crossed();
  Design scaled = design;
  scaled.x.col(1) *= 1e6;
  scaled.random[0].z.col(1) *= 1e6;
  scaled.response = 1e3 * (design.response.array() + 1e4);
  const Fit a = fit_mixed(design), b = fit_mixed(scaled);
  CHECK(b.converged);
  CHECK(b.beta[1] * 1e6 / 1e3 == Approx(a.beta[1]).epsilon(1e-7));
  CHECK(b.sigma / 1e3 == Approx(a.sigma).epsilon(1e-8));
  for (std::size_t i = 0; i < a.coefficients.size(); ++i)
    CHECK(b.coefficients[i].df == Approx(a.coefficients[i].df).epsilon(1e-6));
  for (std::size_t i = 1; i < a.coefficients.size(); ++i)
    CHECK(b.coefficients[i].statistic == Approx(a.coefficients[i].statistic).epsilon(1e-7));
}

TEST_CASE("Satterthwaite df equal differences of dense matrices") {
  for (const Method method : {Method::reml, Method::ml})
    for (const Design& design : {examples::crossed(), examples::nested(), examples::uncorrelated()}) {
      FitOptions options;
      options.method = method;
      const Fit fit = fit_mixed(design, options);
      if (fit.singular) continue;
      for (Index i = 0; i < fit.beta.size(); ++i)
        CHECK(fit.coefficients[static_cast<std::size_t>(i)].df ==
              Approx(dense_df(design, fit, VectorXd::Unit(fit.beta.size(), i))).epsilon(1e-3));
    }
}

TEST_CASE("a contrast is tested like a coefficient") {
  const ClassWise classes = class_wise(people());
  const MixedModel model = estimate_mixed(classes.design, "participant", classes.blocks, classes.moments);
  const Coefficient again = model.contrast("nation", VectorXd::Unit(4, 1));
  CHECK(again.df == model.fit().coefficients[1].df);
  CHECK(again.p_value == model.fit().coefficients[1].p_value);
  VectorXd sum(4);
  sum << 0, 1, 0, 0.5;
  CHECK(model.contrast("nation for one origin", sum).estimate ==
        Approx(model.fit().beta[1] + 0.5 * model.fit().beta[3]));
}
