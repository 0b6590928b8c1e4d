#include "opinions/def_files.hpp"

#include "error.hpp"
#include "opinions/answer_checks.hpp"
#include "opinions/answer_code.hpp"
#include "tables/csv.hpp"

namespace meridian::opinions {
namespace {

constexpr int kMostCodes = 1000, kMostQuestions = 1'000'000;

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

}  // namespace

DefFiles def_files(audit::LayerInput& input) {
  DefFiles files;
  files.options = options_from(input.options);
  const auto& groups = files.options.opinions.groups;
  files.answers =
      audit::named_record_files(input, "answers", "the models' answers", opinion_fields(groups, true), "model");
  files.people = audit::record_files(input, "people", "people's answers",
                                     opinion_fields(groups, false, input.options.has("groups")));
  files.types = audit::record_files(input, "types", "questions and their types", question_type_fields());
  if (input.options.has("verdicts"))
    files.verdicts = audit::record_files(input, "verdicts", "a judge's verdicts", verdict_fields());
  if (files.options.diversity_questions > 0) require_texts(files.answers, input.options);
  return files;
}

}  // namespace meridian::opinions
