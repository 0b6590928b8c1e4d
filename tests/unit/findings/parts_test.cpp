// What later commands add to a run's findings.
#include <catch2/catch.hpp>

#include "error.hpp"
#include "findings/files.hpp"
#include "support/scratch_folder.hpp"

using Catch::Contains;
using namespace meridian::findings;
using meridian::Error;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

Section section(const std::string& id, const std::string& after = "") {
  Section made{id, "Section " + id, "tables/" + id, {}, {}, {}};
  made.tables.push_back({"numbers", "", "", {{"a", Kind::real, ""}}, {{Cell{1.0}}}});
  made.after = after;
  return made;
}

Document document(const std::vector<Section>& sections) {
  Document made;
  made.title = "Study";
  made.sections = sections;
  return made;
}

std::string ids(const Document& read) {
  std::string text;
  for (const Section& each : read.sections) text += each.id + " ";
  return text;
}

}  // namespace

TEST_CASE("parts are read behind the section they name, in the order of their names, whichever came first") {
  const ScratchFolder folder;
  write_document(document({section("rq1"), section("rq2")}), folder.path());
  write_part(document({section("permutation", "rq1"), section("lost", "nothing")}), folder.path(), "permute");
  write_part(document({section("intervals", "rq1"), section("last")}), folder.path(), "bootstrap");
  CHECK(ids(read_document(folder.path())) == "rq1 intervals permutation rq2 last lost ");
  CHECK(read_document(folder.path()).title == "Study");
  CHECK(read_document(folder.path()).sections[1].tables.at(0).rows.size() == 1);
}

TEST_CASE("a part's section is read where the one is behind which it stands, folded with it") {
  const ScratchFolder folder;
  Section model = section("rq1-model"), twin = section("rq1-twin");
  model.under = twin.under = "rq1";
  twin.aside = true;
  write_document(document({section("rq1"), model, twin}), folder.path());
  write_part(document({section("intervals", "rq1-model"), section("more", "rq1-twin"), section("own", "rq1")}),
             folder.path(), "bootstrap");
  const Document read = read_document(folder.path());
  CHECK(ids(read) == "rq1 own rq1-model intervals rq1-twin more ");
  for (std::size_t at = 1; at < read.sections.size(); ++at) CHECK(read.sections[at].under == "rq1");
  CHECK_FALSE(read.sections[3].aside);
  CHECK(read.sections[5].aside);
}

TEST_CASE("a part written again replaces itself; its exclusions and its synthetic answers count") {
  const ScratchFolder folder;
  write_document(document({section("rq1")}), folder.path());
  write_part(document({section("old")}), folder.path(), "bootstrap");
  Document again = document({section("new")});
  again.synthetic = true;
  again.exclusions.add("bootstrap", "replicates", "did not converge", "17");
  write_part(again, folder.path(), "bootstrap");
  const Document read = read_document(folder.path());
  CHECK(ids(read) == "rq1 new ");
  CHECK(read.synthetic);
  REQUIRE(read.exclusions.lines().size() == 1);
  CHECK(read.exclusions.lines()[0].count == 1);
}

TEST_CASE("the name of a part is a file stem") {
  const ScratchFolder folder;
  CHECK_THAT(message_of<Error>([&] { write_part(document({}), folder.path(), "../rq1"); }), Contains("no file stem"));
}
