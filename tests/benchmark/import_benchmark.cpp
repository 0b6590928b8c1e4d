// Speed of reading batch output: JSON Lines to fields, texts to answers, units to disk, each apart. Usage:
// import_benchmark FOLDER [TRIALS]; one file and one unit are written below FOLDER and removed at the end. Times are
// processor times of one thread: what a core does, whatever else runs on it.
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>

#include "tables/mapped_reader.hpp"
#include "trials/trial_records.hpp"
#include "trials/trial_unit.hpp"

namespace {

using namespace meridian;
namespace fs = std::filesystem;

constexpr double megabyte = 1e6;

double processor_seconds(const std::function<void()>& action) {
  const std::clock_t start = std::clock();
  action();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// A line as vLLM's batch runner writes it.
std::string line_of(std::size_t trial) {
  return fmt::format(
      "{{\"id\": \"vllm-{0:016}\", \"custom_id\": \"model-{1}__English__none__{2}__{3}\", \"response\": "
      "{{\"status_code\": "
      "200, \"request_id\": \"vllm-batch-{0:016}\", \"body\": {{\"id\": \"chatcmpl-{0:016}\", \"object\": "
      "\"chat.completion\", \"created\": 1721342400, \"model\": \"vendor/model-{1}\", \"choices\": [{{\"index\": 0, "
      "\"message\": {{\"role\": \"assistant\", \"content\": \"{4}\", \"tool_calls\": []}}, \"logprobs\": null, "
      "\"finish_reason\": \"stop\", \"stop_reason\": null}}], \"usage\": {{\"prompt_tokens\": 120, \"total_tokens\": "
      "122, "
      "\"completion_tokens\": 2}}, \"prompt_logprobs\": null}}}}, \"error\": null}}\n",
      trial, trial % 20, 1 + trial / 20 % 36, trial / 720, 1 + trial * 7 % 5);
}

trials::TrialContext context() {
  trials::TrialContext made;
  for (int item = 1; item <= 36; ++item) made.instrument.items.push_back({std::to_string(item), "", "", 1, 5});
  return made;
}

void measure(const fs::path& folder, std::size_t count) {
  const fs::path file = folder / "import-benchmark.jsonl", unit_file = folder / "import-benchmark.h5";
  {
    std::ofstream stream(file, std::ios::binary);
    for (std::size_t trial = 0; trial < count; ++trial) stream << line_of(trial);
  }
  const double size = static_cast<double>(fs::file_size(file)) / megabyte;
  const tables::RecordMapping mapping = tables::read_record_mapping("data/mappings/batch.csv", trials::trial_fields());
  const trials::TrialContext known = context();
  std::size_t rows = 0;
  trials::TrialUnit unit;
  const double fields = processor_seconds([&] {
    tables::MappedReader reader(file, mapping);
    while (reader.next()) ++rows;
  });
  const double parsed = processor_seconds([&] {
    trials::TrialRecords records(file, mapping, known);
    while (records.next())
      if (unit.trials.size() < 65536) unit.trials.push_back(records.trial());
  });
  fmt::print("{} trials, {:.0f} MB, {} rows\n", count, size, rows);
  fmt::print("JSON Lines to fields: {:.0f} MB/s, one thread\n", size / fields);
  fmt::print("to parsed trials: {:.0f} MB/s, {:.2f} million trials/s\n", size / parsed,
             static_cast<double>(count) / parsed / 1e6);
  const double stored = processor_seconds([&] { trials::write_trial_unit(unit_file, unit, "benchmark"); });
  fmt::print("a unit of {} trials stored: {:.2f} million trials/s, {:.0f} bytes each\n", unit.trials.size(),
             static_cast<double>(unit.trials.size()) / stored / 1e6,
             static_cast<double>(fs::file_size(unit_file)) / static_cast<double>(unit.trials.size()));
  fs::remove(file);
  fs::remove(unit_file);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print("usage: import_benchmark FOLDER [TRIALS]\n");
    return 2;
  }
  measure(argv[1], argc > 2 ? static_cast<std::size_t>(std::atoll(argv[2])) : 500000);
}
