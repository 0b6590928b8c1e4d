// Speed and memory of the similarity kernel and of block files at the size of the issue: 1 000 000 people, 120 model
// conditions, 20 variants, 19 items. Usage: kernel_benchmark FOLDER [PEOPLE [STREAMED [THREADS]]]; the blocks of the
// first STREAMED people are written below FOLDER and removed at the end.
#include <fcntl.h>
#include <fmt/format.h>
#include <omp.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "benchmark/timing.hpp"
#include "error.hpp"
#include "runtime/machine.hpp"
#include "similarity/tile.hpp"
#include "storage/array_file.hpp"
#include "storage/units.hpp"
#include "support/random_panel.hpp"

namespace {

using namespace meridian;
namespace fs = std::filesystem;

constexpr double gigabyte = 1e9, megabyte = 1e6;

struct Options {
  fs::path folder;
  std::size_t people = 1000000, streamed = 200000;
  int threads = runtime::usable_cpus();
};

/// A folder of our own below the one that was named.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& below) : path_(below / fmt::format("kernel-benchmark-{}", ::getpid())) {
    fs::create_directories(path_);
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void row(const std::string& what, const std::string& ours, const std::string& plain, const std::string& ratio) {
  fmt::print("{:<58} {:>14} {:>14} {:>8}\n", what, ours, plain, ratio);
}

void speed_row(const std::string& what, double bytes, const std::array<double, 2>& seconds) {
  row(what, fmt::format("{:.2f} GB/s", bytes / seconds[0] / gigabyte),
      fmt::format("{:.2f} GB/s", bytes / seconds[1] / gigabyte), fmt::format("{:.2f}", seconds[1] / seconds[0]));
}

storage::Array shape_of(const panel::Panel& made, const similarity::Tile& tile) {
  storage::Array shape;
  shape.name = "similarity";
  shape.axes = {{"variant", {}}, {"condition", {}}, {"model", {}}, {"person", {}}};
  for (const auto& variant : made.variants) shape.axes[0].labels.push_back(variant.name);
  for (const auto& condition : made.conditions) shape.axes[1].labels.push_back(condition.label());
  for (const auto& model : made.models) shape.axes[2].labels.push_back(model.name);
  for (std::size_t i = 0; i < tile.people; ++i) shape.axes[3].labels.push_back(made.people.ids[tile.first + i]);
  return shape;
}

void fill_plainly(std::vector<double>& buffer, int threads) {
#pragma omp parallel num_threads(threads)
  {
    const auto part = static_cast<std::size_t>(omp_get_thread_num()), parts = static_cast<std::size_t>(threads);
    std::fill(buffer.begin() + static_cast<std::ptrdiff_t>(buffer.size() * part / parts),
              buffer.begin() + static_cast<std::ptrdiff_t>(buffer.size() * (part + 1) / parts), 0.5);
  }
}

/// Into a buffer larger than any last cache.
void measure_kernel(const panel::Panel& made, const similarity::Kernel& kernel, int threads) {
  const std::size_t people = std::min<std::size_t>(made.people.size(), 65536);
  similarity::Tile tile;
  kernel.compute(0, people, threads, tile);
  const auto seconds = benchmark::alternate([&] { kernel.compute(0, people, threads, tile); },
                                            [&] { fill_plainly(tile.values, threads); });
  const auto bytes = static_cast<double>(tile.values.size() * sizeof(double));
  speed_row(fmt::format("kernel / plain fill, {:.0f} MB, {} threads", bytes / megabyte, threads), bytes, seconds);
}

void write_plainly(const fs::path& file, const std::vector<double>& values) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  const char* bytes = reinterpret_cast<const char*>(values.data());
  for (std::size_t left = values.size() * sizeof(double); left > 0;) {
    const ssize_t written = ::write(descriptor, bytes, left);
    if (written <= 0) throw InputError(file.string() + ": cannot be written");
    bytes += written;
    left -= static_cast<std::size_t>(written);
  }
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Every file is a new one, as in a run: replacing one would also measure how fast the old one goes.
void measure_files(const panel::Panel& made, const similarity::Kernel& kernel, const fs::path& folder, int threads) {
  similarity::Tile tile;
  kernel.compute(0, std::min<std::size_t>(made.people.size(), 8192), threads, tile);
  constexpr std::size_t most_files = 100;
  const auto store = storage::UnitStore::create_or_open(
      folder / "files", {"similarity", "block", ".h5", most_files, tile.people, most_files * tile.people, {}});
  const storage::Array shape = shape_of(made, tile);
  std::size_t unit = 0, file = 0;
  const auto commit = [&](const storage::ArrayOptions& options) {
    store.commit(unit++, [&](const fs::path& part) { storage::write_array(part, shape, tile.values.data(), options); });
  };
  const auto plainly = [&] { write_plainly(folder / fmt::format("plain-{}", file++), tile.values); };
  const auto bytes = static_cast<double>(tile.values.size() * sizeof(double));
  speed_row(fmt::format("contiguous block / write + fsync, {:.0f} MB", bytes / megabyte), bytes,
            benchmark::alternate([&] { commit({}); }, plainly));
  speed_row("  as float32 / write + fsync of the doubles", bytes,
            benchmark::alternate(
                [&] {
                  commit({storage::Precision::float32, 0});
                },
                plainly));
  const double deflated = benchmark::seconds([&] { commit({storage::Precision::float64, 1}); });
  const double size = static_cast<double>(fs::file_size(store.unit_path(unit - 1)));
  row("deflate 1: speed, size", fmt::format("{:.0f} MB/s", bytes / deflated / megabyte), "",
      fmt::format("{:.2f}", size / bytes));
}

/// All people in blocks through one tile; the first ones also to disk.
void stream(const panel::Panel& made, const similarity::Kernel& kernel, const fs::path& folder,
            const Options& options) {
  constexpr std::size_t block = 4096;
  const std::size_t streamed = std::min(options.streamed, made.people.size());
  const auto store = storage::UnitStore::create_or_open(
      folder / "stream", {"similarity", "block", ".h5", (streamed + block - 1) / block, block, streamed, {}});
  const auto memory = [] { return fmt::format("{:.0f} MB", static_cast<double>(runtime::peak_memory()) / megabyte); };
  row("peak memory, people and models read", memory(), "", "");
  similarity::Tile tile;
  double computing = 0, writing = 0;
  for (std::size_t first = 0; first < made.people.size(); first += block) {
    computing += benchmark::seconds(
        [&] { kernel.compute(first, std::min(block, made.people.size() - first), options.threads, tile); });
    if (first / block < store.plan().units)
      writing += benchmark::seconds([&] {
        store.commit(first / block, [&](const fs::path& part) {
          storage::write_array(part, shape_of(made, tile), tile.values.data(), {});
        });
      });
    if (first == 4 * block) row("peak memory after 5 blocks", memory(), "", "");
  }
  row(fmt::format("peak memory after {} blocks", (made.people.size() + block - 1) / block), memory(), "", "");
  const double cosines = static_cast<double>(made.people.size() * made.columns() * made.variants.size());
  row(fmt::format("{} people computed: {:.2e} cosines", made.people.size(), cosines),
      fmt::format("{:.1f} s", computing), "", "");
  const double rows = static_cast<double>(store.plan().units * block) / static_cast<double>(made.people.size());
  row(fmt::format("{} blocks written, {:.1f} GB", store.plan().units, rows * cosines * 8 / gigabyte),
      fmt::format("{:.1f} s", writing), "", "");
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print(stderr, "usage: kernel_benchmark FOLDER [PEOPLE [STREAMED [THREADS]]]\n");
    return 2;
  }
  Options options;
  options.folder = arguments[1];
  if (count > 2) options.people = std::strtoull(arguments[2], nullptr, 10);
  if (count > 3) options.streamed = std::strtoull(arguments[3], nullptr, 10);
  if (count > 4) options.threads = std::atoi(arguments[4]);
  const WorkFolder folder(options.folder);
  const panel::Panel made = tests::random_panel({options.people, 19, 20, 3, 1, 10});
  const similarity::Kernel kernel(made);
  row("", "ours", "plain", "ratio");
  stream(made, kernel, folder.path(), options);
  measure_kernel(made, kernel, 1);
  if (options.threads > 1) measure_kernel(made, kernel, options.threads);
  measure_files(made, kernel, folder.path(), options.threads);
}
