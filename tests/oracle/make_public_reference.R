# lme4's public example data and the fits of lme4 and lmerTest to them, searched to the last digits.
# Usage: Rscript tests/oracle/make_public_reference.R tests/oracle/data/public
suppressPackageStartupMessages({library(lme4); library(lmerTest)})
folder <- commandArgs(trailingOnly = TRUE)[1]
cake <- lme4::cake[c("replicate", "recipe", "temperature", "angle")]
cake$temperature <- factor(as.character(cake$temperature))  # unordered: treatment contrasts
tables <- list(sleepstudy = lme4::sleepstudy, Penicillin = lme4::Penicillin, Pastes = lme4::Pastes, cake = cake)
for (name in names(tables)) write.csv(tables[[name]], file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
models <- list(
  list("sleepstudy", "Reaction ~ Days + (Days | Subject)", TRUE, ""),
  list("sleepstudy", "Reaction ~ Days + (Days | Subject)", FALSE, ""),
  list("sleepstudy", "Reaction ~ Days + (Days || Subject)", TRUE, ""),
  list("sleepstudy", "Reaction ~ Days", TRUE, ""),
  list("Penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)", TRUE, ""),
  list("Pastes", "strength ~ 1 + (1 | batch/cask)", TRUE, ""),
  list("Pastes", "strength ~ 1 + (1 | batch/cask)", FALSE, ""),
  list("cake", "angle ~ recipe * temperature + (1 | recipe:replicate)", TRUE, "temperature"),
  list("cake", "angle ~ recipe + temperature + (1 | replicate) + (1 | recipe:replicate)", FALSE, "temperature"))
control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.2, rhoend = 1e-10, maxfun = 1e5),
                       check.conv.singular = "ignore")
polish <- function(fit) update(fit, start = getME(fit, "theta"))
number <- function(value) sprintf("%.12g", value)

# Johnson (2014): mean over the rows of z' Sigma z.
random_variance <- function(fit) {
  z <- getME(fit, "mmList"); components <- VarCorr(fit)
  sum(mapply(function(z, s) mean(rowSums((z %*% s) * z)), z, components))
}
statistics_of <- function(fit, mixed) {
  stats <- c(aic = AIC(fit), bic = BIC(fit), log_likelihood = as.numeric(logLik(fit)), df_residual = df.residual(fit))
  if (!mixed) return(stats)
  fixed <- var(as.vector(getME(fit, "X") %*% fixef(fit))); random <- random_variance(fit); rest <- sigma(fit)^2
  c(stats, r2_marginal = fixed / (fixed + random + rest), r2_conditional = (fixed + random) / (fixed + random + rest))
}
rows <- list()
for (m in models) {
  data <- tables[[m[[1]]]]
  if (m[[4]] != "") data[[m[[4]]]] <- factor(data[[m[[4]]]])
  formula <- as.formula(m[[2]]); mixed <- grepl("|", m[[2]], fixed = TRUE)
  fit <- if (mixed) polish(lmer(formula, data, REML = m[[3]], control = control)) else lm(formula, data)
  add <- function(what, term, value) rows[[length(rows) + 1]] <<- data.frame(table = m[[1]], formula = m[[2]],
    method = if (!mixed) "LM" else if (m[[3]]) "REML" else "ML", factors = m[[4]], what = what, term = term,
    value = number(value))
  add("sigma", "", sigma(fit))
  if (mixed) add("criterion", "", if (m[[3]]) REMLcrit(fit) else deviance(fit))
  estimates <- coef(summary(fit))
  for (term in rownames(estimates)) {
    add("estimate", term, estimates[term, "Estimate"])
    add("std_error", term, estimates[term, "Std. Error"])
    add("df", term, if (mixed) estimates[term, "df"] else df.residual(fit))
  }
  for (name in names(stats <- statistics_of(fit, mixed))) add("statistic", name, stats[[name]])
  scaled <- quantile(if (mixed) residuals(fit, "pearson", scaled = TRUE) else residuals(fit))
  for (i in 1:5) add("residual", c("min", "q1", "median", "q3", "max")[i], scaled[[i]])
  if (!mixed) next
  components <- as.data.frame(VarCorr(fit))
  for (i in seq_len(nrow(components))) {
    key <- paste(sub("\\.\\d+$", "", components$grp[i]), components$var1[i], components$var2[i], sep = "|")
    add("variance", gsub("NA", "", key, fixed = TRUE), components$vcov[i])
  }
  effects <- as.data.frame(ranef(fit, condVar = TRUE))
  for (i in seq_len(nrow(effects)))
    add("effect", paste(effects$grpvar[i], effects$grp[i], effects$term[i], sep = "|"), effects$condval[i])
  tests <- as.data.frame(anova(fit))
  for (term in rownames(tests)) {
    add("anova_f", term, tests[term, "F value"])
    add("anova_sum_sq", term, tests[term, "Sum Sq"])
    add("anova_den_df", term, tests[term, "DenDF"])
  }
}
write.csv(do.call(rbind, rows), file.path(folder, "fits.csv"), row.names = FALSE, quote = TRUE)
