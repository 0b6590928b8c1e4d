# Limits of profile likelihoods, Wald limits and tests of random terms, for tests/unit/models. Run from the source root:
#   Rscript tests/oracle/make_interval_reference.R
# Writes tests/oracle/data/intervals/: made.csv and Dyestuff2.csv (the tables that are not elsewhere), intervals.csv and
# random_tests.csv. The stored files were made with R 4.2.2, lme4 1.1-31 and lmerTest 3.1-3.
#
# confint() of lme4 interpolates the profile by splines and is good to about three digits. The limits here ("exact") are
# roots of the same deviance, each point minimised afresh: fixed effects by refits with an offset, standard deviations,
# correlations and sigma by lme4's own deviance function on that scale (lme4:::devfun2). confint()'s are stored beside them.
suppressPackageStartupMessages({ library(lme4); library(lmerTest) })
directory <- "tests/oracle/data/intervals"
dir.create(directory, showWarnings = FALSE)
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10, maxfun = 1e5), calc.derivs = FALSE,
                     check.conv.singular = "ignore")
write <- function(table, name) {
  table[] <- lapply(table, function(v) if (is.double(v)) sprintf("%.12g", v + 0) else v)
  write.csv(table, file.path(directory, name), row.names = FALSE, na = "")
}

# A small relative of the studies' first model: 40 people of two nations, 8 language models of two origins.
set.seed(20261121)
made <- expand.grid(llm = sprintf("m%d", 1:8), person = sprintf("p%02d", 1:40))
made$nation <- ifelse(as.integer(made$person) %% 2 == 0, 0.5, -0.5)
made$origin <- ifelse(as.integer(made$llm) %% 2 == 0, 0.5, -0.5)
of_person <- matrix(rnorm(80), 40) %*% chol(matrix(c(.04, .006, .006, .01), 2))
of_llm <- matrix(rnorm(16), 8) %*% chol(matrix(c(.01, -.004, -.004, .006), 2))
made$cosine <- round(with(made, .3 - .15 * nation + .05 * origin + .04 * nation * origin +
  of_person[as.integer(person), 1] + of_person[as.integer(person), 2] * origin +
  of_llm[as.integer(llm), 1] + of_llm[as.integer(llm), 2] * nation + rnorm(320, sd = .06)), 6)
write.csv(made, file.path(directory, "made.csv"), row.names = FALSE, quote = FALSE)
# Box & Tiao (1973), "Bayesian Inference in Statistical Analysis", made so that the variance between batches is zero.
write.csv(lme4::Dyestuff2, file.path(directory, "Dyestuff2.csv"), row.names = FALSE, quote = FALSE)

crossing <- function(rise, from, direction, bound, cutoff) {  # where the rise of the deviance reaches the cutoff
  step <- direction
  repeat {
    to <- from + step
    if (!is.na(bound) && (to - bound) * sign(direction) >= 0) {
      to <- bound
      if (rise(to) < cutoff) return(bound)
      break
    }
    if (rise(to) > cutoff) break
    step <- 2 * step
  }
  uniroot(function(x) rise(x) - cutoff, sort(c(from, to)), tol = 1e-9 * abs(direction))$root
}

fixed_limits <- function(deviance_at, estimate, se, dmin, cutoff)
  sapply(c(-1, 1), function(side) crossing(function(x) deviance_at(x) - dmin, estimate, side * se, NA, cutoff))

refit_without <- function(model, column, data) {  # ML deviance with one coefficient held at x
  frame <- model@frame
  x <- getME(model, "X")
  others <- x[, -column, drop = FALSE]
  data$others_ <- others; data$held_ <- x[, column]
  bars <- paste(sapply(findbars(formula(model)), function(b) paste0("(", deparse(b), ")")), collapse = " + ")
  left <- deparse(formula(model)[[2]])
  rhs <- if (ncol(others)) paste("0 + others_ +", bars) else paste("0 +", bars)
  function(value) {
    data$offset_ <- value * data$held_
    refit <- lmer(as.formula(paste(left, "~", rhs)), data, REML = FALSE, offset = offset_, control = tight)
    -2 * as.numeric(logLik(refit))
  }
}

variance_limits <- function(model, cutoff) {
  deviance_of <- lme4:::devfun2(model, useSc = TRUE, signames = FALSE)
  optimum <- attr(deviance_of, "optimum")
  count <- length(lme4:::getME(model, "theta")) + 1
  best <- optimum[seq_len(count)]
  names <- names(best)
  is_correlation <- grepl("^cor_", names)
  lower <- ifelse(is_correlation, -1, 0); upper <- ifelse(is_correlation, 1, Inf)
  dmin <- -2 * as.numeric(logLik(model))
  free_deviance <- function(index, start) {
    last <- start
    function(value) {
      at <- function(others) { p <- best; p[index] <- value; p[-index] <- others; d <- tryCatch(deviance_of(p), error = function(e) NA); if (is.finite(d)) d else 1e10 }
      scale <- pmax(abs(best[-index]), 1e-2 * best[count])
      results <- lapply(list(last, best[-index], pmax(best[-index], .2 * scale)), function(s)
        nlminb(s, at, lower = lower[-index] + 1e-9 * is_correlation[-index], upper = upper[-index] - 1e-9 * is_correlation[-index],
               scale = 1 / scale, control = list(rel.tol = 1e-14, x.tol = 1e-12, iter.max = 2000, eval.max = 5000)))
      chosen <- results[[which.min(sapply(results, `[[`, "objective"))]]
      last <<- chosen$par
      chosen$objective
    }
  }
  rows <- lapply(seq_len(count), function(index) {
    rise <- function(value) free_deviance(index, best[-index])(value) - dmin
    step <- if (is_correlation[index]) .1 else max(.1 * best[index], .02 * best[count])
    low <- if (best[index] <= lower[index] + 1e-9) lower[index] else
      crossing(rise, best[index], -step, if (is_correlation[index]) -1 + 1e-7 else 1e-9 * best[count], cutoff)
    high <- if (best[index] >= upper[index] - 1e-9) upper[index] else
      crossing(rise, best[index], step, if (is_correlation[index]) 1 - 1e-7 else NA, cutoff)
    data.frame(parameter = names[index], estimate = best[index], low = low, high = high)
  })
  do.call(rbind, rows)
}

interval_rows <- function(table, formula, level = 0.95) {
  cat(table, formula, "\n")
  data <- read.csv(file.path("tests/oracle/data", paste0(table, ".csv")), stringsAsFactors = TRUE)
  for (bar in findbars(as.formula(formula))) for (v in all.vars(bar[[3]])) data[[v]] <- factor(data[[v]])
  model <- lme4::lmer(as.formula(formula), data, REML = FALSE, control = tight)
  cutoff <- qchisq(level, 1)
  dmin <- -2 * as.numeric(logLik(model))
  se <- sqrt(diag(as.matrix(vcov(model))))
  fixed <- do.call(rbind, lapply(seq_along(fixef(model)), function(j) {
    limits <- fixed_limits(refit_without(model, j, data), fixef(model)[j], se[j], dmin, cutoff)
    data.frame(parameter = names(fixef(model))[j], estimate = fixef(model)[j], low = limits[1], high = limits[2])
  }))
  rows <- rbind(fixed, variance_limits(model, cutoff))
  spline <- tryCatch(suppressWarnings(confint(model, method = "profile", oldNames = FALSE, quiet = TRUE, level = level)), error = function(e) NULL)
  at <- if (is.null(spline)) NA else match(sub("^.*[.]?sigma$", "sigma", rows$parameter), rownames(spline))
  rows$confint_low <- if (is.null(spline)) NA else spline[at, 1]
  rows$confint_high <- if (is.null(spline)) NA else spline[at, 2]
  data.frame(table = table, formula = formula, level = level, rows)
}

random_rows <- function(table, formula, reml = TRUE) {
  cat(table, formula, "\n")
  data <- read.csv(file.path("tests/oracle/data", paste0(table, ".csv")), stringsAsFactors = TRUE)
  for (bar in findbars(as.formula(formula))) for (v in all.vars(bar[[3]])) data[[v]] <- factor(data[[v]])
  assign("data_of_ranova", data, envir = globalenv())
  model <- eval(bquote(lmer(.(as.formula(formula)), data_of_ranova, REML = .(reml), control = tight)))
  tests <- as.data.frame(suppressMessages(ranova(model)))[-1, ]
  data.frame(table = table, formula = formula, method = if (reml) "REML" else "ML", term = rownames(tests), parameters = tests$npar,
             loglik = tests$logLik, df = tests$Df, lrt = pmax(tests$LRT, 0), p = tests[["Pr(>Chisq)"]])
}

random <- rbind(
  random_rows("public/sleepstudy", "Reaction ~ Days + (Days | Subject)"),
  random_rows("public/sleepstudy", "Reaction ~ Days + (Days | Subject)", reml = FALSE),
  random_rows("public/sleepstudy", "Reaction ~ Days + (Days || Subject)"),
  random_rows("public/sleepstudy", "Reaction ~ Days + (1 | Subject)"),
  random_rows("public/Penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)"),
  random_rows("public/Pastes", "strength ~ 1 + (1 | batch) + (1 | batch:cask)"),
  random_rows("public/cake", "angle ~ recipe + (0 + recipe | replicate) + (1 | recipe:replicate)"),
  random_rows("intervals/Dyestuff2", "Yield ~ 1 + (1 | Batch)"),
  random_rows("intervals/made", "cosine ~ nation * origin + (1 + origin | person) + (1 + nation | llm)"))
write(random, "random_tests.csv")
intervals <- rbind(
  interval_rows("public/sleepstudy", "Reaction ~ Days + (Days | Subject)"),
  interval_rows("public/sleepstudy", "Reaction ~ Days + (Days || Subject)", level = 0.9),
  interval_rows("public/Penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)"),
  interval_rows("public/Pastes", "strength ~ 1 + (1 | batch) + (1 | batch:cask)"),
  interval_rows("intervals/Dyestuff2", "Yield ~ 1 + (1 | Batch)"),
  interval_rows("intervals/made", "cosine ~ nation * origin + (1 + origin | person) + (1 + nation | llm)"))
write(intervals, "intervals.csv")
