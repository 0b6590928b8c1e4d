// Writes a compressed block with a further array, a float32 block and a master of both into a folder: what
// read_with_h5py.py reads back.
#include <filesystem>

#include "storage/array_file.hpp"
#include "support/sample_array.hpp"

int main(int, char** arguments) {
  using namespace meridian;
  const std::filesystem::path folder = arguments[1];
  const storage::Array moments{"moments.rq1", {{"class", {"China|11"}}, {"row", {"a", "b"}}}, {1.5, 2.5}, {}};
  storage::write_array(folder / "block-000000.h5", tests::sample_array(0, 4), {}, {moments});
  storage::write_array(folder / "block-000001.h5", tests::sample_array(4, 3), {storage::Precision::float64, 4});
  storage::write_array(folder / "narrow.h5", tests::sample_array(0, 4), {storage::Precision::float32, 0});
  storage::write_master(folder / "all.h5", "similarity", {folder / "block-000000.h5", folder / "block-000001.h5"});
}
