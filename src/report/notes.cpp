#include "report/notes.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cstring>

namespace meridian::report {
namespace {

using findings::Note;
using findings::Severity;

constexpr std::size_t kShort = 220, kFewCautions = 3;

const char* word(Severity severity) {
  return severity == Severity::info ? "Note" : severity == Severity::caution ? "Caution" : "Warning";
}

const char* style_class(Severity severity) {
  return severity == Severity::info ? "note info" : severity == Severity::caution ? "note caution" : "note warning";
}

/// Where the part that is shown ends: the first sentence of a long text, a clause or a word of a long sentence.
std::size_t short_end(const std::string& words) {
  if (words.size() <= kShort) return words.size();
  for (std::size_t at = words.find(". "); at < kShort; at = words.find(". ", at + 1))
    if (at + 2 < words.size() && std::isupper(static_cast<unsigned char>(words[at + 2]))) return at + 1;
  for (const char* end : {"; ", "), ", ": ", " "})
    if (const std::size_t at = words.rfind(end, kShort); at != std::string::npos && at > kShort / 2)
      return at + std::strlen(end) - 1;
  return words.size();
}

std::string shortened(const std::string& words) {
  const std::size_t end = short_end(words);
  return words.substr(0, end) + (end == words.size() || words[end - 1] == '.' ? "" : " ...");
}

Html folded(const std::string& summary, const Html& content) {
  return element("details", element("summary", text(summary)) + content);
}

Html remedy(const Note& note) {
  return note.remedy.empty() ? Html{} : element("p", element("strong", text("What to do: ")) + text(note.remedy));
}

/// What a box shows of a note and what it folds.
Html content_of(const Note& note) {
  Html content = element("p", element("strong", text(fmt::format("{}: {}. ", word(note.severity), note.about))) +
                                  text(shortened(note.text)));
  const std::size_t end = short_end(note.text);
  if (end < note.text.size()) content += folded("the rest", element("p", text(note.text.substr(end))));
  return content + remedy(note);
}

Html box(Severity severity, const Html& content) {
  return element("div", {{"class", style_class(severity)}, {"role", "note"}}, content) + Html{"\n"};
}

struct Item {
  const Note* note;
  const Placed* placed;
};

void collect(const std::vector<Placed>& sections, Severity severity, std::vector<Item>& items) {
  for (const Placed& placed : sections) {
    const Note* before = nullptr;
    for (const Note& note : placed.section->notes) {
      if (note.severity != severity) continue;
      if (before == nullptr || before->about != note.about) items.push_back({&note, &placed});
      before = &note;
    }
    collect(placed.within, severity, items);
  }
}

Html list(const std::vector<Item>& items) {
  Html entries;
  for (const Item& item : items)
    entries +=
        element("li", element("strong", text(fmt::format("{}: {}. ", word(item.note->severity), item.note->about))) +
                          text(shortened(item.note->text) + " ") +
                          element("a", {{"href", "#" + item.placed->id}}, text("See " + item.placed->section->title)));
  return element("ul", {{"class", "attention"}}, entries);
}

}  // namespace

Html note_html(const Note& note) { return box(note.severity, content_of(note)); }

Html notes_html(const std::vector<Note>& notes) {
  Html content;
  for (std::size_t first = 0; first < notes.size();) {
    std::size_t next = first + 1;
    Html others;
    while (next < notes.size() && notes[next].about == notes[first].about &&
           notes[next].severity == notes[first].severity) {
      others += element("p", text(notes[next].text)) + remedy(notes[next]);
      ++next;
    }
    Html own = content_of(notes[first]);
    if (next > first + 1) own += folded(fmt::format("{} more of this kind", next - first - 1), others);
    content += box(notes[first].severity, own);
    first = next;
  }
  return content;
}

Html attention_list(const std::vector<Placed>& sections) {
  std::vector<Item> warnings, cautions;
  collect(sections, Severity::warning, warnings);
  collect(sections, Severity::caution, cautions);
  if (warnings.empty() && cautions.empty())
    return element("p", text("No check of this run raised a warning or a caution."));
  Html content;
  if (!warnings.empty()) content += element("p", text("What a reader must know first:")) + list(warnings);
  if (cautions.empty()) return content;
  if (cautions.size() <= kFewCautions) return content + list(cautions);
  return content +
         folded(fmt::format("{} cautions, each with the section it belongs to", cautions.size()), list(cautions));
}

}  // namespace meridian::report
