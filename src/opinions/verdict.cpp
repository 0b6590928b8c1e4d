#include "opinions/verdict.hpp"

#include <map>

namespace meridian::opinions {

Verdict verdict_of(const std::string& text) {
  if (text.find("No") != std::string::npos) return Verdict::no;
  return text.find("Yes") != std::string::npos ? Verdict::yes : Verdict::unreadable;
}

std::string aspect_meaning(const std::string& aspect) {
  static const std::map<std::string, std::string> meanings{
      {"IU", "instruction understanding"},    {"QC", "question capture"}, {"RP", "role playing"},
      {"CV", "conflict in value expression"}, {"FF", "false facts"},      {"IR", "irrelevant output"}};
  const auto found = meanings.find(aspect);
  return found == meanings.end() ? "" : found->second;
}

}  // namespace meridian::opinions
