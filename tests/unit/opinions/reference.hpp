#pragma once
// Made by make_reference.R with R version 4.2.2 Patched (2022-11-10 r83330)
#include <vector>

namespace reference {

inline const std::vector<int> human{9, 1, 1, 1, 1, 5, 1, 9, 1, 2, 1, 1, 5, 1, 2, 1, 2, 1, 9, 1,
                                    2, 1, 9, 9, 9, 1, 2, 2, 9, 1, 2, 1, 1, 1, 1, 5, 2, 5, 5, 2,
                                    5, 1, 5, 2, 9, 1, 1, 5, 5, 9, 2, 5, 5, 2, 5, 1, 1, 1, 1, 1};
inline const std::vector<int> model{9, 5, 5, 1, 0, 1, 0, 5, 1, 2, 1, 1, 5, 1, 2, 5, 2, 1, 5, 1,
                                    5, 5, 9, 1, 9, 1, 2, 2, 9, 1, 2, 1, 2, 1, 2, 5, 1, 5, 5, 2,
                                    5, 0, 5, 2, 5, 1, 1, 5, 5, 9, 0, 5, 5, 5, 1, 5, 0, 1, 1, 0};
inline const std::vector<double> kappas{0.507829977628635, 0.625730994152047, 0.714734950584007};
inline const std::vector<double> rows{1.64, 1.12,  -0.08, 0.84, -0.65, -1.54, -1.17, 0.12, 0.62,  -0.44, 0.31, -0.43,
                                      0.24, -0.15, -1.6,  0.46, 0.85,  0.52,  0.99,  0.65, -0.57, 0.59,  1.02, 0.61};
inline const std::vector<double> points{1.29649263166294,    -1.18348406660165, -2.12283343998169, 0.332598224978516,
                                        -0.0610055333568016, 0.34735891130375,  -1.10811365162543, -0.950207235480118,
                                        1.25576102750323,    0.25841185228101,  0.739698965797761, 1.1953223135185};
inline const std::vector<double> explained{0.620616417857595, 0.26210928670561};
inline const std::vector<double> first{0.844, 1.818, 0.703, 1.641, 1.593, 1.322, 0.578, 1.828, 1.475};
inline const std::vector<double> second{0.847, 1.119, 1.36, 1.052, 0.91, 0.46, 1.206, 0.722, 1.144};
inline const std::vector<double> pooled{1.78843449031569, 16, 0.0926557055755234, 0.185264450628464};
inline const std::vector<double> paired{1.56777215249041, 8, 0.155570695405118};
inline const std::vector<double> wilcoxon{35, 0.1640625};

}  // namespace reference
