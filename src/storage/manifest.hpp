#pragma once
// The plan of a folder of units as manifest.json.
#include <filesystem>

#include "storage/units.hpp"

namespace meridian::storage {

std::filesystem::path manifest_path(const std::filesystem::path& folder);
void write_manifest(const std::filesystem::path& folder, const Plan& plan);
/// Throws InputError if it is absent or not a manifest.
Plan read_manifest(const std::filesystem::path& folder);

/// Throws InputError naming every entry that differs with both values.
void require_same(const Plan& stored, const Plan& wanted, const std::filesystem::path& folder);

}  // namespace meridian::storage
