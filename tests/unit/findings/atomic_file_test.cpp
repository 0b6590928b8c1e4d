#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "error.hpp"
#include "findings/files.hpp"
#include "support/scratch_folder.hpp"

using Catch::Contains;
using meridian::InputError;
using meridian::findings::write_text;
using meridian::tests::bytes_of;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

/// Lets this process write at most `bytes` to a file, as a full disk would, until the end of the scope.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace

TEST_CASE("text is replaced whole, folders are made, nothing else stays") {
  const ScratchFolder folder;
  const auto file = folder.path() / "a/b/text.txt";
  write_text(file, "first, the longer one");
  write_text(file, "second");
  CHECK(bytes_of(file) == "second");
  write_text(file, "");
  CHECK(bytes_of(file).empty());
  CHECK_FALSE(std::filesystem::exists(file.string() + ".part"));
}

TEST_CASE("a part left behind by a crash is no obstacle") {
  const ScratchFolder folder;
  folder.write("text.txt.part", "half a li");
  write_text(folder.path() / "text.txt", "whole");
  CHECK(bytes_of(folder.path() / "text.txt") == "whole");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "text.txt.part"));
}

TEST_CASE("zero bytes and megabytes survive") {
  const ScratchFolder folder;
  std::string text(5000000, 'x');
  text[4000000] = '\0';
  write_text(folder.path() / "large", text);
  CHECK(bytes_of(folder.path() / "large") == text);
}

TEST_CASE("when space runs out the old file stays, the part goes, the message tells") {
  const ScratchFolder folder;
  const auto file = folder.write("text.txt", "old");
  std::string message;
  {
    const FileSizeLimit limit(1000);
    message = message_of<InputError>([&] { write_text(file, std::string(100000, 'n')); });
  }
  CHECK_THAT(message, Contains("text.txt: cannot be written (write: File too large). Raise the file size limit"));
  CHECK(bytes_of(file) == "old");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "text.txt.part"));
}

TEST_CASE("a file where a folder is needed, a folder where the file should be") {
  const ScratchFolder folder;
  folder.write("file", "x");
  CHECK_THAT(message_of<InputError>([&] { write_text(folder.path() / "file/text.txt", "x"); }),
             Contains("file/text.txt: cannot be written") && Contains("A file stands where a folder is needed"));
  std::filesystem::create_directories(folder.path() / "taken");
  CHECK_THAT(message_of<InputError>([&] { write_text(folder.path() / "taken", "x"); }),
             Contains("taken: cannot be written (rename: Is a directory)"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "taken.part"));
}

TEST_CASE("places where nobody may write") {
  CHECK_THAT(message_of<InputError>([] { write_text("/proc/nothing/text.txt", "x"); }), Contains("cannot be written"));
  const ScratchFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  if (::access(folder.path().c_str(), W_OK) != 0)  // the superuser may write everywhere
    CHECK_THAT(message_of<InputError>([&] { write_text(folder.path() / "text.txt", "x"); }),
               Contains("Permission denied). Change the folder's permissions"));
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

TEST_CASE("a reader sees the old or the new text, never a part, while a writer is killed at any moment") {
  const ScratchFolder folder;
  const auto file = folder.write("text.txt", std::string(300000, 'a'));
  for (int round = 0; round < 20; ++round) {
    const pid_t writer = ::fork();
    REQUIRE(writer >= 0);
    if (writer == 0)
      for (char letter = 'a';; letter = letter == 'z' ? 'a' : static_cast<char>(letter + 1))
        write_text(file, std::string(300000, letter));
    ::usleep(static_cast<useconds_t>(1000 + 700 * round));
    ::kill(writer, SIGKILL);
    ::waitpid(writer, nullptr, 0);
    const std::string text = bytes_of(file);
    REQUIRE(text.size() == 300000);
    REQUIRE(text == std::string(300000, text[0]));
  }
}
