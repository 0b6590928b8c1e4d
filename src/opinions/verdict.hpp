#pragma once
// What a judge said of an answer: DEF's insensitivity (Liu et al. 2025).
#include <cstdint>
#include <string>

namespace meridian::opinions {

enum class Verdict : std::uint8_t { no, yes, unreadable };

/// The authors' rule: "No" anywhere in the text is a failed aspect, else "Yes" a passed one. They count what holds
/// neither as passed; here it is counted by itself.
Verdict verdict_of(const std::string& text);

/// "instruction understanding" for IU; IU, QC, RP, CV, FF or IR. Empty for any other text: numbers mean different
/// aspects in the authors' English and Chinese forms.
std::string aspect_meaning(const std::string& aspect);

}  // namespace meridian::opinions
