#pragma once
// Numbers that meridian selftest knows from elsewhere: another implementation of the generator, R's fit of a model.
#include <filesystem>

namespace meridian::commands {

/// The first words of one stream are those of an independent Philox4x32-10 that meets Random123's known answers.
bool draws_known_numbers();

/// The mixed model of `folder`/answers.csv beside the numbers that lme4 and lmerTest print for it (`folder`/lme4.csv,
/// made by tests/oracle/make_selftest_reference.R): the largest distance, of estimates in standard errors, of the
/// criterion absolute, of everything else relative. Throws InputError for files that cannot be read.
double distance_from_lme4(const std::filesystem::path& folder);

}  // namespace meridian::commands
