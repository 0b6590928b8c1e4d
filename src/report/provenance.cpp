#include "report/provenance.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "findings/table.hpp"
#include "report/table_html.hpp"

namespace meridian::report {
namespace {

using findings::Cell;
using findings::Kind;
using findings::Table;
using Json = nlohmann::ordered_json;

std::string in_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string value_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_null()) return "";
  return value.dump();
}

Table two_columns(const std::string& name, const std::string& title) {
  return {name, title, "", {{"entry", Kind::text, ""}, {"value", Kind::text, ""}}, {}};
}

// A list of objects has a column per key of its first member; any other list or object one row per member.
Table table_of(const std::string& name, const Json& value) {
  Table table = two_columns(name, in_words(name));
  const bool records = value.is_array() && !value.empty() && value.front().is_object();
  if (records) {
    table.columns.clear();
    for (const auto& member : value.front().items()) table.columns.push_back({member.key(), Kind::text, ""});
  }
  for (const auto& member : value.items()) {
    if (!records || !member.value().is_object()) {
      if (!records) table.add({member.key(), value_text(member.value())});
      continue;
    }
    std::vector<Cell> row;
    for (const findings::Column& column : table.columns)
      row.emplace_back(member.value().contains(column.name) ? value_text(member.value()[column.name]) : std::string());
    table.add(std::move(row));
  }
  return table;
}

std::string entry(const Json& run, const char* name) {
  return run.contains(name) && run[name].is_string() ? run[name].get<std::string>() : std::string();
}

Html listed(const std::string& words) { return element("li", text(words)); }

/// By the entry "survey" of a run: a survey of the first study, or a sister study.
struct Reference {
  const char* about;
  const char* words;
};
constexpr const char* kStudy =
    "Study: Haslett, D., Huang, L. T.-L., Khalatbari, L., Hsiao, J. H., & Chan, A. B. (2025). Made-in China, Thinking "
    "in "
    "America: U.S. Values Persist in Chinese LLMs. arXiv:2512.13723.";
constexpr Reference kReferences[] = {
    {"MFQ2", kStudy},
    {"WVS", kStudy},
    {"rankings",
     "Study: Ma, Tong, Wang, & Peng. Divergence or Fusion? CN and US LLMs Value Comparison in An AI-Oriented "
     "Measurement Framework. AAAI 2026 TrustAgent workshop."},
    {"audit",
     "Framework: Liu, Gu, Wu, Hershcovich, & Xiao (2025). Cross-cultural value alignment frameworks for responsible AI "
     "governance. arXiv:2511.17256. The metrics of a layer have their own sources (docs/statistics.md)."},
    {"MFQ2",
     "Questionnaire MFQ-2: Atari, M., Haidt, J., Graham, J., Koleva, S., Stevens, S. T., & Dehghani, M. (2023). "
     "Morality "
     "beyond the WEIRD. Journal of Personality and Social Psychology, 125(5), 1157-1188."},
    {"WVS",
     "World Values Survey: Haerpfer, C., Inglehart, R., Moreno, A., Welzel, C., Kizilova, K., Diez-Medrano, J., Lagos, "
     "M., Norris, P., Ponarin, E., & Puranen, B. (eds.) (2022). World Values Survey: Round Seven. JD Systems Institute "
     "& WVSA Secretariat. doi:10.14281/18241.18."}};

}  // namespace

Html provenance_html(const Json& run) {
  Table single = two_columns("run", "This run");
  Html tables;
  for (const auto& member : run.items()) {
    if (member.value() == "") continue;
    if (!member.value().is_structured())
      single.add({in_words(member.key()), value_text(member.value())});
    else if (!member.value().empty())
      tables += table_html(table_of(member.key(), member.value()), "provenance-" + slug(member.key()), "");
  }
  return element("section", {{"id", "provenance"}, {"class", "provenance"}},
                 element("h2", text("Provenance")) + table_html(single, "provenance-run", "") + tables) +
         Html{"\n"};
}

Html citation_html(const Json& run, bool synthetic) {
  const std::string version = entry(run, "version"), commit = entry(run, "commit"), digest = entry(run, "digest");
  std::string software = "Software: meridian";
  if (!version.empty()) software += " " + version;
  if (!commit.empty()) software += ", commit " + commit;
  if (!digest.empty()) software += ", results digest " + digest;
  const std::string first =
      synthetic ? "These numbers come from simulated answers: cite the software, never the numbers as findings."
                : "Cite the software with its version, the study, and the sources of the answers.";
  Html references = listed(software + ". CITATION.cff in the source gives the entry for reference managers.");
  for (const Reference& reference : kReferences)
    if (entry(run, "survey") == reference.about) references += listed(reference.words);
  return element("section", {{"id", "cite"}},
                 element("h2", text("How to cite")) + element("p", text(first)) + element("ul", references)) +
         Html{"\n"};
}

}  // namespace meridian::report
