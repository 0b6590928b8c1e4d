#include "audit/layer.hpp"

#include <algorithm>

#include "error.hpp"
#include "tables/text.hpp"

namespace meridian::audit {

namespace fs = std::filesystem;

fs::path LayerInput::found(const std::string& wanted, const std::string& key, const std::string& meaning) {
  for (const fs::path& folder : folders) {
    const fs::path path = folder / wanted;  // an absolute name stays what it is
    if (!fs::is_regular_file(path)) continue;
    if (std::find(files.begin(), files.end(), path) == files.end()) files.push_back(path);
    return path;
  }
  throw InputError(options.where(key), "no file '" + wanted + "'", meaning,
                   "Give a path from --data, from here or from the shipped files");
}

fs::path LayerInput::file(const std::string& key, const std::string& meaning) {
  return found(options.required(key, meaning), key, meaning);
}

std::vector<fs::path> LayerInput::file_list(const std::string& key, const std::string& meaning) {
  std::vector<fs::path> paths;
  options.required(key, meaning);
  for (const std::string& wanted : options.words(key, {})) paths.push_back(found(wanted, key, meaning));
  return paths;
}

void LayerInput::require_known(const std::string& key, const std::vector<std::string>& names,
                               const std::vector<std::string>& known) const {
  if (!options.has(key)) return;
  for (const std::string& given : names)
    if (std::find(known.begin(), known.end(), given) == known.end())
      throw InputError(options.where(key), tables::shown(given) + ", which does not occur",
                       "one of " + tables::shown_list(known), "Correct the name or the file that should have it");
}

fs::path LayerInput::optional_file(const std::string& key, const std::string& meaning) {
  const std::string wanted = options.text(key, "");
  return wanted.empty() ? fs::path() : found(wanted, key, meaning);
}

}  // namespace meridian::audit
