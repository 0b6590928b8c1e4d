#include "report/element.hpp"

#include <catch2/catch.hpp>

using namespace meridian::report;

TEST_CASE("every character that means something to a browser is escaped", "[report]") {
  CHECK(text("a < b & c > \"d\" 'e'").markup == "a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39;");
  CHECK(text("<script>alert(1)</script>").markup.find('<') == std::string::npos);
  CHECK(text(std::string("a\0b\x1b", 4)).markup ==
        "a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD");
  CHECK(text("tab\tline\n").markup == "tab\tline\n");
  CHECK(text("\xE4\xB8\xAD\xE5\x9B\xBD \xC3\xA9").markup == "\xE4\xB8\xAD\xE5\x9B\xBD \xC3\xA9");
}

TEST_CASE("elements nest, and their attributes are escaped", "[report]") {
  const Html inner = element("b", text("x<y"));
  CHECK(element("p", {{"title", "\"a\" & b"}, {"", "unused"}}, inner).markup ==
        "<p title=\"&quot;a&quot; &amp; b\"><b>x&lt;y</b></p>");
}

TEST_CASE("ids and links hold plain characters", "[report]") {
  CHECK(slug("RQ1 restored/lm") == "rq1-restored-lm");
  CHECK(link_path("tables/rq1-lm/by_llm.csv") == "tables/rq1-lm/by_llm.csv");
  CHECK(link_path("a b\"#%") == "a%20b%22%23%25");
}
