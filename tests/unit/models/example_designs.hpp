#pragma once
// Made-up designs that between them hold every structure: crossed, nested, slopes, `||`, weights, unbalanced.
#include <algorithm>

#include "dense_model.hpp"

namespace examples {

using dense::covariate;
using dense::Design;
using Eigen::MatrixXd;
using Eigen::VectorXd;

inline MatrixXd lower(std::initializer_list<double> entries) {  // column by column
  const auto size = static_cast<Eigen::Index>((std::sqrt(8.0 * static_cast<double>(entries.size()) + 1) - 1) / 2);
  MatrixXd l = MatrixXd::Zero(size, size);
  auto entry = entries.begin();
  for (Eigen::Index j = 0; j < size; ++j)
    for (Eigen::Index i = j; i < size; ++i) l(i, j) = *entry++;
  return l;
}

/// Levels 0 .. levels-1 in a pattern that is neither balanced nor sorted.
inline std::vector<std::int32_t> scattered(Eigen::Index rows, std::int32_t levels, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<std::int32_t> level(static_cast<std::size_t>(rows));
  for (std::size_t r = 0; r < level.size(); ++r)
    level[r] = r < static_cast<std::size_t>(levels)
                   ? static_cast<std::int32_t>(r)
                   : static_cast<std::int32_t>(engine() % static_cast<std::uint64_t>(levels));
  return level;
}

/// Two crossed factors with correlated slopes, three rows in a hundred as they come.
inline Design crossed() {
  Design design;
  const VectorXd x = covariate(90, 1), w = covariate(90, 2);
  dense::set_fixed(design, {{"(Intercept)", VectorXd::Ones(90)}, {"x", x}, {"w", w}});
  design.random = {dense::make_term("h", scattered(90, 6, 3), {{"x", x}}),
                   dense::make_term("g", scattered(90, 14, 4), {{"w", w}})};
  dense::simulate_response(design, {lower({0.8, 0.3, 0.5}), lower({1.1, -0.4, 0.6})}, 5);
  return design;
}

inline Design weighted() {
  Design design = crossed();
  design.weights = covariate(90, 6).array().exp();
  dense::simulate_response(design, {lower({0.8, 0.3, 0.5}), lower({1.1, -0.4, 0.6})}, 7);
  return design;
}

/// Pupils in classes in schools, crossed with a rater.
inline Design nested() {
  Design design;
  const Eigen::Index rows = 120;
  const VectorXd x = covariate(rows, 8);
  const std::vector<std::int32_t> classes = scattered(rows, 24, 9), rater = scattered(rows, 5, 10);
  std::vector<std::int32_t> school;
  for (const std::int32_t c : classes) school.push_back(c / 4);
  dense::set_fixed(design, {{"(Intercept)", VectorXd::Ones(rows)}, {"x", x}});
  design.random = {dense::make_term("school", school, {{"x", x}}), dense::make_term("class:school", classes, {}),
                   dense::make_term("rater", rater, {})};
  dense::simulate_response(design, {lower({0.9, 0.2, 0.4}), lower({0.7}), lower({0.5})}, 11);
  return design;
}

/// (x + w || g) beside (1 | h): three one-column terms on the factor with the most levels.
inline Design uncorrelated() {
  Design design = crossed();
  const VectorXd x = design.x.col(1), w = design.x.col(2);
  const std::vector<std::int32_t> g = design.random[1].level, h = design.random[0].level;
  design.random = {dense::make_term("g", g, {}), dense::make_term("g", g, {{"x", x}}, false),
                   dense::make_term("g", g, {{"w", w}}, false), dense::make_term("h", h, {})};
  dense::simulate_response(design, {lower({0.9}), lower({0.5}), lower({0.6}), lower({0.8})}, 12);
  return design;
}

/// Three correlated columns on one factor.
inline Design three_columns() {
  Design design = crossed();
  const VectorXd x = design.x.col(1), w = design.x.col(2);
  design.random = {dense::make_term("g", design.random[1].level, {{"x", x}, {"w", w}})};
  dense::simulate_response(design, {lower({0.9, 0.2, -0.3, 0.7, 0.1, 0.6})}, 13);
  return design;
}

/// People of two nations (40 of the first unless said) who meet the same 8 models of two origins: RQ1 in small.
inline Design people_and_models(const MatrixXd& person, const MatrixXd& model, std::uint64_t seed,
                                Eigen::Index people = 65, Eigen::Index first_nation = 40) {
  const Eigen::Index models = 8, rows = people * models;
  VectorXd nation(rows), origin(rows);
  std::vector<std::int32_t> p, m;
  for (Eigen::Index r = 0; r < rows; ++r) {
    p.push_back(static_cast<std::int32_t>(r / models));
    m.push_back(static_cast<std::int32_t>(r % models));
    nation[r] = r / models < first_nation ? 0.4 : -0.6;
    origin[r] = r % models < 5 ? 0.5 : -0.5;
  }
  Design design;
  dense::set_fixed(design, {{"(Intercept)", VectorXd::Ones(rows)},
                            {"nation", nation},
                            {"origin", origin},
                            {"nation:origin", nation.cwiseProduct(origin)}});
  design.random = {dense::make_term("llm", m, {{"nation", nation}}),
                   dense::make_term("participant", p, {{"origin", origin}})};
  dense::simulate_response(design, {model, person}, seed);
  return design;
}

}  // namespace examples
