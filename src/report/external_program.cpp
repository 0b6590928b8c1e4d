#include "report/external_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "error.hpp"

extern char** environ;

namespace meridian::report {
namespace {

struct Started {
  pid_t process = -1;
  int error = 0;
  std::FILE* messages = nullptr;
};

Started start(const std::vector<std::string>& command_line, const std::filesystem::path& folder) {
  Started started;
  started.messages = std::tmpfile();
  if (started.messages == nullptr)
    throw InputError(std::string("no temporary file can be made (") + std::strerror(errno) +
                     "). Set TMPDIR or free space.");
  std::vector<char*> arguments;
  for (const std::string& each : command_line) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, fileno(started.messages), STDERR_FILENO);
  started.error = posix_spawnp(&started.process, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return started;
}

std::string read_all(std::FILE* file) {
  std::string text;
  char buffer[4096];
  std::rewind(file);
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, count);
  return text;
}

Ended wait_for(const Started& started) {
  Ended ended{127, ""};
  if (started.error == 0) {
    int status = 0;
    while (::waitpid(started.process, &status, 0) < 0 && errno == EINTR) {
    }
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ended.messages = read_all(started.messages);
  } else {
    ended.messages = std::strerror(started.error);
  }
  std::fclose(started.messages);
  return ended;
}

}  // namespace

bool installed(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (::access((std::filesystem::path(folder) / program).c_str(), X_OK) == 0) return true;
  return false;
}

std::vector<Ended> run_all(const std::vector<std::vector<std::string>>& command_lines,
                           const std::filesystem::path& folder) {
  std::vector<Started> started;
  for (const auto& command_line : command_lines) started.push_back(start(command_line, folder));
  std::vector<Ended> ended;
  for (const Started& each : started) ended.push_back(wait_for(each));
  return ended;
}

}  // namespace meridian::report
