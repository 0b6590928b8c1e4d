#include "ranking/summary.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "findings/columns.hpp"

using namespace meridian;
using findings::real_column;
using findings::Table;
using findings::text_column;

TEST_CASE("the summary names the terms at both ends, the dimensions that differ, and the agreement of groups") {
  Table terms{"term_means", "", "", {text_column("term"), real_column("mean_rank")}, {}};
  for (const char* term : {"care", "law", "joy", "pride"})
    terms.add({term, 1.0 + static_cast<double>(terms.rows.size())});
  Table tests{"dimension_tests",
              "",
              "",
              {text_column("group_1"), text_column("group_2"), text_column("dimension"), real_column("p_holm"),
               text_column("direction")},
              {}};
  tests.add({"CN", "US", "Social", 0.01, "CN ranks it higher"});
  tests.add({"CN", "US", "Personal", 0.2, "US ranks it higher"});
  tests.add({"CN", "EU", "Social", std::nan(""), "equal"});
  Table cohesion{"cohesion",
                 "",
                 "",
                 {text_column("group"), text_column("coefficient"), text_column("interval"), real_column("mean"),
                  real_column("conf_low"), real_column("conf_high")},
                 {}};
  cohesion.add({"CN", "rho", "models", 0.5, 0.4, 0.6});
  cohesion.add({"CN", "rho", "pairs", 0.5, 0.45, 0.55});
  cohesion.add({"US", "rho", "models", 0.25, std::nan(""), std::nan("")});
  findings::Section section{"all", "", "", {}, {}, {terms, tests, cohesion}};
  CHECK(ranking::summary_section("4 terms.", {section}).paragraphs ==
        std::vector<std::string>{
            "4 terms.", "First on average (mean rank): care (1.0), law (2.0); last: joy (3.0), pride (4.0).",
            "CN and US differ in 1 of 2 dimensions (Mann-Whitney, Holm's p < .05): Social (CN ranks it higher).",
            "CN and EU differ in none of 1 dimensions (Mann-Whitney, Holm's p < .05).",
            "Mean correlation of two models' rankings (Spearman): CN 0.50 (95 % limits 0.40 to 0.60), US 0.25."});
}
