# Kenward-Roger tests by pbkrtest and lmerTest on lme4's public data and on made-up data.
# Usage: Rscript tests/oracle/make_small_sample_reference.R tests/oracle/data
suppressPackageStartupMessages({library(lme4); library(lmerTest); library(pbkrtest)})
folder <- commandArgs(trailingOnly = TRUE)[1]
models <- list(
  list("public/sleepstudy", "Reaction ~ Days + (Days | Subject)"),
  list("public/sleepstudy", "Reaction ~ Days + (Days || Subject)"),
  list("public/Penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)"),
  list("public/Pastes", "strength ~ 1 + (1 | batch/cask)"),
  list("public/cake", "angle ~ recipe * factor(temperature) + (1 | recipe:replicate)"),
  list("models/data", "y ~ x * w + (1 + x | person) + (1 | item)"),
  list("models/data", "y ~ school * x + (1 + x | person) + (1 + x | item)"))
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.2, rhoend = 1e-10, maxfun = 1e5),
                       check.conv.singular = "ignore")
rows <- list()
for (m in models) {
  data <- read.csv(file.path(folder, paste0(m[[1]], ".csv")), stringsAsFactors = TRUE)
  fit <- lmer(as.formula(m[[2]]), data, REML = TRUE, control = control)
  for (i in 1:2) fit <- update(fit, start = getME(fit, "theta"))
  add <- function(what, term, value) rows[[length(rows) + 1]] <<- data.frame(table = m[[1]], formula = m[[2]],
    what = what, term = term, value = sprintf("%.12g", value))
  estimates <- coef(summary(fit, ddf = "Kenward-Roger"))
  for (term in rownames(estimates)) {
    add("estimate", term, estimates[term, "Estimate"])
    add("std_error", term, estimates[term, "Std. Error"])
    add("df", term, estimates[term, "df"])
  }
  tests <- as.data.frame(anova(fit, ddf = "Kenward-Roger"))
  for (term in rownames(tests)) {
    add("f", term, tests[term, "F value"])
    add("den_df", term, tests[term, "DenDF"])
    add("mean_sq", term, tests[term, "Mean Sq"])
  }
}
write.csv(do.call(rbind, rows), file.path(folder, "small_sample", "kenward_roger.csv"), row.names = FALSE, quote = TRUE)
