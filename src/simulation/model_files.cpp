#include "simulation/model_files.hpp"

#include <memory>

#include "simulation/record_file.hpp"
#include "tables/csv.hpp"

namespace meridian::simulation {
namespace {

constexpr std::string_view trial_columns =
    "survey,LLM,language,persona,item,iteration,response,model_fullname,date,model_nation,API,temperature\n";
constexpr std::string_view mean_columns =
    "survey,LLM,language,persona,item,iteration,response,model_fullname,date,model_nation,API,temperature,llm_response,"
    "valid_response,prop_na,valid_item,valid_llm\n";

/// What the rows of one model have in common.
struct Source {
  const Parameters& parameters;
  const SurveyParameters& survey;
  const StudyOptions& options;
  const SimulatedModel& model;
  const ModelTrials& trials;
};

const AnswerText& pick(const Parameters& parameters, const std::string& style, const std::string& language,
                       unsigned byte) {
  auto found = parameters.texts.find({style, language});
  if (found == parameters.texts.end()) found = parameters.texts.find({style, "English"});
  double total = 0;
  for (const AnswerText& text : found->second) total += text.weight;
  double left = total * byte / 256;
  for (const AnswerText& text : found->second)
    if ((left -= text.weight) < 0) return text;
  return found->second.back();
}

std::string wording(const Source& from, std::size_t language, std::size_t trial) {
  const int answer = from.trials.answers[trial];
  const std::string& style = answer == 0 ? "refusal" : from.model.description.style;
  const AnswerText& text = pick(from.parameters, style, from.options.languages[language], from.trials.wording[trial]);
  return answer == 0 ? text.before : text.before + std::to_string(answer) + text.after;
}

/// The columns that trials and means share.
void write_row_start(RecordFile& out, const Source& from, std::size_t language, std::size_t persona, std::size_t item,
                     std::size_t iteration) {
  out << from.survey.code << ',';
  out.field(from.model.description.name);
  out << ',';
  out.field(from.options.languages[language]);
  out << ',';
  out.field(from.options.personas[persona]);
  out << ',' << from.survey.items()[item] << ',' << static_cast<std::int64_t>(iteration) << ',';
  out.field(wording(from, language, from.trials.cell(language, persona, item) + iteration));
  out << ",synthetic/";
  out.field(from.model.description.name);
  out << ",2000-01-01," << from.model.description.origin << ",synthetic,1";
}

/// Calls visit(language, persona, item, iteration) in the order in which the questions were put: a round of all
/// conditions and items per iteration.
template <class Visit>
void each_trial(const ModelTrials& trials, const Visit& visit) {
  for (std::size_t iteration = 0; iteration < trials.iterations; ++iteration)
    for (std::size_t language = 0; language < trials.languages; ++language)
      for (std::size_t persona = 0; persona < trials.personas; ++persona)
        for (std::size_t item = 0; item < trials.items; ++item) visit(language, persona, item, iteration);
}

void write_trials(RecordFile& out, const Source& from) {
  each_trial(from.trials, [&](std::size_t language, std::size_t persona, std::size_t item, std::size_t iteration) {
    write_row_start(out, from, language, persona, item, iteration);
    out << '\n';
    out.end_record();
  });
}

/// Valid trials of a cell: how many, their sum, the first.
struct Tally {
  std::int64_t valid = 0, sum = 0;
  std::size_t first = 0;
};

Tally tally(const ModelTrials& trials, std::size_t language, std::size_t persona, std::size_t item) {
  Tally result;
  const std::size_t at = trials.cell(language, persona, item);
  for (std::size_t iteration = trials.iterations; iteration-- > 0;)
    if (const int answer = trials.answers[at + iteration]) {
      ++result.valid;
      result.sum += answer;
      result.first = iteration;
    }
  return result;
}

/// One file of means over the personas that belong in it.
struct MeansFile {
  std::string name;
  std::vector<bool> personas;
  std::unique_ptr<RecordFile> out;
};

/// The first cell without a valid trial as "language persona item", or nothing.
std::string empty_cell(const Source& from, const MeansFile& file) {
  for (std::size_t l = 0; l < from.trials.languages; ++l)
    for (std::size_t p = 0; p < from.trials.personas; ++p)
      for (std::size_t item = 0; item < from.trials.items; ++item)
        if (file.personas[p] && tally(from.trials, l, p, item).valid == 0)
          return from.options.languages[l] + " " + from.options.personas[p] + " " + from.survey.items()[item];
  return {};
}

/// Share of invalid trials of a condition over its items.
double share_invalid(const ModelTrials& trials, std::size_t language, std::size_t persona) {
  std::int64_t valid = 0;
  for (std::size_t item = 0; item < trials.items; ++item) valid += tally(trials, language, persona, item).valid;
  const auto asked = static_cast<double>(trials.items * trials.iterations);
  return (asked - static_cast<double>(valid)) / asked;
}

void write_means(MeansFile& file, const Source& from) {
  std::int64_t personas = 0;
  for (const bool kept : file.personas) personas += kept;
  const std::int64_t cells = personas * static_cast<std::int64_t>(from.trials.languages * from.trials.items);
  std::vector<std::string> invalid;
  for (std::size_t l = 0; l < from.trials.languages; ++l)
    for (std::size_t p = 0; p < from.trials.personas; ++p)
      invalid.push_back(tables::format_number(share_invalid(from.trials, l, p)));
  RecordFile& out = *file.out;
  each_trial(from.trials, [&](std::size_t l, std::size_t p, std::size_t item, std::size_t iteration) {
    if (!file.personas[p] || from.trials.answers[from.trials.cell(l, p, item) + iteration] == 0) return;
    const Tally cell = tally(from.trials, l, p, item);
    if (cell.first != iteration) return;
    write_row_start(out, from, l, p, item, iteration);
    out << ',' << tables::format_number(static_cast<double>(cell.sum) / static_cast<double>(cell.valid)) << ",TRUE,"
        << invalid[l * from.trials.personas + p] << ',' << static_cast<std::int64_t>(from.trials.items) << ',' << cells
        << '\n';
    out.end_record();
  });
}

std::vector<MeansFile> open_means(const std::filesystem::path& out, const SurveyParameters& survey,
                                  const StudyOptions& options) {
  std::vector<MeansFile> files;
  files.push_back({survey.folder() + "/llm_" + survey.code + "_responses.csv",
                   std::vector<bool>(options.personas.size(), true), nullptr});
  std::vector<bool> with_persona;
  bool any = false;
  for (const std::string& persona : options.personas) any |= with_persona.emplace_back(persona != "none");
  if (survey.code == "wvs" && any)
    files.push_back({survey.folder() + "/llm_wvs_persona_responses.csv", with_persona, nullptr});
  for (MeansFile& file : files) {
    file.out = std::make_unique<RecordFile>(out / file.name);
    *file.out << mean_columns;
  }
  return files;
}

}  // namespace

ModelFiles write_model_files(const std::filesystem::path& out, const Parameters& parameters,
                             const SurveyParameters& survey, const StudyOptions& options) {
  ModelFiles result;
  const std::string trials_name = survey.folder() + "/llm_" + survey.code + "_trials.csv";
  RecordFile trials_file(out / trials_name);
  trials_file << trial_columns;
  std::vector<MeansFile> means = open_means(out, survey, options);
  for (const SimulatedModel& model : simulated_models(parameters, options.model_count)) {
    const ModelTrials trials = draw_trials(parameters, survey, model, options);
    const Source from{parameters, survey, options, model, trials};
    write_trials(trials_file, from);
    for (MeansFile& file : means) {
      const std::string empty = empty_cell(from, file);
      if (empty.empty())
        write_means(file, from);
      else
        result.left_out.push_back({file.name, model.description.name, empty});
    }
  }
  result.bytes.emplace_back(trials_name, trials_file.finish());
  for (MeansFile& file : means) result.bytes.emplace_back(file.name, file.out->finish());
  return result;
}

std::int64_t write_registry(const std::filesystem::path& file, const std::vector<SimulatedModel>& models) {
  RecordFile out(file);
  out << "\xEF\xBB\xBFllm_nation,llm_name,LLM,group\r\n";
  for (const std::string_view nation : {"China", "USA"})
    for (const SimulatedModel& model : models)
      if (model.description.origin == nation) {
        out << nation << ',';
        out.field(model.description.display_name);
        out << ',';
        out.field(model.description.name);
        out << ",LLM\r\n";
      }
  for (const std::string_view nation : {"China", "USA"})
    out << nation << ",\"Human mean, " << nation << "\",\"Human mean, " << nation << "\",Human\r\n";
  return out.finish();
}

}  // namespace meridian::simulation
