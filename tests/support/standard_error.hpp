#pragma once
// What an action prints to standard error, caught in a file or, to look like a terminal, in a pseudo-terminal.
#include <fcntl.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace meridian::tests {

/// Points standard error elsewhere until the end of the scope.
class RedirectedError {
 public:
  explicit RedirectedError(int target) {
    std::fflush(stderr);
    saved_ = ::dup(STDERR_FILENO);
    if (saved_ < 0 || ::dup2(target, STDERR_FILENO) < 0) throw std::runtime_error("cannot redirect standard error");
  }
  ~RedirectedError() {
    std::fflush(stderr);
    ::dup2(saved_, STDERR_FILENO);
    ::close(saved_);
  }
  RedirectedError(const RedirectedError&) = delete;
  RedirectedError& operator=(const RedirectedError&) = delete;

 private:
  int saved_ = -1;
};

inline std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t count = 0; (count = ::read(descriptor, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<std::size_t>(count));
  return text;
}

template <class Action>
std::string printed_to_file(Action action) {
  std::FILE* const file = std::tmpfile();
  if (file == nullptr) throw std::runtime_error("no temporary file");
  {
    const RedirectedError redirected(::fileno(file));
    action();
  }
  ::lseek(::fileno(file), 0, SEEK_SET);
  std::string text = read_all(::fileno(file));
  std::fclose(file);
  return text;
}

/// At most some kilobytes: nobody reads while the action runs.
template <class Action>
std::string printed_to_terminal(Action action) {
  int outside = -1, inside = -1;
  if (::openpty(&outside, &inside, nullptr, nullptr, nullptr) != 0) throw std::runtime_error("no pseudo-terminal");
  {
    const RedirectedError redirected(inside);
    action();
  }
  ::fcntl(outside, F_SETFL, O_NONBLOCK);
  std::string text = read_all(outside);
  ::close(inside);
  ::close(outside);
  return text;
}

}  // namespace meridian::tests
