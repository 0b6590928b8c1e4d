// A full disk, made with a limit on file sizes: the system then answers write() with EFBIG as a disk does with ENOSPC.
#include <signal.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "storage/units.hpp"
#include "support/sample_array.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using tests::ScratchFolder;

namespace {

class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a disk that fills while a unit is written leaves no file and a clear message") {
  const ScratchFolder folder;
  const storage::UnitStore store =
      storage::UnitStore::create_or_open(folder.path(), {"similarity", "block", ".h5", 1, 20000, 20000, {}});
  const storage::Array large = tests::sample_array(0, 20000);
  for (const int deflate : {0, 1})
    for (const rlim_t limit : {rlim_t{0}, rlim_t{1000}, rlim_t{70000}, rlim_t{180000}}) {
      std::string message;
      {
        const FileSizeLimit full(limit);
        message = tests::message_of<InputError>([&] {
          store.commit(0, [&](const std::filesystem::path& part) {
            storage::write_array(part, large, {storage::Precision::float64, deflate});
          });
        });
      }
      INFO("deflate " << deflate << ", limit " << limit);
      CHECK_THAT(message, Catch::Contains("block-000000.h5") && Catch::Contains("File too large") &&
                              Catch::Contains("ulimit -f") && Catch::Contains("Finished files are kept"));
      CHECK_FALSE(store.done(0));
      CHECK_FALSE(std::filesystem::exists(store.unit_path(0).string() + ".part"));
    }
  store.commit(0, [&](const std::filesystem::path& part) { storage::write_array(part, large, {}); });
  CHECK(storage::intact(store.unit_path(0)));
}

TEST_CASE("a folder that is not there is named") {
  const std::string message =
      tests::message_of<InputError>([] { storage::write_array("no/such/folder/a.h5", tests::sample_array(), {}); });
  CHECK_THAT(message, Catch::Contains("no/such/folder/a.h5") && Catch::Contains("No such file or directory"));
}
