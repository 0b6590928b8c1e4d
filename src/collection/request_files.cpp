#include "collection/request_files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>

#include "error.hpp"
#include "findings/files.hpp"
#include "storage/durable.hpp"
#include "tables/csv.hpp"

namespace meridian::collection {
namespace {

namespace fs = std::filesystem;

/// A model's name as a file name.
std::string file_stem(const std::string& model) {
  std::string stem;
  for (const char c : model) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    stem += plain ? c : '_';
  }
  return stem;
}

/// One file after the other; a new one for another model or where the next line would pass a limit.
class SplitFile {
 public:
  SplitFile(fs::path folder, const FileLimits& limits) : folder_(std::move(folder)), limits_(limits) {}

  void add(const std::string& model, const std::string& line) {
    const auto size = static_cast<std::int64_t>(line.size());
    if (model != model_) {
      finish();
      model_ = model;
      number_ = 0;
    } else if (requests_ + 1 > limits_.requests || bytes_ + size > limits_.bytes) {
      finish();
    }
    if (!stream_.is_open()) open();
    stream_ << line;
    ++requests_;
    bytes_ += size;
  }

  void finish() {
    if (!stream_.is_open()) return;
    stream_.close();
    if (!stream_) fail();
    storage::publish(files_.back());
    requests_ = bytes_ = 0;
  }

  std::vector<fs::path> files() const { return files_; }

 private:
  void open() {
    files_.push_back(folder_ / fmt::format("requests-{}-{:04}.jsonl", file_stem(model_), ++number_));
    stream_.open(storage::part_of(files_.back()), std::ios::binary | std::ios::trunc);
    if (!stream_) fail();
  }
  [[noreturn]] void fail() const {
    throw InputError(files_.back().string() + ": cannot be written. " + storage::write_remedy(errno));
  }

  fs::path folder_;
  FileLimits limits_;
  std::string model_;
  int number_ = 0;
  std::int64_t requests_ = 0, bytes_ = 0;
  std::ofstream stream_;
  std::vector<fs::path> files_;
};

void write_plan(const RequestMaker& maker, const fs::path& folder) {
  const Design& design = maker.design();
  std::string plan = tables::csv_line({"model", "language", "persona", "item", "iterations"});
  for (const std::string& model : design.models)
    for (const std::string& language : design.languages)
      for (const std::string& persona : design.personas)
        for (const PlannedItem& item : maker.items())
          plan += tables::csv_line({model, language, persona, item.id, std::to_string(design.iterations)});
  findings::write_text(folder / "plan.csv", plan);
  std::string items = tables::csv_line({"item", "dimension", "gloss", "lowest", "highest"});
  for (const PlannedItem& item : maker.items())
    items += tables::csv_line({item.id, "", "", std::to_string(item.lowest), std::to_string(item.highest)});
  findings::write_text(folder / "items.csv", items);
}

void require_no_requests(const fs::path& folder) {
  if (!fs::is_directory(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().filename().string().rfind("requests-", 0) == 0)
      throw InputError("--out", "requests in '" + folder.string() + "'", "a folder without requests",
                       "Name another folder, or remove the old requests.");
}

/// Makes every request once before the first is written: what is wrong with one must not leave the others behind, which
/// would stand in the way of the mended command.
void check_requests(const RequestMaker& maker, int round, const std::function<bool(const trials::TrialKey&)>& wanted,
                    const EarlierAnswers& earlier) {
  maker.each_trial(round, [&](const trials::TrialKey& key) {
    if (wanted(key)) maker.line(key, earlier);
  });
}

}  // namespace

Written write_requests(const RequestMaker& maker, int round, const std::function<bool(const trials::TrialKey&)>& wanted,
                       const EarlierAnswers& earlier, const FileLimits& limits, const fs::path& folder) {
  require_no_requests(folder);
  check_requests(maker, round, wanted, earlier);
  write_plan(maker, folder);
  Written written;
  SplitFile files(folder, limits);
  maker.each_trial(round, [&](const trials::TrialKey& key) {
    if (!wanted(key)) return void(++written.present);
    const std::string line = maker.line(key, earlier);
    if (line.empty()) return void(++written.waiting);
    files.add(key.model, line);
    ++written.requests;
  });
  files.finish();
  written.files = files.files();
  return written;
}

}  // namespace meridian::collection
