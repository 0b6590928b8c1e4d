// Nine questions of the World Values Survey, United States against China, as the public country distributions give
// them.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "audit/divergences.hpp"

namespace {

const char* const file = "../shared/data/yongcaoplus_SimLLMCultureDist/derived_wvs7_country_distributions.csv";

std::vector<double> shares(const std::string& country, const std::string& question) {
  std::ifstream in(file);
  std::map<int, double> percent;
  for (std::string line; std::getline(in, line);) {
    std::array<std::string, 5> field;
    std::istringstream row(line);
    for (auto& value : field) std::getline(row, value, ',');
    if (field[0] == country && field[2] == question) percent[std::stoi(field[3])] = std::stod(field[4]);
  }
  std::vector<double> result;
  for (const auto& entry : percent) result.push_back(entry.second);
  return result;
}

struct Golden {
  const char* question;
  double kl, kl_reverse, jsd, jsdist, jsdist2, emd_ord, emd_ord_norm, emd_vec, tv;
};

const Golden table[] = {
    {"164", 0.8907603603, 0.6376727799, 0.1654442416, 0.4067483763, 0.4885545895, 3.9143047657, 0.4349227517,
     0.0264646436, 0.4834381191},
    {"165", 0.9050688851, 0.8666423896, 0.2040353378, 0.4517027095, 0.5425502465, 0.6154768473, 0.6154768473,
     0.0349700246, 0.6154768473},
    {"171", 0.7775054329, 0.4959742107, 0.1361397166, 0.3689711596, 0.4431795280, 1.9098047100, 0.3183007850,
     0.1270870556, 0.4448046946},
    {"176", 0.0361057169, 0.0360007595, 0.0089227512, 0.0944603153, 0.1134584014, 0.3875594242, 0.0430621582,
     0.0064626716, 0.0981720790},
    {"177", 0.0696789601, 0.0767596334, 0.0180076003, 0.1341924003, 0.1611814990, 0.7658637443, 0.0850959716,
     0.0325310290, 0.1669540869},
    {"182", 0.9163632982, 0.7893597396, 0.1915138867, 0.4376229961, 0.5256387872, 4.1788486748, 0.4643165194,
     0.0637651753, 0.5693317184},
    {"184", 0.5247529724, 0.4816228675, 0.1169415194, 0.3419671321, 0.4107443854, 2.6297734140, 0.2921970460,
     0.0796971989, 0.4124671781},
    {"195", 0.1619634068, 0.1681087331, 0.0405170394, 0.2012884481, 0.2417720657, 0.8357786459, 0.0928642940,
     0.0358520761, 0.2662015223},
    {"196", 0.1226641704, 0.1263079810, 0.0305496510, 0.1747845846, 0.2099376813, 0.3985821053, 0.1328607018,
     0.0841362587, 0.2096356188},
};

}  // namespace

TEST_CASE("divergences of the United States and China") {
  for (const Golden& row : table) {
    INFO("question " << row.question);
    const auto states = shares("United States", row.question), china = shares("China", row.question);
    const auto found = meridian::audit::divergences(states, china);
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-10; };
    CHECK(near(found.kl, row.kl));
    CHECK(near(meridian::audit::divergences(china, states).kl, row.kl_reverse));
    CHECK(near(found.jsd, row.jsd));
    CHECK(near(found.jsdist, row.jsdist));
    CHECK(near(found.jsdist2, row.jsdist2));
    CHECK(near(found.emd_ord, row.emd_ord));
    CHECK(near(found.emd_ord_norm, row.emd_ord_norm));
    CHECK(near(found.emd_vec, row.emd_vec));
    CHECK(near(found.tv, row.tv));
  }
}
