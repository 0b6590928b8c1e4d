#pragma once
// Errors that end the program. main() prints what() once and exits with the code.
#include <stdexcept>
#include <string>

namespace meridian {

/// Exit codes of every command (docs/running.md).
enum class ExitCode { done = 0, input = 2, verification = 3, bug = 70, stopped = 75 };

class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

/// The input or an option is wrong. Names the culprit, the value found, the value expected and the remedy.
class InputError : public Error {
 public:
  explicit InputError(const std::string& message) : Error(ExitCode::input, message) {}
  /// Message "<where>: found <found>, expected <expected>. <remedy>"; where is "file:line, column 'x'".
  InputError(const std::string& where, const std::string& found, const std::string& expected,
             const std::string& remedy)
      : Error(ExitCode::input, where + ": found " + found + ", expected " + expected + ". " + remedy) {}
};

/// A comparison with published or earlier numbers failed.
class VerificationError : public Error {
 public:
  explicit VerificationError(const std::string& message) : Error(ExitCode::verification, message) {}
};

/// The run was asked to stop; everything finished is kept and the same command goes on.
class Stopped : public Error {
 public:
  explicit Stopped(const std::string& message) : Error(ExitCode::stopped, message) {}
};

}  // namespace meridian
