#pragma once
// Written by make_reference.R with R version 4.2.2 Patched (2022-11-10 r83330) 
namespace reference {
inline constexpr double wins[4][4] = { {0, 14, 20, 9}, {6, 0, 11, 13}, {5, 9, 0, 8}, {3, 2, 7, 0} };
inline constexpr double strength[] = { 0.91172875851898139, 0.19301798769490069, -0.34158267388017349, -0.76316407233370875 };
inline constexpr double std_error[] = { 0.23827629528594385, 0.21708278412108251, 0.21200192517314959, 0.26426243224290324 };
inline constexpr double deviance = 3.4692298997907463 , df = 3 , p_value = 0.32477488208492677 ;
inline constexpr double kappa = 0.48148148148148134 ;
inline constexpr double wilson_low = 0.53529995162574628 , wilson_high = 0.87451383955013651 ;
inline constexpr double binomial_17_of_23 = 0.034689664840698284 ;
inline constexpr double mcnemar_3_11 = 0.057373046875000042 ;
inline constexpr double binomial_7_of_30_at_04 = 0.064763995106515565 ;
}  // namespace reference
