#pragma once
// A table of the user's, for the commands that fit models to it.
#include <filesystem>
#include <string>
#include <vector>

#include "models/frame.hpp"

namespace meridian::commands {

/// All named columns with the types that models::ColumnKind finds; those in `factors` are factors whatever they look
/// like. The file is read twice, for the types and for the values, so that its texts need not be kept. A column without
/// a name, such as R's row names, is left out. InputError if there are no rows, for an unknown name among the factors
/// and for a pipe.
models::Frame read_frame(const std::filesystem::path& file, const std::vector<std::string>& factors);

/// One stray word makes a column a factor: InputError that names its line when most of the column is numbers.
void check_numbers(const std::filesystem::path& file, const models::Frame& frame, const std::string& name);

/// The same of the predictors among `columns`: a warning for each, as R's read.csv would do the same without a word.
void warn_of_words(const models::Frame& frame, const std::vector<std::string>& columns);

/// "a,b" as names.
std::vector<std::string> names_in(const std::string& list);

}  // namespace meridian::commands
