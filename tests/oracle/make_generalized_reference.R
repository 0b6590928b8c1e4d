# Reference fits of generalized (mixed) models by lme4 and glm. Usage:
#   Rscript tests/oracle/make_generalized_reference.R tests/oracle/data/generalized
# glmer stops within about 1e-4 standard errors of its optimum. Its own deviance function, with the inner iterations run
# to 1e-13, is therefore polished by Newton steps with Richardson derivatives (numDeriv); standard errors are from the
# joint Hessian in (theta, beta), glmer's default.
# Data: cbpp (Lesnoff et al. 2004, Prev. Vet. Med. 64) and grouseticks (Elston et al. 2001, Parasitology 122), both as in
# lme4; the rest is generated here.
suppressPackageStartupMessages({library(lme4); library(numDeriv)})
folder <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20260102)
n <- 400
made <- data.frame(person = factor(sprintf("p%02d", sample(25, n, TRUE))), item = factor(sprintf("i%02d", sample(14, n, TRUE))),
                   x = round(rnorm(n), 3), w = round(rnorm(n), 3), trials = 1 + rpois(n, 4))
effect <- function(f, sd) rnorm(nlevels(f), 0, sd)[as.integer(f)]
eta <- -0.4 + 0.8 * made$x - 0.5 * made$w + effect(made$person, 0.9) + made$x * effect(made$person, 0.5) + effect(made$item, 0.7)
made$yes <- rbinom(n, 1, plogis(eta))
made$successes <- rbinom(n, made$trials, plogis(eta))
made$count <- rpois(n, exp(0.5 + eta / 2))
made$flat <- rbinom(n, 4, plogis(0.2 + 0.3 * made$x + effect(made$person, 1)))  # taken for counts: items vary less than chance, singular
data(cbpp); data(grouseticks)
grouse <- transform(grouseticks, height = round((HEIGHT - mean(HEIGHT)) / 10, 6))[, c("INDEX", "TICKS", "BROOD", "YEAR", "LOCATION", "height")]
tables <- list(made = made, cbpp = cbpp, grouse = grouse)
for (name in names(tables)) write.csv(tables[[name]], file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
case <- function(table, formula, family, trials = "", nodes = 1, factors = "") as.list(environment())
herd <- incidence ~ period + (1 | herd)
cases <- list(
  cbpp = case("cbpp", herd, "binomial", "size", factors = "period"),
  cbpp_10 = case("cbpp", herd, "binomial", "size", 10, "period"),
  cbpp_25 = case("cbpp", herd, "binomial", "size", 25, "period"),
  cbpp_glm = case("cbpp", incidence ~ period, "binomial", "size", 0, "period"),
  ticks = case("grouse", TICKS ~ YEAR + height + (1 | BROOD) + (1 | LOCATION) + (1 | INDEX), "poisson", factors = "YEAR"),
  ticks_9 = case("grouse", TICKS ~ YEAR + height + (1 | BROOD), "poisson", nodes = 9, factors = "YEAR"),
  ticks_glm = case("grouse", TICKS ~ YEAR * height, "poisson", nodes = 0, factors = "YEAR"),
  crossed = case("made", yes ~ x + w + (1 | person) + (1 | item), "binomial"),
  slope = case("made", successes ~ x * w + (1 + x | person) + (1 | item), "binomial", "trials"),
  uncorrelated = case("made", count ~ x + w + (1 + x || person) + (1 | item), "poisson"),
  slope_9 = case("made", successes ~ w + (0 + x | person), "binomial", "trials", 9),
  singular = case("made", flat ~ x + (1 | person) + (1 | item), "poisson"),
  binary_glm = case("made", yes ~ x * w, "binomial", nodes = 0))

loglik_constant <- function(y, size, family)
  if (family == "binomial") sum(dbinom(y, size, y / size, log = TRUE)) else sum(dpois(y, y, log = TRUE))

polish <- function(f, at, free) {
  for (step in 1:4) {
    g <- grad(function(v) f(replace(at, free, v)), at[free]); h <- hessian(function(v) f(replace(at, free, v)), at[free], method.args = list(d = 0.02))
    move <- solve(h, g)
    at[free] <- at[free] - move
    if (max(abs(move)) < 1e-9) break
  }
  list(at = at, hessian = h, gradient = max(abs(g)))
}

rows <- list()
for (name in names(cases)) {
  one <- cases[[name]]
  d <- tables[[one$table]]
  for (f in strsplit(one$factors, ",")[[1]]) d[[f]] <- factor(d[[f]])
  response <- all.vars(one$formula)[1]
  d$size_ <- if (one$trials == "") 1 else d[[one$trials]]
  formula <- one$formula
  if (one$trials != "") formula[[2]] <- call("cbind", as.name(response), call("-", as.name("size_"), as.name(response)))
  add <- function(what, term, value)
    rows[[length(rows) + 1]] <<- data.frame(case = name, table = one$table, formula = deparse1(one$formula), family = one$family,
      trials = one$trials, nodes = one$nodes, factors = one$factors, what = what, term = term, value = sprintf("%.12g", value))
  if (one$nodes == 0) {
    fit <- glm(formula, d, family = one$family, control = glm.control(epsilon = 1e-14, maxit = 50))
    table <- coef(summary(fit))
    add("criterion", "", -2 * as.numeric(logLik(fit))); add("aic", "", AIC(fit)); add("bic", "", BIC(fit))
    add("deviance", "", deviance(fit)); add("null_deviance", "", fit$null.deviance)
    add("pearson", "", sum(residuals(fit, "pearson")^2)); add("df_residual", "", df.residual(fit))
    for (t in rownames(table)) { add("estimate", t, table[t, 1]); add("std_error", t, table[t, 2]); add("z", t, table[t, 3]); add("p", t, table[t, 4]) }
    if (name == "ticks_glm") for (t in c("YEAR:height")) add("lr", t, drop1(fit, test = "LRT")[t, "LRT"])
    next
  }
  control <- glmerControl(optimizer = "bobyqa", tolPwrss = 1e-13, optCtrl = list(rhoend = 1e-10, maxfun = 1e5), calc.derivs = FALSE,
                          check.conv.singular = "ignore")
  first <- glmer(formula, d, family = one$family, nAGQ = one$nodes, control = control)
  f <- glmer(formula, d, family = one$family, nAGQ = one$nodes, control = control, devFunOnly = TRUE)
  at <- c(getME(first, "theta"), fixef(first))
  k <- length(getME(first, "theta"))
  at[seq_len(k)][getME(first, "lower") == 0 & at[seq_len(k)] < 1e-4] <- 0
  free <- which(seq_along(at) > k | at != 0)
  best <- polish(f, at, free)
  criterion <- f(best$at)  # puts the fit's environment at the optimum
  if (one$nodes > 1) criterion <- criterion - 2 * loglik_constant(d[[response]], d$size_, one$family)  # glmer leaves them out
  vcov <- 2 * solve(best$hessian)
  keep <- free > k
  beta <- best$at[-seq_len(k)]; se <- sqrt(diag(vcov)[keep])
  at_optimum <- environment(f)
  message(name, ": gradient left ", signif(best$gradient, 2), ", criterion ", sprintf("%.8f", criterion), ", glmer ", sprintf("%.8f", -2 * as.numeric(logLik(first))))
  add("criterion", "", criterion)
  for (i in seq_len(k)) add("theta", names(getME(first, "theta"))[i], best$at[i])
  for (i in seq_along(beta)) { add("estimate", names(fixef(first))[i], beta[i]); add("std_error", names(fixef(first))[i], se[i]) }
  # The optimum as a fitted object, for modes, conditional SDs and the deviance.
  final <- glmer(formula, d, family = one$family, nAGQ = one$nodes, start = list(theta = unname(best$at[seq_len(k)]), fixef = unname(beta)),
                 control = glmerControl(optimizer = "bobyqa", tolPwrss = 1e-13, optCtrl = list(rhobeg = 1e-7, rhoend = 1e-10),
                                        nAGQ0initStep = FALSE, calc.derivs = FALSE, check.conv.singular = "ignore"))
  add("deviance", "", deviance(final)); add("pearson", "", sum(residuals(final, "pearson")^2)); add("df_residual", "", df.residual(final))
  effects <- as.data.frame(ranef(final, condVar = TRUE))
  for (i in head(seq_len(nrow(effects)), 12)) {
    key <- paste(effects$grpvar[i], effects$grp[i], effects$term[i], sep = "|")
    add("effect", key, effects$condval[i]); add("conditional_sd", key, effects$condsd[i])
  }
}
write.csv(do.call(rbind, rows), file.path(folder, "fits.csv"), row.names = FALSE, quote = TRUE)
