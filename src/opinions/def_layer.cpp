#include "opinions/def_layer.hpp"

#include <fmt/format.h>

#include <cmath>

#include "audit/group_comparison.hpp"
#include "audit/replicate_limits.hpp"
#include "error.hpp"
#include "inference/proportion.hpp"
#include "opinions/answer_checks.hpp"
#include "opinions/answer_code.hpp"
#include "opinions/def_tables.hpp"
#include "tables/csv.hpp"

namespace meridian::opinions {
namespace {

constexpr int kMostCodes = 1000, kMostQuestions = 1'000'000;

struct DefFiles {
  audit::RecordFiles answers, people, types, verdicts;
  DefOptions options;
};

InfinityRule infinity_rule(tables::Section& section) {
  const std::string word = section.choice("infinite", "dmax_plus_1", {"dmax_plus_1", "smooth", "skip"});
  return word == "dmax_plus_1" ? InfinityRule::dmax_plus_1
         : word == "smooth"    ? InfinityRule::smooth
                               : InfinityRule::skip;
}

DefOptions options_from(tables::Section& section) {
  DefOptions options;
  options.opinions.codes = static_cast<std::size_t>(section.integer("codes", 12, 2, kMostCodes));
  options.opinions.groups = section.words("groups", {"sex", "age"});
  options.opinions.surveys = section.words("surveys", {});
  options.infinite = infinity_rule(section);
  if (section.has("alpha") && options.infinite != InfinityRule::smooth)
    throw InputError(section.where("alpha"), "alpha without infinite = smooth", "alpha where it is used",
                     "Remove it or set infinite = smooth");
  const std::string alpha = section.text("alpha", "0.5");
  if (!tables::parse_number(alpha, options.alpha) || !(options.alpha > 0))
    throw InputError(section.where("alpha"), "'" + alpha + "'", "a number above 0", "Correct it");
  for (const std::string& question : section.words("map_without", {}))
    options.not_on_map.push_back(plain_name(question));
  options.diversity_questions = static_cast<std::size_t>(section.integer("diversity_questions", 0, 0, kMostQuestions));
  return options;
}

/// Where nothing gives a text, there is no diversity to count.
void require_texts(const audit::RecordFiles& answers, const tables::Section& section) {
  for (const auto& [path, mapping] : answers.files)
    if (mapping.fields[mapping.find("text")].paths.empty())
      throw InputError(section.where("diversity_questions"), "no field text in " + path.string(),
                       "the texts of the answers", "Name their column (field.text) or remove diversity_questions");
}

DefFiles files_from(audit::LayerInput& input) {
  DefFiles files;
  files.options = options_from(input.options);
  const auto& groups = files.options.opinions.groups;
  files.answers =
      audit::named_record_files(input, "answers", "the models' answers", opinion_fields(groups, true), "model");
  files.people = audit::record_files(input, "people", "people's answers", opinion_fields(groups, false));
  files.types = audit::record_files(input, "types", "questions and their types", question_type_fields());
  if (input.options.has("verdicts"))
    files.verdicts = audit::record_files(input, "verdicts", "a judge's verdicts", verdict_fields());
  if (files.options.diversity_questions > 0) require_texts(files.answers, input.options);
  return files;
}

DefStudy study_from(const DefFiles& files, const audit::LayerInput& input, const audit::Team& team,
                    findings::Ledger& ledger) {
  const QuestionTypes types = read_question_types(files.types);
  OpinionCounts counts =
      read_opinions(files.answers, files.people, types, files.options.opinions, team, ledger, input.name);
  DefScores scores(counts, files.options);
  const std::vector<double> ones(types.questions.size(), 1.0);
  CulturalMap map = scores.map(ones);
  Eigen::VectorXd values = scores.values(ones);
  Eigen::MatrixXd replicates = def_replicates(scores, types, input.settings, team);
  return {std::move(counts), files.options,         std::move(scores),        std::move(map),
          std::move(values), std::move(replicates), input.settings.confidence};
}

/// For the summary and the comparison of groups of models.
class Summary {
 public:
  Summary(const DefStudy& study, audit::LayerResult& result) : study_(study), result_(result) {}
  void divergences();
  void matches_of_people();
  void variation();
  void shapes();
  /// A table's column as values of the models in each of its other cells.
  void take(const findings::Table& table, const std::string& meaning, const std::string& column,
            const std::vector<std::string>& where);
  const std::vector<audit::ModelValue>& values() const { return values_; }

 private:
  void add(audit::SummaryEntry entry) {
    values_.push_back({entry.metric, entry.model, entry.value});
    result_.summary.push_back(std::move(entry));
  }
  const DefStudy& study_;
  audit::LayerResult& result_;
  std::vector<audit::ModelValue> values_;
};

void Summary::divergences() {
  for (std::size_t m = 0; m < study_.counts.models.size(); ++m)
    for (std::size_t s = 0; s < study_.counts.surveys.size(); ++s) {
      const Eigen::Index place = study_.scores.overall_place(m, s);
      const auto limits = audit::replicate_limits(study_.replicates.col(place), study_.confidence);
      const PreferenceDivergence& found = study_.scores.divergence(m, s);
      const auto asked = study_.counts.asked(s).size();
      add({study_.counts.models[m], "divergence from people, " + study_.counts.surveys[s], study_.values[place],
           limits.low, limits.high, "bootstrap over questions within types", static_cast<std::int64_t>(asked),
           found.replaced == 0 ? ""
                               : fmt::format("{} of {} questions got the worst divergence plus 1: models are not "
                                             "strictly comparable",
                                             found.replaced, asked)});
    }
}

void Summary::matches_of_people() {
  for (std::size_t m = 0; m < study_.counts.models.size(); ++m)
    for (std::size_t s = 0; s < study_.counts.surveys.size(); ++s) {
      const Matches found = matches(study_, m, s, QuestionTypes::npos);
      const auto limits = inference::wilson_interval(found.matches, found.questions, study_.confidence);
      add({study_.counts.models[m], "top answers that are people's, " + study_.counts.surveys[s],
           static_cast<double>(found.matches) / static_cast<double>(found.questions), limits.low, limits.high, "Wilson",
           found.questions});
    }
}

void Summary::variation() {
  for (const Preserved& one : preserved_distances(study_)) {
    if (one.pair.model == Rater::people) continue;
    const std::size_t place = study_.map.find(one.pair.model, one.pair.first);
    add({study_.rater_name(one.pair.model),
         "preserved variation, " + study_.counts.surveys[one.pair.first] + " and " +
             study_.counts.surveys[one.pair.second],
         one.ratio, one.ratio_low, one.ratio_high, "bootstrap over questions within types",
         static_cast<std::int64_t>(study_.counts.questions()),
         place < study_.map.raters.size() ? "a ratio of distances: 1 does not mean the same direction"
                                          : "no mean for some type of values: not on the map"});
  }
}

/// Tested between groups of models; their intervals stand in the tables of preferences and the map.
void Summary::shapes() {
  for (std::size_t m = 0; m < study_.counts.models.size(); ++m)
    for (std::size_t s = 0; s < study_.counts.surveys.size(); ++s) {
      const std::string& model = study_.counts.models[m];
      const std::string in = ", " + study_.counts.surveys[s];
      const auto value = [&](Shape shape) { return shape_of(study_, m, s, shape).value; };
      values_.push_back({"share of divergences below one half" + in, model, value(Shape::below_half)});
      values_.push_back({"deviation of the shares over the codes" + in, model, value(Shape::deviation)});
      values_.push_back({"distance to people on the map" + in, model, value(Shape::distance)});
    }
}

void Summary::take(const findings::Table& table, const std::string& meaning, const std::string& column,
                   const std::vector<std::string>& where) {
  for (const auto& row : table.rows) {
    std::string metric = meaning;
    for (const std::string& name : where) metric += ", " + findings::to_text(row[table.column(name)]);
    double value = 0;
    if (tables::parse_number(findings::to_text(row[table.column(column)]), value))
      values_.push_back({metric, findings::to_text(row[table.column("model")]), value});
  }
}

void add_findings(const DefStudy& study, const audit::LayerInput& input, findings::Section& section) {
  section.tables = {
      divergence_table(study), preference_table(study), match_table(study),    bias_table(study),
      map_table(study),        distance_table(study),   map_axis_table(study), family_table(study, input.models)};
  section.figures = {divergence_figure(study), match_figure(study)};
  for (const findings::Figure& figure : {bias_figure(study), map_figure(study)})
    if (!figure.data.rows.empty()) section.figures.push_back(figure);
}

void add_checks(const DefFiles& files, const DefStudy& study, const audit::LayerInput& input, const audit::Team& team,
                Summary& summary, audit::LayerResult& result) {
  auto& section = result.section;
  if (!files.verdicts.files.empty()) {
    section.tables.push_back(insensitivity_table(files.verdicts, study.confidence, team, result.ledger, input.name));
    summary.take(section.tables.back(), "answers that fail", "rate", {"judge", "survey", "aspect"});
    const findings::Figure figure = insensitivity_figure(section.tables.back());
    if (!figure.data.rows.empty()) section.figures.push_back(figure);
  }
  if (files.options.diversity_questions > 0) {
    section.tables.push_back(
        diversity_table(files.answers, study, files.options.diversity_questions, input.settings, team));
    summary.take(section.tables.back(), "diversity of the texts", "diversity", {"survey"});
  }
  section.tables.push_back(def_question_table(study));
}

audit::LayerResult run(const DefFiles& files, const audit::LayerInput& input, const audit::Team& team) {
  audit::LayerResult result;
  result.section.title = "Opinions beside people's";
  const DefStudy study = study_from(files, input, team, result.ledger);
  result.section.paragraphs = {fmt::format(
      "Answers of {} models to {} questions of {} types in {} surveys, beside people's.", study.counts.models.size(),
      study.counts.questions(), study.counts.types.types.size(), study.counts.surveys.size())};
  add_findings(study, input, result.section);
  Summary summary(study, result);
  summary.divergences();
  summary.matches_of_people();
  summary.variation();
  summary.shapes();
  add_checks(files, study, input, team, summary, result);
  result.section.tables.push_back(audit::group_tests(summary.values(), input.models, input.settings));
  return result;
}

}  // namespace

audit::Work def_layer(audit::LayerInput& input) {
  const DefFiles files = files_from(input);
  input.options.finish();
  return [=](const audit::Team& team) { return run(files, input, team); };
}

}  // namespace meridian::opinions
