#include "findings/ledger.hpp"

#include <algorithm>

namespace meridian::findings {
namespace {

constexpr std::size_t most_examples = 5;

void add_example(Exclusion& line, const std::string& example) {
  if (!example.empty() && line.examples.size() < most_examples) line.examples.push_back(example);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

}  // namespace

Exclusion& Ledger::line(const std::string& source, const std::string& unit, const std::string& rule) {
  const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const Exclusion& line) {
    return line.source == source && line.unit == unit && line.rule == rule;
  });
  if (found != lines_.end()) return *found;
  return lines_.emplace_back(Exclusion{source, unit, rule, 0, 0, {}});
}

void Ledger::add(const std::string& source, const std::string& unit, const std::string& rule,
                 const std::string& example, std::int64_t count) {
  Exclusion& counted = line(source, unit, rule);
  counted.count += count;
  add_example(counted, example);
}

void Ledger::looked_at(const std::string& source, const std::string& unit, const std::string& rule, std::int64_t of) {
  line(source, unit, rule).of += of;
}

void Ledger::append(const Ledger& other) {
  const std::vector<Exclusion> lines = other.lines_;  // a copy: the other may be this one
  for (const Exclusion& theirs : lines) {
    Exclusion& ours = line(theirs.source, theirs.unit, theirs.rule);
    ours.count += theirs.count;
    ours.of += theirs.of;
    for (const std::string& example : theirs.examples) add_example(ours, example);
  }
}

Table Ledger::table() const {
  Table table{"exclusions",
              "Exclusions",
              "What was left out, by which rule: count of the units that the rule looked at (of), with the first "
              "examples. An empty 'of' means that the rule does not count what it looked at.",
              {{"source", Kind::text, ""},
               {"unit", Kind::text, ""},
               {"rule", Kind::text, ""},
               {"count", Kind::integer, ""},
               {"of", Kind::integer, ""},
               {"examples", Kind::text, ""}},
              {}};
  for (const Exclusion& line : lines_)
    table.add(
        {line.source, line.unit, line.rule, line.count, line.of > 0 ? Cell{line.of} : Cell{}, joined(line.examples)});
  return table;
}

}  // namespace meridian::findings
