# Offsets, prior weights with a family, and profile limits of glmer and glm, for tests/unit/models. From the source root:
#   Rscript tests/oracle/make_offset_reference.R
# Writes tests/oracle/data/offsets/fits.csv and limits.csv. The stored files were made with R 4.2.2, lme4 1.1-31 and MASS.
# Tables: tests/oracle/data/generalized/made.csv and cbpp.csv (make_generalized_reference.R), models/data.csv
# (make_model_reference.R).
#
# glmer stops short of its optimum, so its own deviance function is polished by Newton steps (numDeriv), and limits of
# profiles are roots of that function, minimised over all other parameters at each value; confint()'s interpolated ones
# stand beside them where it gives any.
suppressPackageStartupMessages({ library(lme4); library(numDeriv) })
options(warn = 1)
directory <- "tests/oracle/data"
read <- function(name) read.csv(file.path(directory, paste0(name, ".csv")), stringsAsFactors = TRUE)
made <- read("generalized/made"); data <- read("models/data"); cbpp <- transform(read("generalized/cbpp"), period = factor(period))
tight <- glmerControl(optimizer = "bobyqa", tolPwrss = 1e-13, optCtrl = list(rhoend = 1e-10, maxfun = 1e5), calc.derivs = FALSE,
                      check.conv.singular = "ignore")
rows <- list(); limits <- list()
adder <- function(name, table, formula, family, trials, weights, factors = "") function(what, term, value)
  rows[[length(rows) + 1]] <<- data.frame(case = name, table = table, formula = formula, family = family, trials = trials,
                                          weights = weights, factors = factors, what = what, term = term, value = sprintf("%.12g", value))
coefficients_of <- function(add, table) for (t in rownames(table)) { add("estimate", t, table[t, 1]); add("std_error", t, table[t, 2]) }

# Linear models: least squares, and lmer by REML.
fit <- lm(y ~ x + w + offset(2 * x + w), data, weights = weight)
add <- adder("lm", "models/data", "y ~ x + w + offset(I(2 * x)) + offset(w)", "", "", "weight")
coefficients_of(add, coef(summary(fit))); s <- summary(fit)
add("criterion", "", -2 * as.numeric(logLik(fit))); add("r_squared", "", s$r.squared); add("adjusted_r_squared", "", s$adj.r.squared)
add("f_statistic", "", s$fstatistic[1])
fit <- lmer(y ~ x + offset(exp(w)) + (1 | person) + (1 | item), data, weights = weight,
            control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10), calc.derivs = FALSE))
add <- adder("lmer", "models/data", "y ~ x + offset(exp(w)) + (1 | person) + (1 | item)", "", "", "weight")
coefficients_of(add, coef(summary(fit))); add("criterion", "", REMLcrit(fit)); add("sigma", "", sigma(fit))

# glm.
glm_case <- function(name, formula, ours, family, trials, weights) {
  call <- list(formula = formula, data = made, family = family, control = glm.control(epsilon = 1e-14, maxit = 50))
  if (weights != "") call$weights <- made[[weights]]
  fit <- do.call(glm, call)
  add <- adder(name, "generalized/made", ours, family, trials, weights)
  coefficients_of(add, coef(summary(fit)))
  add("criterion", "", -2 * as.numeric(logLik(fit))); add("deviance", "", deviance(fit)); add("null_deviance", "", fit$null.deviance)
  add("pearson", "", sum(residuals(fit, "pearson")^2)); add("aic", "", AIC(fit))
  profile_of_glm(name, fit)
}
profile_of_glm <- function(name, fit) {
  x <- model.matrix(fit); y <- fit$y; o <- if (is.null(fit$offset)) rep(0, length(y)) else fit$offset
  deviance_at <- function(j, value)
    glm.fit(x[, -j, drop = FALSE], y, fit$prior.weights, offset = o + value * x[, j], family = fit$family, control = glm.control(1e-14, maxit = 50))$deviance
  height <- qchisq(0.95, 1)
  inexact <- suppressMessages(confint(fit))
  for (j in seq_len(ncol(x))) for (side in 1:2) {
    estimate <- coef(fit)[j]; step <- c(-1, 1)[side] * 6 * sqrt(vcov(fit)[j, j])
    end <- uniroot(function(v) deviance_at(j, v) - deviance(fit) - height, sort(c(estimate, estimate + step)), tol = 1e-11)$root
    limits[[length(limits) + 1]] <<- data.frame(case = name, kind = "fixed effect", term = colnames(x)[j], side = c("low", "high")[side],
                                                limit = sprintf("%.10g", end), confint = sprintf("%.8g", inexact[j, side]))
  }
}
glm_case("poisson", count ~ x + w + offset(log(trials)), "count ~ x + w + offset(log(trials))", "poisson", "", "")
glm_case("poisson_weighted", count ~ x + offset(w), "count ~ x + offset(w)", "poisson", "", "trials")
glm_case("binary_weighted", yes ~ x + w, "yes ~ x + w", "binomial", "", "trials")
made$again <- made$count + 1
glm_case("binomial_weighted", cbind(successes, trials - successes) ~ x + offset(w / 2), "successes ~ x + offset(w / 2)", "binomial", "trials", "trials")

# glmer: theta and beta at the optimum of its own deviance function.
polish <- function(f, at) {
  for (step in 1:4) {
    g <- grad(f, at); h <- hessian(f, at, method.args = list(d = 0.02)); move <- solve(h, g); at <- at - move
    if (max(abs(move)) < 1e-9) break
  }
  list(at = at, hessian = h, value = f(at))
}
glmer_case <- function(name, table, data, formula, ours, family, trials, weights, profile, factors = "") {
  arguments <- list(formula = formula, data = data, family = family, control = tight)
  if (weights != "") arguments$weights <- data[[weights]]
  first <- do.call(glmer, arguments)
  f <- do.call(glmer, c(arguments, devFunOnly = TRUE))
  k <- length(getME(first, "theta"))
  best <- polish(f, c(getME(first, "theta"), fixef(first)))
  add <- adder(name, table, ours, family, trials, weights, factors)
  add("criterion", "", best$value)
  se <- sqrt(diag(2 * solve(best$hessian)))
  for (i in seq_len(k)) add("theta", names(getME(first, "theta"))[i], best$at[i])
  for (i in seq_along(fixef(first))) { add("estimate", names(fixef(first))[i], best$at[k + i]); add("std_error", names(fixef(first))[i], se[k + i]) }
  message(name, ": glmer above the optimum by ", signif(-2 * as.numeric(logLik(first)) - best$value, 3))
  if (profile) profile_of_glmer(name, first, f, best, se, k)
}
# Only scalar terms: theta is then the standard deviation.
profile_of_glmer <- function(name, first, f, best, se, k) {
  inexact <- try(suppressWarnings(suppressMessages(confint(first, method = "profile", oldNames = FALSE, quiet = TRUE))), silent = TRUE)
  height <- qchisq(0.95, 1)
  for (i in seq_along(best$at)) for (side in 1:2) {
    others <- best$at[-i]
    least_at <- function(v) {
      whole <- function(rest) f(append(rest, v, i - 1))
      for (step in 1:8) {
        g <- grad(whole, others); h <- hessian(whole, others, method.args = list(d = 0.02)); move <- solve(h, g)
        others <<- others - move
        if (max(abs(move)) < 1e-8) break
      }
      whole(others)
    }
    term <- if (i <= k) paste0("sd|", sub("\\..*", "", names(getME(first, "theta"))[i])) else names(fixef(first))[i - k]
    far <- best$at[i] + c(-1, 1)[side] * 3.2 * se[i]
    if (i <= k && side == 1) far <- max(far, 0.02)
    end <- uniroot(function(v) sqrt(max(0, least_at(v) - best$value)) - sqrt(height), sort(c(best$at[i] + c(-1, 1)[side] * se[i], far)), tol = 1e-8)$root
    limits[[length(limits) + 1]] <<- data.frame(case = name, kind = if (i <= k) "standard deviation" else "fixed effect", term = term,
      side = c("low", "high")[side], limit = sprintf("%.10g", end),
      confint = if (inherits(inexact, "try-error")) "" else sprintf("%.8g", inexact[i, side]))
  }
}
glmer_case("glmer_cbpp", "generalized/cbpp", cbpp, cbind(incidence, size - incidence) ~ period + (1 | herd), "incidence ~ period + (1 | herd)",
           "binomial", "size", "", TRUE, "period")
glmer_case("glmer_offset", "generalized/made", made, count ~ x + offset(log(trials)) + (1 | person) + (1 | item),
           "count ~ x + offset(log(trials)) + (1 | person) + (1 | item)", "poisson", "", "", FALSE)
glmer_case("glmer_weighted", "generalized/made", made, yes ~ x + w + (1 | person), "yes ~ x + w + (1 | person)", "binomial", "", "trials", FALSE)
write.csv(do.call(rbind, rows), file.path(directory, "offsets/fits.csv"), row.names = FALSE)
write.csv(do.call(rbind, limits), file.path(directory, "offsets/limits.csv"), row.names = FALSE)
