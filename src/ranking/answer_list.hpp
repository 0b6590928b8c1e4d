#pragma once
// A model's own words as a ranking: the numbered lines of an answer in English or Chinese.
#include <string>
#include <vector>

#include "ranking/catalog.hpp"

namespace meridian::ranking {

struct AnswerList {
  std::vector<double> ranks;        ///< per term, the number of its line; NaN where it is not named
  std::vector<std::string> faults;  ///< "term given twice", "unknown term in the answer"
};

/// A line counts when it begins, after list and emphasis marks, with a number and one of . ) : or the Chinese comma.
/// What follows must begin with a term in any of its spellings (the longest that fits); comments behind it are passed
/// over, as are lines without a number.
AnswerList read_answer_list(const std::string& answer, const Catalog& catalog);

}  // namespace meridian::ranking
