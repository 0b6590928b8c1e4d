#include "storage/digest.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "support/sample_array.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using tests::ScratchFolder;

TEST_CASE("SHA-256 gives the values of FIPS 180-2, appendix B") {
  CHECK(storage::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(storage::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(storage::sha256(std::string(1000000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a file has the digest of its bytes") {
  const ScratchFolder folder;
  const std::string bytes(3000000, 'x');
  CHECK(storage::sha256_file(folder.write("a", bytes)) == storage::sha256(bytes));
  CHECK(storage::sha256_file(folder.write("b", "")) == storage::sha256(""));
  CHECK_THROWS_AS(storage::sha256_file(folder.path() / "absent"), InputError);
}

TEST_CASE("a run's digest covers results only, in the order of their paths") {
  const ScratchFolder folder;
  folder.write("tables/rq1/by_llm.csv", "a,b\n");
  folder.write("models/rq1/fit.json", "{}");
  folder.write("run.json", "when and where");
  folder.write("report/index.html", "<html>");
  folder.write("similarity/block-000000.h5.part", "unfinished");
  storage::write_array(folder.path() / "similarity" / "block-000001.h5", tests::sample_array(), {});
  const std::string digest = storage::write_run_digest(folder.path());
  CHECK(tests::bytes_of(folder.path() / "digest.txt") == digest + "\n");
  const std::string lines = "models/rq1/fit.json " + storage::sha256("{}") + "\nsimilarity/block-000001.h5 " +
                            storage::content_digest(folder.path() / "similarity" / "block-000001.h5") +
                            "\ntables/rq1/by_llm.csv " + storage::sha256("a,b\n") + "\n";
  CHECK(tests::bytes_of(folder.path() / "digests.txt") == lines);
  CHECK(digest == storage::sha256(lines));
  folder.write("run.json", "elsewhere");
  CHECK(storage::write_run_digest(folder.path()) == digest);
  folder.write("models/rq1/fit.json", "{ }");
  CHECK(storage::write_run_digest(folder.path()) != digest);
}
