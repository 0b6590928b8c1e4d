#pragma once
// What a figure is about: the dilemmas of one pair of values, or all of them.
#include <string>

#include "dilemmas/corpus.hpp"

namespace meridian::dilemmas {

/// Scopes of a corpus are numbered: its pairs, then all of them together.
inline std::size_t scope_count(const Corpus& corpus) { return corpus.pairs.size() + 1; }

inline bool in_scope(const Corpus& corpus, std::size_t dilemma, std::size_t scope) {
  return scope == corpus.pairs.size() || corpus.dilemmas[dilemma].pair == scope;
}

inline std::string scope_name(const Corpus& corpus, std::size_t scope) {
  return scope == corpus.pairs.size() ? "all" : corpus.pairs[scope].name;
}

}  // namespace meridian::dilemmas
