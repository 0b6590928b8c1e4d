#include "analysis/job.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "error.hpp"
#include "tables/settings.hpp"

namespace meridian::analysis {
namespace {

using tables::Section, tables::split_words, tables::read_settings;

const std::vector<std::string> kTables = {"by_llm",     "by_origin", "change_by_removed", "welch_t",
                                          "chi_square", "gap",       "iteration_aware"};

constexpr int kMostReplicates = 100'000'000;

std::filesystem::path below(const std::filesystem::path& folder, const std::string& file) {
  return std::filesystem::path(file).is_absolute() ? std::filesystem::path(file) : folder / file;
}

void read_study(Section& section, const std::filesystem::path& share, Job& job) {
  job.title = section.text("title", job.file.stem().string());
  job.replicates = static_cast<std::size_t>(section.integer("replicates", 0, 0, kMostReplicates));
  job.survey = section.required("survey", "the survey's name, e.g. MFQ2");
  job.items = below(share, section.required("items", "the item dictionary, e.g. data/items/mfq2.csv"));
  job.registry = below(share, section.text("registry", "data/models.csv"));
  for (const std::string& pair : section.words("own_language", {"China:Chinese", "USA:English"})) {
    const auto colon = pair.find(':');
    if (colon == std::string::npos)
      throw InputError(section.where("own_language"), "'" + pair + "'", "NATION:LANGUAGE", "Mend the value.");
    job.own_language.emplace_back(pair.substr(0, colon), pair.substr(colon + 1));
  }
  section.finish();
}

void read_people(Section& section, const std::filesystem::path& data, const std::filesystem::path& share, Job& job) {
  job.people.format = section.choice("format", "mfq2", {"mfq2", "wvs", "table"});
  section.required("file", "one or more files of people's answers");
  for (const std::string& file : section.words("file", {})) job.people.files.push_back(below(data, file));
  const std::string mapping = section.text("mapping", "");
  if (!mapping.empty()) job.people.mapping = below(data, mapping);
  if (job.people.format == "table" && mapping.empty())
    section.required("mapping", "the mapping file of a survey in format = table");
  job.people.countries = below(share, section.text("countries", "data/countries.csv"));
  job.people.nationals_only = section.yes("nationals_only", true);
  section.finish();
}

/// Every key of [models] names a source: `models = file` is the first, others are chosen by `models = NAME`.
void read_models(Section& section, const std::filesystem::path& data, Job& job) {
  section.required("models", "the file of the models' answers");
  for (const auto& [name, file] : section.with_prefix("")) job.models.emplace_back(name, below(data, file));
}

void read_similarity(Section& section, Job& job) {
  job.block = static_cast<std::size_t>(section.integer("block", 512, 1, 1 << 20));
  job.float32 = section.choice("precision", "float64", {"float64", "float32"}) == "float32";
  job.deflate = section.integer("deflate", 0, 0, 9);
  section.finish();
}

/// `llm_rows = persona:none` says persona and rule at once.
void read_rows(Section& section, AnalysisJob& analysis) {
  const std::string rows = section.text("llm_rows", "persona");
  if (rows == "first-row")
    analysis.rows = panel::Rows::first_row;
  else if (rows.rfind("persona:", 0) == 0)
    analysis.personas = split_words(rows.substr(8));
  else if (rows != "persona")
    throw InputError(section.where("llm_rows"), "'" + rows + "'", "persona, persona:NAME or first-row",
                     "Mend the value.");
}

void check_pooled(const Section& section, const AnalysisJob& analysis) {
  if (analysis.center == panel::Center::pooled_personas && analysis.pooled.empty())
    throw InputError(section.where("llm_center"), "pooled-personas without personas", "the key pooled = PERSONAS",
                     "Name the personas whose mean is subtracted.");
}

void read_resampling(Section& section, std::size_t replicates, AnalysisJob& analysis) {
  analysis.bootstrap = section.words("bootstrap", {});
  analysis.permute = section.words("permute", {});
  const int fallback = replicates > 0 ? static_cast<int>(replicates) : 1000;
  analysis.replicates = static_cast<std::size_t>(section.integer("replicates", fallback, 1, kMostReplicates));
  analysis.seed = static_cast<std::uint64_t>(section.integer("seed", 1, 0, std::numeric_limits<int>::max()));
  analysis.bca = section.yes("bca", false);
  for (const auto& [name, sum] : section.with_prefix("contrast.")) analysis.contrasts.push_back(name + " = " + sum);
}

AnalysisJob read_analysis(Section& section, std::size_t replicates) {
  AnalysisJob analysis;
  analysis.name = section.name();
  analysis.title = section.text("title", analysis.name);
  analysis.formula = section.text("formula", "");
  analysis.published = section.text("published", "");
  analysis.models = section.text("models", "models");
  analysis.languages = section.words("languages", {});
  analysis.own_language = section.choice("pairing", "all", {"own", "all"}) == "own";
  analysis.personas = section.words("personas", {"none"});
  read_rows(section, analysis);
  const std::string center = section.choice("llm_center", "condition", {"condition", "pooled-personas"});
  analysis.center = center == "condition" ? panel::Center::condition : panel::Center::pooled_personas;
  analysis.pooled = section.words("pooled", {});
  check_pooled(section, analysis);
  const std::string removal = section.choice("removed", "none", {"none", "items", "dimensions", "sets"});
  if (removal == "items") analysis.removal = Removal::items;
  if (removal == "dimensions") analysis.removal = Removal::dimensions;
  if (removal == "sets") analysis.removal = Removal::sets;
  for (const auto& [name, items] : section.with_prefix("set.")) analysis.sets[name] = split_words(items);
  analysis.participant_id = section.text("participant_id", "column");
  analysis.maximum_likelihood = section.choice("method", "REML", {"REML", "ML"}) == "ML";
  analysis.questions.intervals = parse_intervals(section.text("intervals", "none"), section.where("intervals"));
  analysis.questions.random_tests = section.choice("test_random", "no", {"yes", "no"}) == "yes";
  analysis.tables = section.words("tables", {"by_llm", "by_origin"});
  for (const std::string& table : analysis.tables)
    if (std::find(kTables.begin(), kTables.end(), table) == kTables.end())
      throw InputError(section.where("tables"), "'" + table + "'",
                       fmt::format("names among {}", fmt::join(kTables, ", ")), "Mend the value.");
  analysis.compare_with = section.text("compare_with", "");
  read_resampling(section, replicates, analysis);
  section.finish();
  return analysis;
}

RefusalJob read_refusals(Section& section, const std::filesystem::path& data) {
  RefusalJob refusals;
  refusals.name = section.name();
  refusals.title = section.text("title", refusals.name);
  refusals.formula = section.text("formula", "");
  refusals.models = section.text("models", "models");
  const std::string trials = section.text("trials", "");
  if (!trials.empty()) refusals.trials = below(data, trials);
  refusals.iterations = section.integer("iterations", 20, 1, 100000);
  refusals.tables = section.yes("rates", true);
  refusals.compare_with = section.text("compare_with", "");
  section.text("published", "");  // set empty by `like`
  section.finish();
  return refusals;
}

/// `like = rq1` takes over what the section does not say itself; its own printed counterpart is never taken over.
void resolve_likeness(std::vector<Section>& sections, Section& section) {
  const std::string base = section.text("like", "");
  if (base.empty()) return;
  for (const Section& other : sections)
    if (other.name() == base && &other != &section) {
      Section inherited = other;
      if (!section.has("published")) section.set("published", "", 0);
      section.inherit(inherited);
      return;
    }
  throw InputError(section.where("like"), "'" + base + "'", "the name of another analysis of this job",
                   "Mend the value.");
}

template <class Analysis>
void check_twins(const Job& job, const std::vector<Analysis>& analyses) {
  for (const Analysis& analysis : analyses) {
    const auto named = [&](const Analysis& other) { return other.name == analysis.compare_with; };
    if (!analysis.compare_with.empty() && std::none_of(analyses.begin(), analyses.end(), named))
      throw InputError(fmt::format("{}, [{}] compare_with", job.file.string(), analysis.name),
                       "'" + analysis.compare_with + "'", "the name of another analysis of this kind in this job",
                       "Mend the value.");
  }
}

void require(const std::vector<Section>& sections, const Job& job, const std::string& name) {
  for (const Section& section : sections)
    if (section.name() == name) return;
  throw InputError(job.file.string(), "no section [" + name + "]", "the sections [study], [people] and [models]",
                   "See jobs/mfq2-rq1.ini for a complete job.");
}

}  // namespace

Job read_job(const std::filesystem::path& file, const std::filesystem::path& data, const std::filesystem::path& share,
             const std::vector<std::string>& overrides) {
  Job job;
  job.file = file;
  job.data = data;
  job.overrides = overrides;
  std::vector<Section> sections = read_settings(file, overrides);
  for (Section& section : sections)
    if (section.name() == "study" && section.has("jobs")) {
      for (const std::string& name : section.words("jobs", {})) job.jobs.push_back(below(file.parent_path(), name));
      job.title = section.text("title", file.stem().string());
      job.replicates = static_cast<std::size_t>(section.integer("replicates", 0, 0, kMostReplicates));
      section.finish();
      return job;
    }
  for (const char* name : {"study", "people", "models"}) require(sections, job, name);
  for (Section& section : sections) {
    const auto entries = section.entries();
    job.settings.insert(job.settings.end(), entries.begin(), entries.end());
    if (section.name() == "study")
      read_study(section, share, job);
    else if (section.name() == "people")
      read_people(section, data, share, job);
    else if (section.name() == "models")
      read_models(section, data, job);
    else if (section.name() == "similarity")
      read_similarity(section, job);
    else {
      resolve_likeness(sections, section);
      if (section.choice("kind", "similarity", {"similarity", "refusals"}) == "refusals")
        job.refusals.push_back(read_refusals(section, data));
      else
        job.analyses.push_back(read_analysis(section, job.replicates));
    }
  }
  check_twins(job, job.analyses);
  check_twins(job, job.refusals);
  return job;
}

std::vector<panel::Condition> conditions_of(const AnalysisJob& analysis, const std::vector<std::string>& languages) {
  const bool pools = analysis.center == panel::Center::pooled_personas;
  const std::vector<std::string> pooled = pools ? analysis.pooled : std::vector<std::string>();
  std::vector<panel::Condition> conditions;
  for (const std::string& language : analysis.languages.empty() ? languages : analysis.languages)
    for (const std::string& persona : analysis.personas)
      conditions.push_back({analysis.models, language, persona, analysis.rows, analysis.center, pooled});
  return conditions;
}

}  // namespace meridian::analysis
