// The default study shows the paper's direction of effects.
#include <catch2/catch.hpp>
#include <cmath>

#include "simulated_files.hpp"

namespace meridian::tests {
namespace {

using People = std::map<std::string, std::vector<std::vector<double>>>;  // by nation
/// Mean answers of a model by "language persona".
using Vectors = std::map<std::string, std::map<std::string, std::vector<double>>>;

Vectors model_vectors(const std::filesystem::path& file, int first_item, std::size_t items) {
  Vectors vectors;
  for (const Record& row : records(file)) {
    auto& vector = vectors[row.at("LLM")][row.at("language") + " " + row.at("persona")];
    vector.resize(items);
    vector.at(static_cast<std::size_t>(std::stoi(row.at("item")) - first_item)) = std::stod(row.at("llm_response"));
  }
  return vectors;
}

double pearson(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size());
  double mean_a = 0, mean_b = 0, ab = 0, aa = 0, bb = 0;
  for (std::size_t k = 0; k < a.size(); ++k) mean_a += a[k] / n, mean_b += b[k] / n;
  for (std::size_t k = 0; k < a.size(); ++k) {
    ab += (a[k] - mean_a) * (b[k] - mean_b);
    aa += (a[k] - mean_a) * (a[k] - mean_a);
    bb += (b[k] - mean_b) * (b[k] - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

double mean_similarity(const std::vector<std::vector<double>>& people, const std::vector<double>& model) {
  double sum = 0, n = 0;
  for (const auto& person : people)
    if (!one_answer_throughout(person)) sum += pearson(person, model), n += 1;
  return sum / n;
}

/// Similarity to Chinese people minus similarity to people from the USA.
double gap(const People& people, const std::vector<double>& with_china, const std::vector<double>& with_usa) {
  return mean_similarity(people.at("China"), with_china) - mean_similarity(people.at("USA"), with_usa);
}

/// Everybody meets the model in their own language; mean gap over models. Each model's is checked to be negative.
double nation_effect(const People& people, const Vectors& vectors) {
  double sum = 0;
  for (const auto& [model, by] : vectors) {
    const double own = gap(people, by.at("Chinese none"), by.at("English none"));
    INFO(model);
    CHECK(own < 0);
    sum += own;
  }
  return sum / static_cast<double>(vectors.size());
}

double mean_gap(const People& people, const Vectors& vectors, const std::string& condition) {
  double sum = 0;
  for (const auto& [model, by] : vectors) sum += gap(people, by.at(condition), by.at(condition));
  return sum / static_cast<double>(vectors.size());
}

void check_mitigation(const People& people, const Vectors& vectors) {
  const double cc = mean_gap(people, vectors, "Chinese China"), cu = mean_gap(people, vectors, "Chinese USA");
  const double ec = mean_gap(people, vectors, "English China"), eu = mean_gap(people, vectors, "English USA");
  CHECK(cc + cu > ec + eu + 0.02);  // prompt language
  CHECK(cc + ec > cu + eu + 0.02);  // persona
  CHECK(cc < 0);                    // mitigated, not undone
}

}  // namespace

TEST_CASE("models are nearer to people from the USA, less so in Chinese or as a Chinese") {
  const Study study;
  People mfq;
  for (const std::string nation : {"China", "USA"})
    for (const auto& [id, answers] : mfq_people(study.file("MFQ2/human_mfq_responses.csv"), nation))
      mfq[nation].push_back(answers);
  const Vectors mfq_models = model_vectors(study.file("MFQ2/llm_mfq_responses.csv"), 1, 36);
  CHECK(nation_effect(mfq, mfq_models) == Approx(-0.18).margin(0.04));  // published -0.179
  check_mitigation(mfq, mfq_models);

  const auto rows = records(study.file("WVS/human_wvs_responses.csv"));
  const People wvs = {{"China", wvs_nationals(rows, "CHN")}, {"USA", wvs_nationals(rows, "USA")}};
  const auto null_models = model_vectors(study.file("WVS/llm_wvs_responses.csv"), 177, 19);
  CHECK(nation_effect(wvs, null_models) == Approx(-0.30).margin(0.04));  // published -0.297
  check_mitigation(wvs, model_vectors(study.file("WVS/llm_wvs_persona_responses.csv"), 177, 19));
}

}  // namespace meridian::tests
