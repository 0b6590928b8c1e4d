#include "unit/analysis/small_study.hpp"

#include "random/stream.hpp"

namespace meridian::analysis {
namespace {

survey::Instrument instrument() {
  survey::Instrument made{"TEST", {}, 1, 5};
  for (int item = 0; item < 6; ++item)
    made.items.push_back({std::to_string(item + 1), item < 3 ? "Care" : "Purity", ""});
  return made;
}

survey::People people(std::size_t count) {
  survey::People made;
  made.nations = {"China", "USA"};
  for (std::size_t person = 0; person < count; ++person) {
    made.ids.push_back(std::to_string(person));
    made.nation.push_back(static_cast<std::int32_t>(person % 3 == 0));
    random::Stream stream(7, "answers", person);
    for (int item = 0; item < 6; ++item)
      made.answers.push_back(person == 0 && item >= 3 ? std::int16_t{2}
                                                      : static_cast<std::int16_t>(1 + stream.below(5)));
    if (person > 0) made.answers.back() = static_cast<std::int16_t>(made.answers[made.answers.size() - 2] % 5 + 1);
    if (person > 0) made.answers[6 * person] = static_cast<std::int16_t>(made.answers[6 * person + 1] % 5 + 1);
  }
  return made;
}

}  // namespace

survey::ModelAnswers small_answers() {
  survey::ModelAnswers made;
  made.models = {{"a", "A", "China", ""}, {"b", "B", "China", ""}, {"c", "C", "USA", ""}, {"d", "D", "USA", ""}};
  made.languages = {"Chinese", "English"};
  made.personas = {"none"};
  for (std::int32_t model = 0; model < 4; ++model)
    for (std::int32_t language = 0; language < 2; ++language)
      for (std::int32_t item = 0; item < 6; ++item) {
        random::Stream stream(8, "models", static_cast<std::uint64_t>(100 * model + 10 * language + item));
        made.cells.push_back({model, language, 0, item, 1 + 4 * stream.uniform(), 20, 0, 0});
      }
  return made;
}

SmallStudy make_small_study(std::size_t count, const survey::ModelAnswers& answers) {
  SmallStudy study;
  study.job.survey = "TEST";
  study.job.own_language = {{"China", "Chinese"}, {"USA", "English"}};
  AnalysisJob analysis;
  analysis.name = "rq3";
  analysis.own_language = true;
  analysis.removal = Removal::dimensions;
  study.job.analyses = {analysis};
  findings::Ledger ledger;
  study.panel =
      panel::build_panel(instrument(), {{"column", people(count)}}, {{"models", answers}},
                         conditions_of(analysis, {"Chinese", "English"}), variants_of(study.job, instrument()), ledger);
  study.layout = make_layout(study.panel, study.job, analysis, ledger);
  similarity::Kernel(study.panel).compute(0, count, 1, study.tile);
  return study;
}

similarity::Tile part_of(const similarity::Tile& tile, std::size_t first, std::size_t count) {
  similarity::Tile part = tile;
  part.first = first;
  part.people = count;
  part.values.clear();
  for (std::size_t variant = 0; variant < tile.variants; ++variant)
    for (std::size_t column = 0; column < tile.columns; ++column)
      part.values.insert(part.values.end(), tile.row(variant, column) + first,
                         tile.row(variant, column) + first + count);
  return part;
}

}  // namespace meridian::analysis
