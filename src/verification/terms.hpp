#pragma once
// The words of the printed tables and ours: Chinese_ppt is nation, dimensionCare is removedCare.
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace meridian::verification {

/// A term of a model with the factors of an interaction in alphabetical order: R's order follows the formula, and
/// a:b is b:a.
std::string canonical_term(std::string_view term);

class Terms {
 public:
  Terms() = default;
  /// Columns printed, ours, meaning. Throws InputError if a printed word comes twice.
  explicit Terms(const std::filesystem::path& file);

  /// Our name of a printed term, factor by factor; a word that is not listed stands for itself.
  std::string ours(std::string_view printed) const;

 private:
  std::map<std::string, std::string, std::less<>> words_;
};

}  // namespace meridian::verification
