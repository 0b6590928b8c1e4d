#include <fmt/format.h>
#include <fmt/ranges.h>

#include "storage/array_file.hpp"
#include "storage/array_inspection.hpp"
#include "storage/digest.hpp"

namespace meridian::storage {

std::string content_digest(const std::filesystem::path& path) {
  const OpenArrayFile file(path);
  Sha256 hash;
  for (const std::string& name : file.datasets()) {
    hash.add(fmt::format("{} {} [{}]\n", name, file.type(name), fmt::join(file.shape(name), ",")));
    if (file.layout(name) != "virtual") file.add_bytes(name, hash);
    for (const VirtualPart& part : file.parts(name))
      hash.add(fmt::format("{} {} {} {}\n", part.file.generic_string(), part.dataset, part.start, part.count));
  }
  return hash.finish();
}

}  // namespace meridian::storage
