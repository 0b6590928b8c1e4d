#pragma once
// A job file: which answers are read and what is computed from them. INI, read by Boost.Program_options;
// docs/formats.md lists every key. Sections [study] [people] [models] [similarity]; every other section is an analysis.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analysis/questions.hpp"
#include "panel/panel.hpp"

namespace meridian::analysis {

/// Where people's answers come from.
struct PeopleSource {
  std::string format = "mfq2";               ///< mfq2 | wvs | table
  std::vector<std::filesystem::path> files;  ///< below the data folder, or absolute
  std::filesystem::path mapping;             ///< format = table: the mapping file
  std::filesystem::path countries;           ///< format = wvs: which countries take part, under which names
  bool nationals_only = true;                ///< format = wvs: only Q254 != 5
};

/// Which removal variants an analysis looks at, besides "none".
enum class Removal { none, items, dimensions, sets };

struct AnalysisJob {
  std::string name;  ///< section name: "rq1", "rq1-restored"
  std::string title;
  std::string formula;                 ///< of the mixed model, in frame columns; empty: none is fitted
  std::string published;               ///< printed counterpart, "RQ1"; empty: none
  std::string models = "models";       ///< which model file of [models]
  std::vector<std::string> languages;  ///< prompts; empty: all in the file
  bool own_language = false;           ///< people meet the models prompted in their own language
  std::vector<std::string> personas = {"none"};
  panel::Rows rows = panel::Rows::persona;
  panel::Center center = panel::Center::condition;
  std::vector<std::string> pooled;  ///< personas of the centring mean (pooled-personas)
  Removal removal = Removal::none;
  std::map<std::string, std::vector<std::string>> sets;  ///< removal = sets: name -> item ids
  std::string participant_id = "column";
  bool maximum_likelihood = false;
  FitQuestions questions;              ///< of the mixed model
  std::vector<std::string> tables;     ///< by_llm by_origin change_by_removed welch_t chi_square gap iteration_aware
  std::string compare_with;            ///< twin analysis shown side by side
  std::vector<std::string> bootstrap;  ///< schemes whose intervals stand beside the model's own
  std::vector<std::string> permute;    ///< permutation tests
  std::size_t replicates = 1000;       ///< of each scheme, and of permutations too many to enumerate
  std::uint64_t seed = 1;
  bool bca = false;                    ///< also BCa limits
  std::vector<std::string> contrasts;  ///< "NAME = SUM" of fixed effects
};

/// kind = refusals: how often models gave no valid answer.
struct RefusalJob {
  std::string name, title;
  std::string formula;            ///< of refused in the columns of refusal_frame(); empty: none is fitted
  std::string models = "models";  ///< which model file of [models], where there are no raw trials
  std::filesystem::path trials;   ///< raw trials, taken instead if the file is there; may be empty
  int iterations = 20;            ///< how often every question was put (files of means do not tell)
  bool tables = true;             ///< rates too, not only the model
  std::string compare_with;
};

struct Job {
  std::filesystem::path file, data;    ///< the job file; the folder of the answers
  std::vector<std::string> overrides;  ///< "section.key=value" texts that won over the file
  std::string title;
  std::string survey;                                             ///< "MFQ2", "WVS", or the user's name
  std::filesystem::path items;                                    ///< item dictionary
  std::filesystem::path registry;                                 ///< model registry
  std::vector<std::pair<std::string, std::string>> own_language;  ///< nation -> prompt language
  PeopleSource people;
  std::vector<std::pair<std::string, std::filesystem::path>> models;  ///< source name -> file
  std::size_t block = 512;                                            ///< people per unit of work
  bool float32 = false;
  int deflate = 0;
  std::vector<AnalysisJob> analyses;
  std::vector<RefusalJob> refusals;
  std::vector<std::pair<std::string, std::string>> settings;  ///< every "section.key" and its value, as given
  std::size_t replicates = 0;                                 ///< of analyses that do not say themselves; 0: 1000
  std::vector<std::filesystem::path> jobs;  ///< a job of jobs: these run one after the other, each in its own folder
};

/// Reads a job. `overrides` are "section.key=value" texts that win over the file. Paths of items and registry are
/// resolved against `share`, answers against `data`. Throws InputError naming file, line, key, value and known keys.
Job read_job(const std::filesystem::path& file, const std::filesystem::path& data, const std::filesystem::path& share,
             const std::vector<std::string>& overrides);

/// The study's conditions of an analysis (language x persona), in order.
std::vector<panel::Condition> conditions_of(const AnalysisJob& analysis, const std::vector<std::string>& languages);

}  // namespace meridian::analysis
