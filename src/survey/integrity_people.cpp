#include <fmt/format.h>

#include "survey/alpha.hpp"
#include "survey/coherence.hpp"
#include "survey/integrity.hpp"
#include "survey/people_counts.hpp"

namespace meridian::survey {
namespace {

using findings::Kind;
using findings::Severity;

constexpr double not_coherent = 0.05;  // p above: the answers of one person have nothing in common
constexpr double clearly_coherent = 0.01;
constexpr double clear_drift = 0.001;  // p below; looked at only where answers of one person hang together
constexpr double many_repeats = 0.02;  // share of people; a few equal rows happen by chance

std::int64_t count(std::size_t value) { return static_cast<std::int64_t>(value); }

findings::Table counts_table() {
  return {
      "people_counts",
      "People: counts",
      "Complete cases. Constant: one answer to all items. Repeated: the same answers as an earlier person, constant "
      "ones aside. mean_correlation: mean of the correlations between items; sd_of_means: standard deviation (n - 1) "
      "of the people's means.",
      {{"participant_id", Kind::text, ""},
       {"nation", Kind::text, ""},
       {"people", Kind::integer, ""},
       {"duplicate_ids", Kind::integer, ""},
       {"impossible_values", Kind::integer, ""},
       {"constant", Kind::integer, "people"},
       {"repeated", Kind::integer, "people"},
       {"mean_correlation", Kind::real, ""},
       {"sd_of_means", Kind::real, "scale points"}},
      {}};
}

findings::Table consistency_table() {
  return {"people_consistency",
          "Internal consistency",
          "Cronbach's alpha of the items of each dimension, within nation. Values near 0 mean that answers to items of "
          "one dimension are unrelated.",
          {{"participant_id", Kind::text, ""},
           {"nation", Kind::text, ""},
           {"dimension", Kind::text, ""},
           {"items", Kind::integer, ""},
           {"people", Kind::integer, ""},
           {"alpha", Kind::real, ""}},
          {}};
}

findings::Table coherence_table() {
  return {"people_coherence",
          "Do the answers under one identifier belong to one person?",
          "Variance of the people's totals against its value when answers to different items are unrelated; ratio 1: "
          "nothing in common. p: one-sided permutation test, answers shuffled within item and nation, (b+1)/(m+1).",
          {{"participant_id", Kind::text, ""},
           {"nation", Kind::text, ""},
           {"people", Kind::integer, ""},
           {"variance", Kind::real, ""},
           {"expected", Kind::real, ""},
           {"ratio", Kind::real, ""},
           {"p_value", Kind::real, ""},
           {"permutations", Kind::integer, ""}},
          {}};
}

findings::Table order_table() {
  return {
      "people_order",
      "Order in the file",
      "Mean answer of the people in the first, middle and last third of the file. p: equal means, chi-square with 2 "
      "degrees of freedom (large samples).",
      {{"participant_id", Kind::text, ""},
       {"nation", Kind::text, ""},
       {"first_third", Kind::real, "scale points"},
       {"middle_third", Kind::real, "scale points"},
       {"last_third", Kind::real, "scale points"},
       {"p_value", Kind::real, ""}},
      {}};
}

/// How one grouping fares over its nations.
struct Verdict {
  std::string name;
  bool in_use = true;
  double largest_p = 0;
  std::string worst;  ///< sentence about the nation with the largest p
};

class PeopleCheck {
 public:
  PeopleCheck(std::string source, const Instrument& instrument, const CheckOptions& options)
      : source_(std::move(source)), instrument_(instrument), options_(options) {}

  void check(const Grouping& grouping) {
    Verdict verdict{grouping.name, grouping.in_use, 0, ""};
    for (std::size_t nation = 0; nation < grouping.people->nations.size(); ++nation) {
      const AnswerMatrix answers(*grouping.people, nation, all_items(instrument_));
      count_nation(grouping, nation, answers);
      consistency_of_nation(grouping, nation);
      coherence_of_nation(grouping, nation, verdict);
      order_of_nation(grouping, nation, answers, verdict);
    }
    verdicts_.push_back(verdict);
  }

  IntegrityReport report() {
    for (const Verdict& verdict : verdicts_) judge(verdict);
    return {{counts_, consistency_, coherence_, order_}, notes_};
  }

 private:
  void count_nation(const Grouping& grouping, std::size_t nation, const AnswerMatrix& answers) {
    const PeopleCounts counts = count_people(*grouping.people, nation, instrument_);
    const std::string& label = grouping.people->nations[nation];
    counts_.add({grouping.name, label, counts.people, counts.duplicate_ids, counts.impossible_values, counts.constant,
                 counts.repeated, mean_correlation(answers), spread_of_means(answers)});
    if (grouping.in_use && static_cast<double>(counts.repeated) > many_repeats * static_cast<double>(counts.people))
      notes_.push_back({Severity::caution, "repeated rows",
                        fmt::format("{}: {} of {} people in {} give exactly the answers of an earlier person.", source_,
                                    counts.repeated, counts.people, label),
                        "Ask whether rows were copied, or whether the survey is too short to tell people apart."});
  }

  void consistency_of_nation(const Grouping& grouping, std::size_t nation) {
    std::vector<std::string> dimensions = dimensions_of(instrument_);
    if (dimensions.empty()) dimensions.emplace_back();
    for (const std::string& dimension : dimensions) {
      const std::vector<std::size_t> items = items_of(instrument_, dimension);
      const AnswerMatrix answers(*grouping.people, nation, items);
      consistency_.add({grouping.name, grouping.people->nations[nation],
                        dimension.empty() ? std::string("all items") : dimension, count(items.size()),
                        count(answers.people()), cronbach_alpha(answers)});
    }
  }

  void coherence_of_nation(const Grouping& grouping, std::size_t nation, Verdict& verdict) {
    const std::string& label = grouping.people->nations[nation];
    const AnswerMatrix answers(*grouping.people, nation, all_items(instrument_), options_.most_people);
    if (answers.people() < 2) return;
    const Coherence found = test_coherence(answers, options_.permutations, options_.seed,
                                           fmt::format("coherence of {} in {}", grouping.name, label));
    coherence_.add({grouping.name, label, count(found.people), found.variance, found.expected, found.ratio,
                    found.p_value, std::int64_t{found.permutations}});
    if (found.p_value <= verdict.largest_p) return;
    verdict.largest_p = found.p_value;
    verdict.worst =
        fmt::format("in {} the variance of people's totals is {:.2f} times what unrelated answers give (p = {:.3f})",
                    label, found.ratio, found.p_value);
  }

  void order_of_nation(const Grouping& grouping, std::size_t nation, const AnswerMatrix& answers,
                       const Verdict& verdict) {
    if (answers.people() < 3) return;
    const Drift drift = test_drift(answers);
    const std::string& label = grouping.people->nations[nation];
    order_.add({grouping.name, label, drift.first, drift.middle, drift.last, drift.p_value});
    if (grouping.in_use && verdict.largest_p <= not_coherent && drift.p_value < clear_drift)
      notes_.push_back(
          {Severity::caution, "order of rows",
           fmt::format("{}: mean answers in {} change along the file: {:.2f}, {:.2f}, {:.2f} in its thirds.", source_,
                       label, drift.first, drift.middle, drift.last),
           "Ask how the rows are sorted: by region, wave or date of interview, for example."});
  }

  void judge(const Verdict& verdict) {
    if (!verdict.in_use || verdict.largest_p <= not_coherent) return;
    const std::string text =
        fmt::format("{}, participant_id = {}: the answers of one \"person\" do not hang together: {}.", source_,
                    verdict.name, verdict.worst);
    for (const Verdict& other : verdicts_)
      if (other.largest_p <= clearly_coherent && other.name != verdict.name) {
        notes_.push_back(
            {Severity::warning, "participant column",
             text + fmt::format(" With participant_id = {} they do: {}. The identifiers of this file scramble "
                                "people; results that compare people are not about people.",
                                other.name, other.worst),
             fmt::format("Set participant_id = {}.", other.name)});
        return;
      }
    notes_.push_back({Severity::caution, "participant column", text,
                      "Check how people are identified, whether half of the items are keyed the other way round, and "
                      "participant_id = blocks:N if N rows in sequence are one person."});
  }

  std::string source_;
  const Instrument& instrument_;
  CheckOptions options_;
  findings::Table counts_ = counts_table(), consistency_ = consistency_table(), coherence_ = coherence_table(),
                  order_ = order_table();
  std::vector<findings::Note> notes_;
  std::vector<Verdict> verdicts_;
};

}  // namespace

IntegrityReport check_people(const std::string& source, const std::vector<Grouping>& groupings,
                             const Instrument& instrument, const CheckOptions& options) {
  PeopleCheck check(source, instrument, options);
  for (const Grouping& grouping : groupings) check.check(grouping);
  return check.report();
}

}  // namespace meridian::survey
