# Writes reference.hpp: R's numbers for the tests beside this file. Run: Rscript make_reference.R > reference.hpp
# R's own functions: glm (Bradley-Terry), binom.test, prop.test(correct = FALSE), pchisq. Fleiss' kappa by its formula
# from the table of counts (Fleiss 1971), another way than the code under test.
values <- c("care", "fairness", "loyalty", "authority")
wins <- rbind(c(0, 14, 20, 9), c(6, 0, 11, 13), c(5, 9, 0, 8), c(3, 2, 7, 0))
pairs <- t(combn(4, 2))
x <- t(apply(pairs, 1, function(p) { row <- numeric(4); row[p[1]] <- 1; row[p[2]] <- -1; row }))[, 1:3]
y <- cbind(wins[pairs], wins[pairs[, 2:1]])
fit <- glm(y ~ 0 + x, family = binomial, control = glm.control(epsilon = 1e-14))
centring <- (diag(4) - 1 / 4)[, 1:3]
strength <- centring %*% coef(fit)
error <- sqrt(diag(centring %*% vcov(fit) %*% t(centring)))
counts <- rbind(c(4, 0), c(3, 1), c(0, 4), c(2, 2), c(4, 0), c(1, 3), c(4, 0))  # dilemmas x actions, four templates
agreement <- (rowSums(counts^2) - 4) / (4 * 3)
chance <- sum((colSums(counts) / sum(counts))^2)
kappa <- (mean(agreement) - chance) / (1 - chance)
wilson <- prop.test(17, 23, correct = FALSE)$conf.int
show <- function(numbers) paste(sprintf("%.17g", numbers), collapse = ", ")
cat("#pragma once\n// Written by make_reference.R with", R.version.string, "\n")
cat("namespace reference {\n")
cat("inline constexpr double wins[4][4] = {", paste(apply(wins, 1, function(r) paste0("{", paste(r, collapse = ", "), "}")), collapse = ", "), "};\n")
cat("inline constexpr double strength[] = {", show(strength), "};\n")
cat("inline constexpr double std_error[] = {", show(error), "};\n")
cat("inline constexpr double deviance =", show(deviance(fit)), ", df =", show(df.residual(fit)), ", p_value =",
    show(pchisq(deviance(fit), df.residual(fit), lower.tail = FALSE)), ";\n")
cat("inline constexpr double kappa =", show(kappa), ";\n")
cat("inline constexpr double wilson_low =", show(wilson[1]), ", wilson_high =", show(wilson[2]), ";\n")
cat("inline constexpr double binomial_17_of_23 =", show(binom.test(17, 23)$p.value), ";\n")
cat("inline constexpr double mcnemar_3_11 =", show(binom.test(3, 14)$p.value), ";\n")
cat("inline constexpr double binomial_7_of_30_at_04 =", show(binom.test(7, 30, 0.4)$p.value), ";\n")
cat("}  // namespace reference\n")
