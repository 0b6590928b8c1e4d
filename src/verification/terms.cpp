#include "verification/terms.hpp"

#include <algorithm>
#include <vector>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::verification {
namespace {

std::vector<std::string> factors(std::string_view term) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t colon = term.find(':'); colon != std::string_view::npos; colon = term.find(':', start)) {
    parts.emplace_back(term.substr(start, colon - start));
    start = colon + 1;
  }
  parts.emplace_back(term.substr(start));
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string term = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) term += ":" + parts[i];
  return term;
}

}  // namespace

std::string canonical_term(std::string_view term) {
  std::vector<std::string> parts = factors(term);
  std::sort(parts.begin(), parts.end());
  return joined(parts);
}

Terms::Terms(const std::filesystem::path& file) {
  tables::CsvReader csv(file);
  const std::size_t printed = csv.column("printed"), ours = csv.column("ours");
  while (csv.next())
    if (!words_.emplace(csv.text(printed), csv.text(ours)).second)
      throw InputError(csv.where(printed), "a second " + tables::shown(csv.text(printed)), "every printed word once",
                       "Remove one of the two lines.");
}

std::string Terms::ours(std::string_view printed) const {
  std::vector<std::string> parts = factors(printed);
  for (std::string& part : parts)
    if (const auto word = words_.find(part); word != words_.end()) part = word->second;
  return joined(parts);
}

}  // namespace meridian::verification
