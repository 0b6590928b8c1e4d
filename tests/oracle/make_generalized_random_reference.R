# Likelihood-ratio tests of the random terms of generalized models, for tests/unit/models. Run from the source root:
#   Rscript tests/oracle/make_generalized_random_reference.R
# Writes tests/oracle/data/intervals/generalized_random_tests.csv. ranova() takes linear models only, so that the smaller
# formulas are written out, and glm takes the place of glmer where no random term is left. The stored file was made with
# R 4.2.2 and lme4 1.1-31, whose glmer stops within about 1e-5 of its optimum.
suppressPackageStartupMessages(library(lme4))
tight <- glmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.02, rhoend = 1e-9, maxfun = 1e5), tolPwrss = 1e-12,
                      calc.derivs = FALSE, check.conv.singular = "ignore")

likelihood <- function(formula, data, family) {
  fit <- if (is.null(findbars(formula))) glm(formula, family, data) else glmer(formula, data, family, control = tight)
  logLik(fit)
}

test_rows <- function(table, formula, family, trials, factors, smaller) {
  data <- read.csv(file.path("tests/oracle/data/generalized", paste0(table, ".csv")), stringsAsFactors = TRUE)
  for (name in strsplit(factors, ",")[[1]]) data[[name]] <- factor(data[[name]])
  fit <- function(text) {
    full <- as.formula(text)
    if (trials != "") full[[2]] <- call("cbind", full[[2]], call("-", as.name(trials), full[[2]]))
    likelihood(full, data, family)
  }
  full <- fit(formula)
  do.call(rbind, lapply(names(smaller), function(term) {
    small <- fit(smaller[[term]])
    df <- attr(full, "df") - attr(small, "df")
    statistic <- max(0, 2 * (as.numeric(full) - as.numeric(small)))
    data.frame(table, formula, family, trials, factors, term, parameters = attr(small, "df"),
               loglik = sprintf("%.10g", as.numeric(small)), df, statistic = sprintf("%.9g", statistic),
               p = sprintf("%.9g", pchisq(statistic, df, lower.tail = FALSE)))
  }))
}

tests <- rbind(
  test_rows("cbpp", "incidence ~ period + (1 | herd)", "binomial", "size", "period",
            list("(1 | herd)" = "incidence ~ period")),
  test_rows("made", "successes ~ x * w + (1 + x | person) + (1 | item)", "binomial", "trials", "",
            list("x in (1 + x | person)" = "successes ~ x * w + (1 | person) + (1 | item)",
                 "(1 | item)" = "successes ~ x * w + (1 + x | person)")),
  test_rows("grouse", "TICKS ~ YEAR + height + (1 | BROOD) + (1 | LOCATION)", "poisson", "", "YEAR",
            list("(1 | BROOD)" = "TICKS ~ YEAR + height + (1 | LOCATION)",
                 "(1 | LOCATION)" = "TICKS ~ YEAR + height + (1 | BROOD)")),
  test_rows("made", "flat ~ x + (1 | person) + (1 | item)", "poisson", "", "",
            list("(1 | person)" = "flat ~ x + (1 | item)", "(1 | item)" = "flat ~ x + (1 | person)")))
write.csv(tests, "tests/oracle/data/intervals/generalized_random_tests.csv", row.names = FALSE)
