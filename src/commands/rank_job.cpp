#include "commands/rank_job.hpp"

#include <algorithm>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/settings.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using tables::Section;

constexpr int kMostReplicates = 100'000'000;

/// A word of the file as one of these values, in order.
template <class Value>
Value chosen(Section& section, const std::string& key, const std::vector<std::pair<std::string, Value>>& values) {
  std::vector<std::string> words;
  for (const auto& [word, value] : values) words.push_back(word);
  const std::string word = section.choice(key, words.front(), words);
  return values[static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin())].second;
}

/// Beside the user, else among the shipped files.
fs::path table_file(const std::string& name, const fs::path& share) {
  if (name.empty()) return {};
  return fs::exists(name) || fs::path(name).is_absolute() ? fs::path(name) : share / name;
}

void read_study(Section& section, const fs::path& share, RankJob& job) {
  job.title = section.text("title", "Ranking study");
  job.catalog.terms = table_file(section.text("terms", "data/ranking/terms.csv"), share);
  job.catalog.models = table_file(section.text("models", "data/ranking/models.csv"), share);
  job.catalog.archetypes = table_file(section.text("archetypes", ""), share);
  job.groups = section.words("groups", {});
  job.targets = table_file(section.text("targets", "data/ranking/targets.csv"), share);
  job.published = table_file(section.text("published", ""), share);
  section.finish();
}

double positive(Section& section, const std::string& key, const std::string& fallback) {
  double value = 0;
  const std::string text = section.text(key, fallback);
  if (!tables::parse_number(text, value) || !(value > 0))
    throw InputError(section.where(key), "'" + text + "'", "a number above 0", "Correct it");
  return value;
}

void read_rankings(Section& section, RankJob& job) {
  using ranking::Format, ranking::Reduction, ranking::Repair;
  ranking::Settings& settings = job.settings;
  settings.format = chosen<Format>(section, "format",
                                   {{"automatic", Format::automatic},
                                    {"long", Format::long_table},
                                    {"wide", Format::wide_table},
                                    {"answers", Format::answers}});
  settings.repair =
      chosen<Repair>(section, "repair",
                     {{"reject", Repair::reject}, {"midrank", Repair::midrank}, {"append_last", Repair::append_last}});
  settings.reduction = chosen<Reduction>(section, "replicate_reduction",
                                         {{"mean", Reduction::mean},
                                          {"median", Reduction::median},
                                          {"first", Reduction::first},
                                          {"consensus", Reduction::consensus}});
  settings.fractional_tally = chosen<bool>(section, "tally", {{"fractional", true}, {"first", false}});
  settings.ddof = section.integer("ddof", 1, 0, 1);
  settings.margin = positive(section, "margin", "1");
  job.synthetic_replicates = static_cast<std::size_t>(section.integer("synthetic_replicates", 3, 2, 1000));
  section.finish();
}

void read_clusters(Section& section, RankJob& job) {
  using ranking::Linkage, ranking::Metric, ranking::Resampled;
  ranking::Settings& settings = job.settings;
  settings.linkage = chosen<Linkage>(section, "linkage",
                                     {{"average", Linkage::average},
                                      {"single", Linkage::single},
                                      {"complete", Linkage::complete},
                                      {"weighted", Linkage::weighted},
                                      {"ward", Linkage::ward}});
  settings.metric = chosen<Metric>(section, "distance",
                                   {{"spearman", Metric::spearman},
                                    {"kendall", Metric::kendall},
                                    {"euclidean", Metric::euclidean},
                                    {"footrule", Metric::footrule}});
  if (settings.linkage == Linkage::ward && settings.metric != Metric::euclidean)
    throw InputError(section.where("linkage"), "ward with another distance than euclidean",
                     "distance = euclidean (Ward's heights are sums of squares)", "Change linkage or distance");
  settings.clusters = static_cast<std::size_t>(section.integer("clusters", 4, 1, 1'000'000));
  settings.resampled =
      chosen<Resampled>(section, "resample", {{"terms", Resampled::terms}, {"replicates", Resampled::replicates}});
  section.finish();
}

void read_resampling(Section& section, RankJob& job) {
  const auto count = [&](const char* key) {
    return static_cast<std::size_t>(section.integer(key, 10000, 0, kMostReplicates));
  };
  job.settings.seed = static_cast<std::uint64_t>(section.integer("seed", 1, 0, 2'000'000'000));
  job.settings.trees = count("trees");
  job.settings.cohesion = count("cohesion");
  job.settings.permutations = count("permutations");
  job.settings.stability = count("stability");
  section.finish();
}

}  // namespace

RankJob read_rank_job(const fs::path& file, const fs::path& share, const std::vector<std::string>& overrides) {
  RankJob job;
  job.file = file;
  std::vector<Section> sections = tables::read_settings(file, overrides);
  const auto named = [&](const std::string& name) {
    const auto found =
        std::find_if(sections.begin(), sections.end(), [&](const Section& section) { return section.name() == name; });
    return found == sections.end() ? Section(name, file.string()) : *found;
  };
  for (const Section& section : sections) {
    const std::vector<std::string> known{"study", "rankings", "clusters", "resampling"};
    if (std::find(known.begin(), known.end(), section.name()) == known.end())
      throw InputError(file.string(), "section [" + section.name() + "]",
                       "[study], [rankings], [clusters] or [resampling]", "Correct the name");
    for (const auto& entry : section.entries()) job.given.push_back(entry);
  }
  Section study = named("study"), rankings = named("rankings"), clusters = named("clusters"),
          resampling = named("resampling");
  read_study(study, share, job);
  read_rankings(rankings, job);
  read_clusters(clusters, job);
  read_resampling(resampling, job);
  return job;
}

}  // namespace meridian::commands
