#include "commands/audit_job.hpp"

#include <algorithm>
#include <map>

#include "alignment/first_token_layer.hpp"
#include "dilemmas/dilemma_layer.hpp"
#include "dilemmas/step_layer.hpp"
#include "error.hpp"
#include "opinions/def_layer.hpp"
#include "opinions/mark_layer.hpp"
#include "opinions/world_values_layer.hpp"
#include "tables/csv.hpp"
#include "tables/settings.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using tables::Section;

constexpr int kMostReplicates = 100'000'000;
const std::string kLayerPrefix = "layer ";

/// Every kind of layer: the one place that knows them all.
const std::map<std::string, audit::Layer>& layer_kinds() {
  static const std::map<std::string, audit::Layer> kinds{{"dilemmas", dilemmas::dilemma_layer},
                                                         {"multi-step", dilemmas::step_layer},
                                                         {"def", opinions::def_layer},
                                                         {"mark", opinions::mark_layer},
                                                         {"world-values", opinions::world_values_layer},
                                                         {"first-token", alignment::first_token_layer}};
  return kinds;
}

audit::Settings read_settings_of(Section& section) {
  audit::Settings settings;
  settings.seed = static_cast<std::uint64_t>(section.integer("seed", 1, 0, 2'000'000'000));
  settings.replicates = static_cast<std::size_t>(section.integer("replicates", 1000, 0, kMostReplicates));
  settings.permutations = static_cast<std::size_t>(section.integer("permutations", 10000, 1, kMostReplicates));
  const std::string confidence = section.text("confidence", "0.95");
  if (!tables::parse_number(confidence, settings.confidence) || !(settings.confidence > 0) ||
      !(settings.confidence < 1))
    throw InputError(section.where("confidence"), "'" + confidence + "'", "a number between 0 and 1", "Correct it");
  return settings;
}

/// What every layer starts from; `files` receives the registry.
audit::LayerInput read_common(Section& section, const std::vector<fs::path>& folders, AuditJob& job) {
  audit::LayerInput common{"audit", section, folders, {}, {}};
  job.title = common.options.text("title", "Audit of language models");
  job.synthetic = common.options.yes("synthetic", false);
  common.settings = read_settings_of(common.options);
  const auto groups = common.options.words("groups", {}), trends = common.options.words("trends", {});
  const std::string family = common.options.text("family", "");
  const fs::path registry = common.optional_file("models", "a model registry (CSV with a column name)");
  job.published = common.optional_file("published", "printed numbers to hold against each other");
  if (!registry.empty()) common.models = audit::read_model_registry(registry);
  common.models.groups = groups;
  common.models.trends = trends;
  common.models.family = family;
  audit::check_columns(common.models, common.options.where("groups, trends, family"));
  common.options.finish();
  return common;
}

AuditLayer read_layer(const Section& section, const audit::LayerInput& common) {
  AuditLayer layer{common, {}};
  layer.input.name = section.name().substr(kLayerPrefix.size());
  layer.input.options = section;
  layer.input.files.clear();
  std::vector<std::string> kinds;
  for (const auto& [kind, function] : layer_kinds()) kinds.push_back(kind);
  layer.input.options.required("kind", "one of the kinds of layers");
  const std::string kind = layer.input.options.choice("kind", "", kinds);
  layer.work = layer_kinds().at(kind)(layer.input);
  return layer;
}

void require_name(const Section& section, const fs::path& file) {
  const std::string name = section.name().rfind(kLayerPrefix, 0) == 0 ? section.name().substr(kLayerPrefix.size()) : "";
  const bool usable = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
  if (!usable)
    throw InputError(file.string(), "section [" + section.name() + "]",
                     "[audit] or [layer NAME], NAME of letters, digits, '-' and '_'", "Correct the name");
}

void add_files(const std::vector<fs::path>& files, AuditJob& job) {
  for (const fs::path& file : files)
    if (std::find(job.files.begin(), job.files.end(), file) == job.files.end()) job.files.push_back(file);
}

}  // namespace

AuditJob read_audit_job(const fs::path& file, const fs::path& data, const fs::path& share,
                        const std::vector<std::string>& overrides) {
  AuditJob job;
  job.file = file;
  std::vector<fs::path> folders;
  if (!data.empty()) folders.push_back(data);
  folders.insert(folders.end(), {fs::path("."), share});
  const std::vector<Section> sections = tables::read_settings(file, overrides);
  Section general("audit", file.string());
  for (const Section& section : sections) {
    for (const auto& entry : section.entries()) job.given.push_back(entry);
    if (section.name() == "audit") general = section;
  }
  const audit::LayerInput common = read_common(general, folders, job);
  add_files(common.files, job);
  for (const Section& section : sections) {
    if (section.name() == "audit") continue;
    require_name(section, file);
    job.layers.push_back(read_layer(section, common));
    add_files(job.layers.back().input.files, job);
  }
  if (job.layers.empty())
    throw InputError(file.string(), "no [layer NAME]", "at least one layer", "Add one; docs/formats.md has examples");
  return job;
}

}  // namespace meridian::commands
