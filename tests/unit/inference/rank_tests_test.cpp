// Rank tests, effect sizes, agreement and repeated measures against R; rank_reference.hpp holds R's numbers.
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "inference/brunner_munzel.hpp"
#include "inference/concordance.hpp"
#include "inference/correlation.hpp"
#include "inference/effect_size.hpp"
#include "inference/rank_sum.hpp"
#include "inference/repeated_measures.hpp"
#include "inference/signed_rank.hpp"
#include "unit/inference/rank_reference.hpp"

namespace {

namespace inference = meridian::inference;
using Values = std::vector<double>;

double reference(const std::string& name) {
  for (const ReferenceNumber& number : rank_reference())
    if (number.name == name) return number.value;
  FAIL("no reference " + name);
  return 0;
}

void check(const std::string& name, double value) {
  INFO(name);
  CHECK(value == Approx(reference(name)).epsilon(1e-10).margin(0));
}

struct Pair {
  std::string name;
  Values first, second;
};

const std::vector<Pair> kPairs{
    {"published", {1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1}, {3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4}},
    {"untied", {12.8, 13.1, 9.7, 15.2, 11.4, 14.05, 12.2}, {14.2, 9.9, 18.3, 17.6, 16.1}},
    {"tied", {2, 2, 3, 5, 5, 5, 8}, {1, 2, 5, 6, 8, 8}}};

const std::vector<Values> kRows{{4.1, 5.2, 3.3, 6.0}, {3.9, 4.4, 2.8, 5.1}, {5.5, 6.1, 4.9, 5.2}, {2.2, 3.9, 3.1, 4.8},
                                {4.6, 4.9, 2.0, 6.6}, {3.3, 5.8, 3.9, 4.1}, {5.0, 4.2, 3.7, 7.3}};

void check_effect(const std::string& name, const inference::Effect& effect) {
  check(name + ".1", effect.f);
  check(name + ".2", effect.df);
  check(name + ".3", effect.error_df);
  check(name + ".4", effect.p_value);
  check(name + ".5", effect.p_gg);
  check(name + ".6", effect.p_hf);
}

}  // namespace

TEST_CASE("rank sums are R's, their exact p that of enumeration", "[inference]") {
  for (const Pair& pair : kPairs) {
    const inference::RankSum test = inference::rank_sum(pair.first, pair.second);
    check(pair.name + ".u", test.u_first);
    check(pair.name + ".u.p", test.p_value);
    check(pair.name + ".u.exact", test.p_exact);
    CHECK(test.u_first + test.u_second == static_cast<double>(pair.first.size() * pair.second.size()));
    CHECK(test.cliffs_delta == -test.rank_biserial);
  }
  const Pair& untied = kPairs[1];
  check("untied.u.wilcox", inference::rank_sum(untied.first, untied.second).p_exact);
  CHECK(inference::rank_sum(kPairs[0].first, kPairs[0].second).rank_biserial ==
        Approx(0.577922077922078).epsilon(1e-12));
}

TEST_CASE("rank sums of equal, single and missing values", "[inference]") {
  const inference::RankSum equal = inference::rank_sum({1, 1, 1}, {1, 1});
  CHECK(equal.p_value == 1);
  CHECK(equal.p_exact == 1);
  CHECK(equal.rank_biserial == 0);
  const inference::RankSum apart = inference::rank_sum({1, 2, 3}, {4, 5, 6});
  CHECK(apart.p_exact == Approx(0.1).epsilon(1e-12));
  CHECK(apart.rank_biserial == 1);
  CHECK(inference::rank_sum({1}, {2}).p_exact == 1);
  CHECK(std::isnan(inference::rank_sum({}, {2}).p_value));
  CHECK(std::isnan(inference::rank_sum({NAN, 1}, {2}).u_first));
}

TEST_CASE("a z of zero has no sign", "[inference]") {
  CHECK_FALSE(std::signbit(inference::rank_sum({2, 3}, {1, 4}).z));
  CHECK_FALSE(std::signbit(inference::rank_sum({1, 1.7, 4}, {1.5, 2, 3}).z));
  CHECK_FALSE(std::signbit(inference::signed_rank({-3, 1, 2}).z));
  CHECK_FALSE(std::signbit(inference::signed_rank({-2, 1}).z));
}

TEST_CASE("Brunner and Munzel's test is that of the paper, and none without overlap", "[inference]") {
  for (const Pair& pair : kPairs) {
    const inference::BrunnerMunzel test = inference::brunner_munzel(pair.first, pair.second);
    check(pair.name + ".bm.1", test.statistic);
    check(pair.name + ".bm.2", test.df);
    check(pair.name + ".bm.3", test.p_value);
    check(pair.name + ".bm.4", test.effect);
  }
  const inference::BrunnerMunzel apart = inference::brunner_munzel({1, 2}, {3, 4});
  CHECK(std::isnan(apart.p_value));
  CHECK(apart.effect == 1);
  CHECK(!apart.undefined.empty());
  CHECK(inference::brunner_munzel({5}, {3, 4}).effect == 0);
  CHECK(std::isnan(inference::brunner_munzel({2, 2}, {2, 2}).p_value));
}

TEST_CASE("Hedges' g and equivalence are R's", "[inference]") {
  for (const Pair& pair : kPairs) {
    const auto first = inference::moments(pair.first), second = inference::moments(pair.second);
    check(pair.name + ".g", inference::hedges_g(first, second));
    check(pair.name + ".g.gamma", inference::hedges_g(first, second, inference::SmallSample::gamma));
    const inference::Equivalence test = inference::equivalence(first, second, 2);
    check(pair.name + ".tost.1", test.p_lower);
    check(pair.name + ".tost.2", test.p_upper);
    check(pair.name + ".tost.3", test.conf_low);
    check(pair.name + ".tost.4", test.conf_high);
    CHECK((test.p_value < 0.05) == (test.conf_low > -2 && test.conf_high < 2));
  }
  CHECK(std::isnan(inference::hedges_g(inference::moments({1}), inference::moments({1, 2}))));
  CHECK(std::isnan(inference::equivalence(inference::moments({1, 1}), inference::moments({1, 1}), 1).p_value));
}

TEST_CASE("signed ranks are R's, their exact p that of enumeration", "[inference]") {
  const std::vector<std::pair<std::string, Values>> samples{{"untied", {1.2, -.4, 2.1, .7, -1.1, .3, 1.9, .05}},
                                                            {"tied", {1, -1, 2, 2, 0, 3, -2, 1, 0, 4}}};
  for (const auto& [name, differences] : samples) {
    const inference::SignedRank test = inference::signed_rank(differences);
    check(name + ".v", test.v);
    check(name + ".v.p", test.p_value);
    check(name + ".v.exact", test.p_exact);
  }
  check("untied.v.wilcox", inference::signed_rank(samples[0].second).p_exact);
  CHECK(inference::signed_rank(samples[1].second).zeros == 2);
  CHECK(std::isnan(inference::signed_rank({0, 0}).p_value));
  CHECK(inference::signed_rank({3}).p_exact == 1);
  CHECK(inference::signed_rank({1, 2, 3}).rank_biserial == 1);
}

TEST_CASE("correlations of ranks are R's", "[inference]") {
  const Values x{1, 2, 2, 4, 5}, y{2, 1, 3, 3, 5};
  check("rho", inference::spearman(x, y));
  check("tau", inference::kendall_tau_b(x, y));
  CHECK(std::isnan(inference::spearman(x, Values(5, 1.0))));
  CHECK(std::isnan(inference::kendall_tau_b(x, Values(5, 1.0))));
  CHECK(inference::spearman(x, x) == 1);
  CHECK(std::isnan(inference::spearman({1}, {1})));
}

TEST_CASE("concordance is R's Friedman test, with ties too", "[inference]") {
  const std::vector<std::pair<std::string, std::vector<Values>>> cases{
      {"untied", {{1, 2, 3, 4, 5}, {2, 1, 3, 5, 4}, {1, 3, 2, 4, 5}}},
      {"tied", {{1, 2.5, 2.5, 4, 5}, {2, 1, 3, 5, 4}, {1, 3, 2, 4.5, 4.5}}}};
  for (const auto& [name, rows] : cases) {
    const inference::Concordance result = inference::concordance(rows);
    check("friedman." + name + ".1", result.w);
    check("friedman." + name + ".2", result.chi_square);
    check("friedman." + name + ".3", result.p_chi_square);
    check("friedman." + name + ".4", result.f);
    check("friedman." + name + ".5", result.p_f);
  }
  Values order(25);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<double>(i + 1);
  const inference::Concordance perfect = inference::concordance({order, order, order});
  CHECK(perfect.w == 1);
  CHECK(perfect.p_f == 0);
  check("pchisq72", perfect.p_chi_square);
  CHECK(std::isnan(inference::concordance({{1, 1, 1}, {2, 2, 2}}).w));
  CHECK(std::isnan(inference::concordance({{1, 2, 3}}).w));
}

TEST_CASE("the permutation p of W approaches that of enumeration", "[inference]") {
  const std::vector<Values> rows{{1, 2, 3}, {1, 3, 2}, {1, 2, 3}};
  const double exact = reference("friedman.enumerated");
  meridian::random::Stream stream(7, "test", 0);
  const inference::Reorderings reorderings(rows);
  double hits = 0;
  for (int draw = 0; draw < 40000; ++draw) hits += reorderings.reaches(stream);
  CHECK(std::abs(hits / 40000 - exact) < 4 * std::sqrt(exact * (1 - exact) / 40000));
  CHECK(std::isnan(inference::Reorderings({{1, 1}, {1, 1}}).reaches(stream)));
}

TEST_CASE("one-way repeated measures are R's", "[inference]") {
  check_effect("oneway", inference::repeated_measures(kRows, std::vector<std::size_t>(7, 0)).level);
}

TEST_CASE("groups x levels are R's type III with sum-to-zero coding", "[inference]") {
  const auto two = inference::repeated_measures(kRows, {0, 0, 0, 0, 1, 1, 1});
  check_effect("level", two.level);
  check_effect("interaction", two.interaction);
  check("group.1", two.group.f);
  check("group.2", two.group.p_value);
  check("group.3", two.group.sum_sq);
  check("group.4", two.group.error_sum_sq);
  const auto three = inference::repeated_measures(kRows, {0, 0, 1, 1, 2, 2, 2});
  check_effect("level3", three.level);
  check_effect("interaction3", three.interaction);
  const auto fixed = inference::repeated_measures(kRows, {0, 0, 0, 0, 1, 1, 1}, inference::ErrorModel::model_fixed);
  check("group.fixed.1", fixed.group.f);
  check("group.fixed.2", fixed.group.p_value);
  CHECK(fixed.interaction.f == two.interaction.f);
}

TEST_CASE("rows with one mean have no effect of groups", "[inference]") {
  const auto result = inference::repeated_measures({{1, 2, 3}, {3, 2, 1}, {2, 1, 3}, {1, 3, 2}}, {0, 0, 1, 1});
  CHECK(result.equal_means);
  CHECK(result.group.f == 0);
  CHECK(result.group.p_value == 1);
  CHECK(result.interaction.f > 0);
  const auto constant = inference::repeated_measures({{1, 1}, {1, 1}}, {0, 0});
  CHECK(std::isnan(constant.level.f));
  CHECK(std::isnan(constant.epsilon_gg));
  CHECK(std::isnan(inference::repeated_measures({{1, 2, 4}}, {0}).level.p_value));
}
