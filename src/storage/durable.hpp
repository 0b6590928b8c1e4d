#pragma once
// Making a finished file last: synced, renamed, its folder synced.
#include <filesystem>
#include <string>

namespace meridian::storage {

/// Where a file is written before it has its final name.
std::filesystem::path part_of(const std::filesystem::path& file);
/// Syncs part_of(file) and gives it its name; another process may have done so already. Throws InputError with reason
/// and remedy; the part is removed then.
void publish(const std::filesystem::path& file);
/// What to do about a failed write, by its reason in words or number.
std::string write_remedy(int error);

}  // namespace meridian::storage
