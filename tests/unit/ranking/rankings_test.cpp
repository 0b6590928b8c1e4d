// From files and answers to checked rankings: repairs, ledger, numbered lists in two languages, relabelling.
#include "ranking/rankings.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "ranking/answer_list.hpp"
#include "ranking/cohesion.hpp"
#include "ranking/resampled_trees.hpp"

namespace {

using namespace meridian::ranking;

Catalog small_catalog() {
  Catalog catalog;
  catalog.terms = {{"Accuracy", 0, {"准确性"}}, {"Respect", 0, {"尊重"}}, {"Harmony", 1, {"和谐性"}}, {"Logic", 1, {}}};
  catalog.dimensions = {"A", "B"};
  catalog.groups = {"CN", "US"};
  for (std::size_t i = 0; i < 5; ++i) catalog.models.push_back({"m" + std::to_string(i), i < 3 ? 0U : 1U, "", {}, NAN});
  return catalog;
}

GivenRanking given(std::size_t model, std::vector<double> ranks) {
  return {model, "1", "", "", std::move(ranks), "f:2", {}};
}

std::int64_t counted(const meridian::findings::Ledger& ledger, const std::string& rule) {
  for (const auto& line : ledger.lines())
    if (line.rule == rule) return line.count;
  return 0;
}

}  // namespace

TEST_CASE("numbered lists in English and Chinese", "[ranking]") {
  const Catalog catalog = small_catalog();
  const AnswerList english = read_answer_list(
      "Here is my list:\n1. **Harmony** - matters\n2) Logic\n 3. Accuracy (准确性)\n4: respect.", catalog);
  CHECK(english.faults.empty());
  CHECK(english.ranks == std::vector<double>{3, 4, 1, 2});
  const AnswerList chinese = read_answer_list("１、尊重\n２．准确性：重要\n3、和谐性\n4、Logic", catalog);
  CHECK(chinese.faults.empty());
  CHECK(chinese.ranks == std::vector<double>{2, 1, 3, 4});
  const AnswerList broken = read_answer_list("1. Respectability\n2. Logic\n3. Logic", catalog);
  CHECK(broken.faults == std::vector<std::string>{"unknown term in the answer", "term given twice"});
}

TEST_CASE("only permutations count, and repairs are told", "[ranking]") {
  const std::vector<GivenRanking> all{given(0, {1, 2, 3, 4}), given(1, {1, 2, 2, 4}), given(2, {1, NAN, NAN, 2}),
                                      given(3, {0, 1, 2, 3}), given(4, {1, 2.5, 3, 4})};
  meridian::findings::Ledger ledger;
  CHECK(checked(all, Repair::reject, "f", ledger).size() == 1);
  CHECK(counted(ledger, "left out: no permutation of the ranks") == 4);
  CHECK(counted(ledger, "left out: missing term") == 1);
  meridian::findings::Ledger midranks;
  const auto ranked = checked(all, Repair::midrank, "f", midranks);
  REQUIRE(ranked.size() == 4);
  CHECK(ranked[1].ranks == std::vector<double>{1, 2.5, 2.5, 4});
  CHECK(counted(midranks, "repaired: rank given twice") == 1);
  meridian::findings::Ledger appended;
  const auto filled = checked(all, Repair::append_last, "f", appended);
  REQUIRE(filled.size() == 2);
  CHECK(filled[1].ranks == std::vector<double>{1, 3.5, 3.5, 2});
}

TEST_CASE("relabellings approach enumeration of all labellings", "[ranking]") {
  Catalog catalog = small_catalog();
  const std::vector<GivenRanking> all{given(0, {1, 2, 3, 4}), given(1, {1, 2, 4, 3}), given(2, {2, 1, 3, 4}),
                                      given(3, {4, 1, 3, 2}), given(4, {4, 3, 2, 1})};
  Settings settings;
  settings.clusters = 2;
  const Study study = make_study(catalog, all, settings, "f");
  const Agreement agreement = agreement_of(study);
  const std::vector<double> stability(5, NAN);
  const auto clusters = cut(data_tree(study), 2);
  const auto statistic = [&](const std::vector<std::size_t>& labels) {
    return label_statistics(labels, 2, agreement.spearman, stability, clusters);
  };
  const auto observed = statistic(study.groups);
  std::vector<std::size_t> labels = study.groups;
  std::vector<double> hits(4, 0);
  double count = 0;
  do {
    const auto values = statistic(labels);
    count += 1;
    for (std::size_t s = 0; s < 4; ++s) hits[s] += values[s] >= observed[s] - 1e-12;
  } while (std::next_permutation(labels.begin(), labels.end()));
  CHECK(count == 10);
  const Eigen::MatrixXd drawn = label_study(study, agreement, stability, clusters).compute(0, 20000);
  for (const Eigen::Index s : {0, 1, 3}) {
    const double exact = hits[static_cast<std::size_t>(s)] / count;
    const double found = (drawn.col(s).array() >= observed[static_cast<std::size_t>(s)] - 1e-12).cast<double>().mean();
    CHECK(std::abs(found - exact) < 4 * std::sqrt(exact * (1 - exact) / 20000) + 1e-12);
  }
  CHECK(std::isnan(drawn(0, 2)));
}

TEST_CASE("node support: the root is in every tree, and batches do not matter", "[ranking]") {
  const std::vector<GivenRanking> all{given(0, {1, 2, 3, 4}), given(1, {1, 2, 4, 3}), given(2, {2, 1, 3, 4}),
                                      given(3, {4, 3, 1, 2}), given(4, {4, 3, 2, 1})};
  Settings settings;
  settings.resampled = Resampled::replicates;
  const Study study = make_study(small_catalog(), all, settings, "f");
  CHECK(support_study(study).compute(0, 5).minCoeff() == 1);  // one replicate each: every tree is the data's
  Study terms = study;
  terms.settings.resampled = Resampled::terms;
  const auto support = support_study(terms);
  const Eigen::MatrixXd whole = support.compute(0, 40), tail = support.compute(30, 10);
  for (Eigen::Index r = 0; r < 10; ++r)
    for (Eigen::Index node = 0; node < whole.cols(); ++node)
      CHECK((whole(30 + r, node) == tail(r, node) || (std::isnan(whole(30 + r, node)) && std::isnan(tail(r, node)))));
}
