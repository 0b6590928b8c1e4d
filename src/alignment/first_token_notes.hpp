#pragma once
// What a reader of the layer of first tokens has to know of its data and of the calibrators.
#include <string>
#include <vector>

#include "alignment/first_token_study.hpp"
#include "findings/document.hpp"

namespace meridian::alignment {

/// How much was compared with what.
std::string first_token_sentence(const FirstTokenStudy& study);

/// Of the data, the scores, the cells and the calibrators, in this order.
std::vector<findings::Note> first_token_notes(const FirstTokenInputs& inputs, const FirstTokenStudy& study);

}  // namespace meridian::alignment
