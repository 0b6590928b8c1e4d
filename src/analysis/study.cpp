#include "analysis/study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>

#include "analysis/analysis_design.hpp"
#include "analysis/moments.hpp"
#include "analysis/refusals.hpp"
#include "error.hpp"
#include "storage/array_file.hpp"
#include "survey/integrity.hpp"
#include "survey/mfq2_people.hpp"
#include "survey/model_answers.hpp"
#include "survey/registry.hpp"
#include "survey/table_people.hpp"
#include "survey/wvs_people.hpp"
#include "trials/coverage.hpp"
#include "trials/reliability.hpp"
#include "trials/store.hpp"

namespace meridian::analysis {
namespace {

survey::People read_people(const Job& job, const std::string& participant_id, survey::Instrument& instrument,
                           findings::Ledger& ledger) {
  survey::PeopleOptions options;
  options.participant_id = participant_id;
  options.nationals_only = job.people.nationals_only;
  if (job.people.format == "wvs") options.countries = survey::read_countries(job.people.countries);
  if (job.people.format == "mfq2")
    return survey::read_mfq2_people(job.people.files.front(), instrument, options, ledger);
  if (participant_id != "column")
    throw InputError(fmt::format("{}, participant_id", job.file.string()), "'" + participant_id + "'",
                     "column (people.format is " + job.people.format + ")",
                     "blocks:N is for long files (format = mfq2).");
  if (job.people.format == "wvs") return survey::read_wvs_people(job.people.files, instrument, options, ledger);
  return survey::read_table_people(job.people.files.front(), job.people.mapping, instrument, ledger);
}

/// Every condition that an analysis of the job meets, once, in the order of the analyses.
std::vector<panel::Condition> conditions_of_job(const Study& study) {
  std::vector<panel::Condition> conditions;
  for (const AnalysisJob& analysis : study.job.analyses) {
    const auto source = std::find_if(study.models.begin(), study.models.end(),
                                     [&](const auto& named) { return named.first == analysis.models; });
    if (source == study.models.end())
      throw InputError(fmt::format("{}, [{}] models", study.job.file.string(), analysis.name),
                       "'" + analysis.models + "'", "a key of [models]", "Mend the value.");
    for (const panel::Condition& condition : conditions_of(analysis, source->second.languages))
      if (std::find(conditions.begin(), conditions.end(), condition) == conditions.end())
        conditions.push_back(condition);
  }
  return conditions;
}

/// Files of raw trials that analyses of refusals name and that exist, each once.
std::vector<std::filesystem::path> trial_files(const Job& job) {
  std::vector<std::filesystem::path> files;
  for (const RefusalJob& refusals : job.refusals)
    if (!refusals.trials.empty() && std::filesystem::exists(refusals.trials) &&
        std::find(files.begin(), files.end(), refusals.trials) == files.end())
      files.push_back(refusals.trials);
  return files;
}

/// Simulated answers lie below a folder with simulation.json; one such file makes the whole study synthetic.
bool any_synthetic(const Job& job) {
  std::vector<std::filesystem::path> files = job.people.files;
  for (const auto& [name, file] : job.models) files.push_back(file);
  return std::any_of(files.begin(), files.end(), marked_synthetic);
}

std::string shown(const Layout& layout, const panel::Panel& panel) {
  std::vector<std::string> names;
  for (const std::size_t model : layout.models) names.push_back(panel.models[model].name);
  return fmt::format("{} rows of {} people: {}", layout.rows(), layout.people.name, fmt::join(names, " "));
}

/// A trial store stands wherever a file of models' answers does.
survey::ModelAnswers read_answers(const std::filesystem::path& file, const survey::Instrument& instrument,
                                  const std::vector<survey::Model>& registry, findings::Ledger& ledger) {
  return trials::is_trial_store(file) ? trials::read_store_answers(file, instrument, registry, ledger)
                                      : survey::read_model_answers(file, instrument, registry, ledger);
}

}  // namespace

bool marked_synthetic(const std::filesystem::path& file) {
  const std::filesystem::path place = std::filesystem::absolute(file);
  for (std::filesystem::path folder = std::filesystem::is_directory(place) ? place : place.parent_path();
       folder.has_relative_path(); folder = folder.parent_path())
    if (std::filesystem::exists(folder / "simulation.json")) return true;
  return false;
}

Study load_study(const Job& job) {
  Study study;
  study.job = job;
  for (const AnalysisJob& analysis : job.analyses)
    if (!analysis.formula.empty()) check_formula(analysis);
  for (const RefusalJob& refusals : job.refusals) check_formula(refusals);
  study.synthetic = any_synthetic(job);
  survey::Instrument instrument = survey::read_instrument(job.items, job.survey);
  const std::vector<survey::Model> registry = survey::read_registry(job.registry);
  std::set<std::string> read;
  for (const AnalysisJob& analysis : job.analyses) {
    if (!read.insert(analysis.participant_id).second) continue;
    findings::Ledger lines;  // of their own: the same file is read once per way of telling people apart
    study.people.emplace_back(analysis.participant_id, read_people(job, analysis.participant_id, instrument, lines));
    for (findings::Exclusion line : lines.lines()) {
      if (study.people.size() > 1) line.source += " (" + analysis.participant_id + ")";
      study.exclusions.restore(line);
    }
  }
  for (const auto& [name, file] : job.models)
    study.models.emplace_back(name, read_answers(file, instrument, registry, study.exclusions));
  for (const std::filesystem::path& file : trial_files(job))
    study.trials.emplace_back(file, read_answers(file, instrument, registry, study.exclusions));
  for (const RefusalJob& refusals : job.refusals) answers_of(study, refusals);
  study.panel = panel::build_panel(instrument, study.people, study.models, conditions_of_job(study),
                                   variants_of(job, instrument), study.exclusions);
  for (const AnalysisJob& analysis : job.analyses) {
    study.layouts.push_back(make_layout(study.panel, job, analysis, study.exclusions));
    count_constant_people(study.panel, study.layouts.back(), study.exclusions);
  }
  return study;
}

const survey::ModelAnswers& answers_of(const Study& study, const RefusalJob& refusals) {
  for (const auto& [file, answers] : study.trials)
    if (file == refusals.trials) return answers;
  for (const auto& [name, answers] : study.models)
    if (name == refusals.models) return answers;
  throw InputError(fmt::format("{}, [{}] models", study.job.file.string(), refusals.name), "'" + refusals.models + "'",
                   "a key of [models]", "Mend the value.");
}

std::vector<std::pair<std::string, std::string>> input_digests(const Job& job) {
  std::vector<std::filesystem::path> files = job.people.files;
  files.insert(files.end(), {job.items, job.registry});
  if (job.people.format == "wvs") files.push_back(job.people.countries);
  if (!job.people.mapping.empty()) files.push_back(job.people.mapping);
  for (const auto& [name, file] : job.models) files.push_back(file);
  for (const std::filesystem::path& file : trial_files(job)) files.push_back(file);
  std::vector<std::pair<std::string, std::string>> digests;
  for (const std::filesystem::path& file : files)
    digests.emplace_back("input " + file.filename().string(),
                         trials::is_trial_store(file) ? trials::store_digest(file) : storage::sha256_file(file));
  return digests;
}

storage::Plan similarity_plan(const Study& study) {
  storage::Plan plan;
  plan.kind = "similarity";
  plan.prefix = "block";
  plan.per_unit = study.job.block;
  plan.total = study.panel.people.size();
  plan.units = (plan.total + plan.per_unit - 1) / plan.per_unit;
  plan.fingerprint = input_digests(study.job);
  std::vector<std::string> conditions, variants, sets;
  for (const panel::Condition& condition : study.panel.conditions) conditions.push_back(condition.label());
  for (const panel::Variant& variant : study.panel.variants)
    variants.push_back(fmt::format("{}({})", variant.name, fmt::join(variant.removed, ",")));
  for (const panel::PeopleSet& set : study.panel.people_sets) sets.push_back(fmt::format("{}:{}", set.name, set.count));
  plan.fingerprint.emplace_back("people", fmt::format("{}", fmt::join(sets, " ")));
  plan.fingerprint.emplace_back("conditions", fmt::format("{}", fmt::join(conditions, " ")));
  plan.fingerprint.emplace_back("variants", fmt::format("{}", fmt::join(variants, " ")));
  plan.fingerprint.emplace_back("people per block", std::to_string(plan.per_unit));
  plan.fingerprint.emplace_back("precision", study.job.float32 ? "float32" : "float64");
  plan.fingerprint.emplace_back("deflate", std::to_string(study.job.deflate));
  for (const Layout& layout : study.layouts)
    plan.fingerprint.emplace_back("analysis " + layout.analysis, shown(layout, study.panel));
  plan.fingerprint.emplace_back("numerics version", kNumericsVersion);
  return plan;
}

namespace {

/// Axes and attributes; the values stay in the tile.
storage::Array similarity_shape(const Study& study, const similarity::Tile& tile) {
  storage::Array array;
  array.name = "similarity";
  array.axes = {{"variant", {}}, {"condition", {}}, {"model", {}}, {"person", {}}};
  for (const panel::Variant& variant : study.panel.variants) array.axes[0].labels.push_back(variant.name);
  for (const panel::Condition& condition : study.panel.conditions) array.axes[1].labels.push_back(condition.label());
  for (const survey::Model& model : study.panel.models) array.axes[2].labels.push_back(model.name);
  for (std::size_t person = tile.first; person < tile.first + tile.people; ++person)
    array.axes[3].labels.push_back(study.panel.people.ids[person]);
  array.attributes = {{"survey", study.job.survey}, {"unit", "cosine"}, {"synthetic", study.synthetic ? "yes" : "no"}};
  return array;
}

}  // namespace

void compute_unit(const Study& study, const similarity::Kernel& kernel, const storage::UnitStore& store,
                  std::size_t unit, int threads) {
  const std::size_t first = unit * store.plan().per_unit;
  similarity::Tile tile;
  kernel.compute(first, std::min(store.plan().per_unit, store.plan().total - first), threads, tile);
  std::vector<storage::Array> moments;
  for (std::size_t a = 0; a < study.layouts.size(); ++a) {
    if (!study.layouts[a].meets(tile.first, tile.people)) continue;
    moments.push_back(to_array(study.panel, study.layouts[a], study.job.analyses[a],
                               gather_block(study.panel, study.layouts[a], tile)));
  }
  const storage::ArrayOptions options{study.job.float32 ? storage::Precision::float32 : storage::Precision::float64,
                                      study.job.deflate};
  const storage::Array shape = similarity_shape(study, tile);
  store.commit(unit, [&](const std::filesystem::path& part) {
    storage::write_array(part, shape, tile.values.data(), options, moments);
  });
}

namespace {

bool takes_first_rows(const Job& job, const std::string& source) {
  return std::any_of(job.analyses.begin(), job.analyses.end(), [&](const AnalysisJob& analysis) {
    return analysis.models == source && analysis.rows == panel::Rows::first_row;
  });
}

}  // namespace

namespace {

void append_trials(const std::string& source, const trials::TrialCells& cells, findings::Section& section) {
  for (findings::Table table : {trials::coverage_by_condition(cells, {}), trials::reliability_table(cells)}) {
    table.name = source + "_" + table.name;
    section.tables.push_back(std::move(table));
  }
}

}  // namespace

findings::Section integrity_section(const Study& study) {
  findings::Section section{"integrity", "Integrity of the answers", "tables/integrity", {}, {}, {}};
  const auto take = [&](survey::IntegrityReport report) {
    section.notes.insert(section.notes.end(), report.notes.begin(), report.notes.end());
    section.tables.insert(section.tables.end(), report.tables.begin(), report.tables.end());
  };
  std::vector<survey::Grouping> groupings;
  for (const auto& [name, people] : study.people) groupings.push_back({name, &people, true});
  std::optional<survey::People> blocks;
  if (study.job.people.format == "mfq2" && groupings.size() == 1 && groupings.front().name == "column")
    blocks = survey::read_mfq2_blocks(study.job.people.files.front(), study.panel.instrument, {});
  if (blocks) groupings.push_back({fmt::format("blocks:{}", study.panel.items()), &*blocks, false});
  take(survey::check_people(study.job.people.files.front().filename().string(), groupings, study.panel.instrument));
  const std::vector<survey::Model> registry = survey::read_registry(study.job.registry);
  for (const auto& [name, answers] : study.models)
    take(survey::check_models(name, answers, study.panel.instrument, registry, takes_first_rows(study.job, name)));
  for (const auto& [name, file] : study.job.models)
    if (trials::is_trial_store(file)) append_trials(name, trials::read_cells(file), section);
  return section;
}

}  // namespace meridian::analysis
