#include "scheduling/chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace meridian::scheduling {
namespace {

std::string words(const std::vector<std::string>& texts) {
  std::string line;
  for (const std::string& text : texts) line += " " + shell_word(text);
  return line;
}

/// "--units A:B" of the array's task, as shell arithmetic: consecutive ranges of equal length.
std::string units_of_task(std::size_t units, int array) {
  const std::size_t each = std::max<std::size_t>(1, (units + array - 1) / array);
  return fmt::format(" --units $((SLURM_ARRAY_TASK_ID * {0})):$((SLURM_ARRAY_TASK_ID * {0} + {0}))", each);
}

std::string part_of(const std::string& parts) { return shell_word(parts) + "/$SLURM_ARRAY_TASK_ID"; }

std::string replicate_line(const Request& request, const char* more) {
  return "meridian_step replicate" + words(request.replicate) + more + " --out " + shell_word(request.out);
}

std::string merge_line(const std::string& parts, const std::string& into) {
  return "meridian_merge " + shell_word(parts) + " " + shell_word(into);
}

std::string parts_of(const Resampling& resampling) { return resampling.run + "/parts/" + resampling.folder; }

Link similarity_link(const Request& request, const Estimate& estimate) {
  const std::string line = "meridian_step replicate" + words(request.replicate) +
                           units_of_task(request.blocks, request.array) + " --out " +
                           part_of(request.out + "/parts/similarity");
  return {"similarity", request.array, 1, estimate.start_seconds + estimate.similarity_seconds / request.array, {line}};
}

Link models_link(const Request& request, const Estimate& estimate) {
  Link link{"models", 0, 1, estimate.start_seconds + estimate.serial_seconds, {}};
  link.lines = {merge_line(request.out + "/parts/similarity", request.out),
                replicate_line(request, " --skip-resampling")};
  return link;
}

Link resampling_link(const Request& request, const Estimate& estimate) {
  // Every bootstrap and every test is a step of its own, which reads the answers again.
  const double starts =
      static_cast<double>(request.resampling.size()) * estimate.start_seconds + estimate.resampling_start_seconds;
  Link link{"resampling", request.array, 1, starts + estimate.resampling_seconds / request.array, {}};
  for (const Resampling& each : request.resampling)
    link.lines.push_back("meridian_step " + each.command + " --run " + shell_word(each.run) + words(each.options) +
                         units_of_task(each.units, request.array) + " --out " + part_of(parts_of(each)));
  return link;
}

Link report_link(const Request& request, const Estimate& estimate) {
  const double seconds = estimate.start_seconds + estimate.resampling_start_seconds + estimate.resampling_end_seconds;
  Link link{"report", 0, 1, seconds, {}};
  for (const Resampling& each : request.resampling)
    link.lines.push_back(merge_line(parts_of(each), each.run + "/" + each.folder));
  link.lines.push_back(replicate_line(request, ""));
  return link;
}

std::string clock(int minutes) { return fmt::format("{:02}:{:02}:00", minutes / 60, minutes % 60); }

}  // namespace

std::string shell_word(const std::string& text) {
  const auto plain = [](unsigned char letter) {
    return std::isalnum(letter) || std::string("_-./:=,+@%").find(static_cast<char>(letter)) != std::string::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), plain)) return text;
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

std::vector<Link> chain(const Request& request, const Estimate& estimate) {
  if (request.array == 1)
    return {{"replicate", 0, request.ranks, wall_seconds(estimate, request.ranks), {replicate_line(request, "")}}};
  std::vector<Link> links = {similarity_link(request, estimate), models_link(request, estimate)};
  if (!request.resampling.empty()) {
    links.push_back(resampling_link(request, estimate));
    links.push_back(report_link(request, estimate));
  }
  return links;
}

std::string batch_script(const Link& link, const Site& site, const Estimate& estimate) {
  std::string text = fmt::format("#!/bin/bash\n# Written by meridian plan: {}.\n", link.name);
  const auto directive = [&](const std::string& option) { text += "#SBATCH " + option + "\n"; };
  directive("--job-name=meridian-" + link.name);
  if (link.array > 0) directive(fmt::format("--array=0-{}", link.array - 1));
  directive(fmt::format("--ntasks={}", link.ranks));
  directive("--cpus-per-task=1");
  directive(fmt::format("--mem-per-cpu={}M", megabytes_to_ask(estimate.memory_bytes)));
  directive("--time=" + clock(minutes_to_ask(link.seconds)));
  for (const char* option : {"--signal=B:USR1@120", "--requeue", "--open-mode=append"}) directive(option);
  directive("--output=" + site.logs + "/" + link.name + (link.array > 0 ? "-%A_%a.log" : "-%j.log"));
  text += "export MERIDIAN_HOME=${MERIDIAN_HOME:-" + shell_word(site.home) + "}\n";
  text += "export MERIDIAN_EXECUTABLE=${MERIDIAN_EXECUTABLE:-" + shell_word(site.executable) + "}\n";
  text += ". \"$MERIDIAN_HOME/slurm/job.sh\"\n";
  for (const std::string& line : link.lines) text += line + "\n";
  return text;
}

}  // namespace meridian::scheduling
