#pragma once
// What the layer found, as tables and figures. Columns: docs/formats.md, "Tables of the audit".
#include <cstdint>
#include <string>
#include <vector>

#include "dilemmas/preference.hpp"
#include "findings/figure.hpp"
#include "findings/table.hpp"

namespace meridian::dilemmas {

std::string sample_sentence(const Choices& choices, const Corpus& corpus, std::int64_t rows);
findings::Table preference_table(const std::vector<Preference>& found, const Choices& choices, const Corpus& corpus);
findings::Table answer_table(const Choices& choices);
findings::Figure preference_figure(const std::vector<Preference>& found, const Choices& choices, const Corpus& corpus);

}  // namespace meridian::dilemmas
