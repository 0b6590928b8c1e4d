# Reference fits by lme4 and lmerTest on made-up data: what the MFQ-2 fits do not have (weights, three factors, nesting,
# `||`, three columns). Usage: Rscript tests/oracle/make_model_reference.R tests/oracle/data/models
suppressPackageStartupMessages({library(lme4); library(lmerTest)})
folder <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20260101)
n <- 360
data <- data.frame(person = factor(sprintf("p%02d", sample(30, n, TRUE))), item = factor(sprintf("i%02d", sample(12, n, TRUE))),
                   x = round(rnorm(n), 4), w = round(rnorm(n), 4), weight = round(rexp(n) + 0.2, 4))
data$school <- factor(sprintf("s%d", as.integer(data$person) %% 6))
effect <- function(f, sd) rnorm(nlevels(f), 0, sd)[as.integer(f)]
data$y <- round(2 + 0.5 * data$x - 0.3 * data$w + effect(data$person, 0.8) + data$x * effect(data$person, 0.5) +
                data$w * effect(data$person, 0.3) + effect(data$item, 0.6) + data$x * effect(data$item, 0.4) +
                effect(data$school, 0.7) + rnorm(n) / sqrt(data$weight), 5)
write.csv(data, file.path(folder, "data.csv"), row.names = FALSE, quote = FALSE)
models <- list(
  slopes = list(y ~ x * w + (1 + x + w | person) + (1 + x | item), NULL),
  uncorrelated = list(y ~ x + w + (1 + x + w || person) + (1 | item), NULL),
  nested = list(y ~ x + (1 + x | item) + (1 | school / person), NULL),
  weighted = list(y ~ x + w + (1 + x | person) + (1 | item), data$weight))
control <- lmerControl(optimizer = "nloptwrap", optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-14, maxeval = 20000),
                       calc.derivs = FALSE, check.conv.singular = "ignore")
rows <- list()
for (name in names(models)) for (reml in c(TRUE, FALSE)) {
  data$wt <- if (is.null(models[[name]][[2]])) 1 else models[[name]][[2]]
  fit <- lmer(models[[name]][[1]], data, REML = reml, weights = wt, control = control)
  add <- function(what, term, value)
    rows[[length(rows) + 1]] <<- data.frame(model = name, formula = deparse1(models[[name]][[1]]),
      weights = if (is.null(models[[name]][[2]])) "" else "weight", method = if (reml) "REML" else "ML", what = what,
      term = term, value = sprintf("%.10g", value))
  add("criterion", "", if (reml) REMLcrit(fit) else deviance(fit))
  add("sigma", "", sigma(fit))
  table <- coef(summary(fit))
  for (term in rownames(table)) {
    add("estimate", term, table[term, "Estimate"])
    add("std_error", term, table[term, "Std. Error"])
    add("df", term, table[term, "df"])
  }
  theta <- getME(fit, "theta")
  for (term in names(theta)) add("theta", term, theta[[term]])
  effects <- as.data.frame(ranef(fit, condVar = TRUE))
  for (i in seq_len(nrow(effects))) {
    key <- paste(effects$grpvar[i], effects$grp[i], effects$term[i], sep = "|")
    add("effect", key, effects$condval[i])
    add("conditional_sd", key, effects$condsd[i])
  }
  message(name, " ", reml, " singular ", isSingular(fit))
}
write.csv(do.call(rbind, rows), file.path(folder, "fits.csv"), row.names = FALSE, quote = TRUE)
