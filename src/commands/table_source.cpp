#include "commands/table_source.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "commands/version.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "findings/json_text.hpp"
#include "storage/digest.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kName = "source.json";

void write_source(const fs::path& folder, json source) {
  source["version"] = build().version;
  source["commit"] = build().commit;
  findings::write_text(folder / kName, source.dump(2) + "\n");
}

}  // namespace

void write_table_source(const fs::path& folder, const TableSource& source) {
  write_source(folder, {{"table", fs::absolute(source.table).lexically_normal().string()},
                        {"sha256", storage::sha256_file(source.table)},
                        {"factors", source.factors},
                        {"formula", source.request.formula},
                        {"maximum_likelihood", source.request.maximum_likelihood},
                        {"weights", source.request.weights},
                        {"contrasts", source.request.contrasts},
                        {"family", source.request.family}});
}

void write_run_source(const fs::path& folder, const RunSource& source) {
  std::string digest;
  std::ifstream(source.run / "digest.txt") >> digest;
  write_source(folder, {{"run", fs::absolute(source.run).lexically_normal().string()},
                        {"digest_of_run", digest},
                        {"analysis", source.analysis},
                        {"formula", source.formula},
                        {"maximum_likelihood", source.maximum_likelihood}});
}

bool has_table_source(const fs::path& folder) {
  return fs::exists(folder / kName) && findings::read_json(folder / kName).contains("table");
}

TableSource read_table_source(const fs::path& folder) try {
  std::ifstream stream(folder / kName);
  const json text = json::parse(stream);
  TableSource source;
  source.table = text.at("table").get<std::string>();
  source.factors = text.at("factors");
  source.request.formula = text.at("formula");
  source.request.maximum_likelihood = text.at("maximum_likelihood");
  source.request.weights = text.at("weights");
  source.request.contrasts = text.at("contrasts").get<std::vector<std::string>>();
  source.request.family = text.at("family");
  if (!fs::exists(source.table) || storage::sha256_file(source.table) != text.at("sha256").get<std::string>())
    throw InputError(source.table.string(), fs::exists(source.table) ? "other contents" : "no file",
                     "the table that " + folder.string() + " was fitted to", "Put it back, or fit it again.");
  return source;
} catch (const json::exception&) {
  throw InputError((folder / kName).string(), "text that is not what meridian fit writes", "its file, unchanged",
                   "Fit the table again.");
}

}  // namespace meridian::commands
