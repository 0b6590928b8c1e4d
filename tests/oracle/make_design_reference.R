# Design matrices as R makes them, for tests/unit/models. Run from the source root:
#   Rscript tests/oracle/make_design_reference.R
# Writes tests/oracle/data/design/: frame.csv (a made-up table with missing values and empty cells),
# fixed.csv and random.csv (the cases), fixed-<case>.csv and random-<case>-<term>.csv (the matrices).
# The stored files were made with R 4.2.2 and lme4 1.1-31.
suppressPackageStartupMessages(library(lme4))
invisible(Sys.setlocale("LC_COLLATE", "C"))  # levels in code-point order
directory <- "tests/oracle/data/design"
write <- function(table, name) {
  table[] <- lapply(table, function(v) if (is.double(v)) sprintf("%.15g", v) else v)
  write.csv(table, file.path(directory, name), row.names = FALSE, quote = FALSE)
}

make_frame <- function() {
  set.seed(11)
  n <- 60
  d <- data.frame(
    y = round(rnorm(n, 5), 3),
    a = sample(c("hi", "lo", "mid"), n, TRUE), b = sample(c("no", "yes"), n, TRUE),
    c = sample(c("c1", "c2", "c3"), n, TRUE), e = sample(c("e1", "e2", "e3", "e4"), n, TRUE),
    dose = sample(c(5, 10, 100), n, TRUE), x = round(rexp(n), 3), z = round(rnorm(n), 2),
    g = sample(1:12, n, TRUE), h = sample(c("H1", "H2", "H3"), n, TRUE),
    flag = sample(c("TRUE", "FALSE"), n, TRUE))
  d$w <- 2 * d$x + 1                                     # aliased with 1 and x
  d$e[d$a == "mid" & d$e %in% c("e2", "e3")] <- "e1"      # empty cells of a:e
  d$level3 <- ifelse(seq_len(n) <= 2, "rare", d$b)       # "rare" occurs only where y is missing
  d$y[1:2] <- NA; d$x[c(5, 17)] <- NA; d$a[23] <- NA; d$dose[40] <- NA
  d
}
frame <- make_frame()
write.csv(frame, file.path(directory, "frame.csv"), row.names = FALSE, quote = FALSE)
data <- read.csv(file.path(directory, "frame.csv"), stringsAsFactors = TRUE, colClasses = c(flag = "factor"))

parse_contrasts <- function(text, frame) {
  choices <- list()
  for (part in strsplit(text, ";")[[1]]) {
    pieces <- strsplit(part, "[=:]")[[1]]
    f <- frame[[pieces[1]]]
    choices[[pieces[1]]] <- if (pieces[2] == "sum") contr.sum(levels(f)) else
      contr.treatment(levels(f), base = if (length(pieces) > 2) match(pieces[3], levels(f)) else 1)
  }
  choices
}

fixed_case <- function(id, formula, contrasts = "", centred = character()) {
  frame <- model.frame(as.formula(formula), data, drop.unused.levels = TRUE)
  for (name in centred) frame[[name]] <- (as.integer(frame[[name]]) - 1.5) - mean(as.integer(frame[[name]]) - 1.5)
  rows <- as.integer(rownames(frame))
  terms <- attr(frame, "terms")
  if (length(centred)) {  # now numeric, which the terms object has to learn
    frame <- model.frame(as.formula(formula), as.list(structure(frame, terms = NULL)))
    terms <- attr(frame, "terms")
  }
  choices <- parse_contrasts(contrasts, frame)
  x <- model.matrix(terms, frame, contrasts.arg = if (length(choices)) choices)
  factored <- qr(x, tol = 1e-7)
  kept <- factored$pivot[seq_len(factored$rank)]
  aliased <- setdiff(seq_len(ncol(x)), kept)
  table <- data.frame(row = rows, x[, kept, drop = FALSE], check.names = FALSE)
  write(table, paste0("fixed-", id, ".csv"))
  text <- paste(c(if (nzchar(contrasts)) contrasts, if (length(centred)) paste0(centred, "=centred")), collapse = ";")
  data.frame(case = id, formula = formula, contrasts = text, terms = paste(attr(terms, "term.labels"), collapse = ";"),
             assign = paste(attr(x, "assign")[kept], collapse = ";"), aliased = paste(colnames(x)[aliased], collapse = ";"))
}

fixed <- rbind(
  fixed_case("crossed", "y ~ a * b + x"),
  fixed_case("reordered", "y ~ x + b:a + a"),
  fixed_case("no-main-effect", "y ~ a + a:b"),
  fixed_case("no-main-effects", "y ~ a:b"),
  fixed_case("missing-margins", "y ~ a + a:b:c"),
  fixed_case("two-margins", "y ~ a:b + b:c + a:b:c"),
  fixed_case("three-way", "y ~ a * b * c - a:b:c"),
  fixed_case("power", "y ~ (a + b + x)^2"),
  fixed_case("power-three", "y ~ (b + x + z + flag)^3 - x:z"),
  fixed_case("minus-one", "y ~ a + b + x - 1"),
  fixed_case("zero", "y ~ 0 + x + b:a"),
  fixed_case("zero-interaction-first", "y ~ 0 + x:b + a"),
  fixed_case("slope-per-level", "y ~ a:x"),
  fixed_case("slope-per-level-with-x", "y ~ x + a:x + a:b:x"),
  fixed_case("nested", "y ~ a / b + z"),
  fixed_case("nested-in-two", "y ~ (a + x) / b"),
  fixed_case("within", "y ~ a + b %in% a"),
  fixed_case("arithmetic", "y ~ x + I(x^2) + I(x * z - 1)/b"),
  fixed_case("functions", "y ~ log(x) + exp(z/2) + sqrt(x + 1):b"),
  fixed_case("scaled", "y ~ scale(x) * scale(z) + b"),
  fixed_case("factor-call", "y ~ factor(dose) * b"),
  fixed_case("factor-of-numbers", "y ~ as.factor(g) + x"),
  fixed_case("sum-contrasts", "y ~ a * b + x", "a=sum;b=sum"),
  fixed_case("sum-missing-margin", "y ~ a + a:b:c", "a=sum;b=sum;c=sum"),
  fixed_case("chosen-reference", "y ~ a * b", "a=treatment:mid;b=treatment:yes"),
  fixed_case("centred", "y ~ a * b * flag + x", "", c("b", "flag")),
  fixed_case("centred-and-sum", "y ~ a:b + x", "a=sum", "b"),
  fixed_case("aliased-number", "y ~ x + w + b"),
  fixed_case("aliased-early", "y ~ 0 + b + w + x"),
  fixed_case("aliased-cells", "y ~ a * e + z"),
  fixed_case("aliased-nested", "y ~ b + level3 + x"),
  fixed_case("response-transformed", "log(y) ~ x + a"),
  fixed_case("deleted", "y ~ a * b * x - b:x - a"),
  fixed_case("intercept-back", "y ~ 0 + a + 1"))
write.csv(fixed, file.path(directory, "fixed.csv"), row.names = FALSE, quote = FALSE)

random_case <- function(id, formula) {
  control <- lmerControl(check.nobs.vs.nlev = "ignore", check.nobs.vs.rankZ = "ignore", check.nobs.vs.nRE = "ignore",
                         check.nlev.gtr.1 = "ignore")
  parts <- lFormula(as.formula(formula), data, control = control)$reTrms
  order <- seq_along(parts$cnms)
  index <- attr(parts$flist, "assign")
  for (term in order) {
    groups <- parts$flist[[index[term]]]
    q <- length(parts$cnms[[term]])
    zt <- as.matrix(parts$Ztlist[[term]])
    z <- t(vapply(seq_along(groups), function(i) zt[(as.integer(groups)[i] - 1) * q + seq_len(q), i], numeric(q)))
    if (q == 1) z <- t(z)
    colnames(z) <- parts$cnms[[term]]
    write(data.frame(level = as.character(groups), z, check.names = FALSE), paste0("random-", id, "-", term, ".csv"))
  }
  data.frame(case = id, formula = formula, term = order, group = names(parts$cnms),
             levels = vapply(order, function(t) paste(levels(parts$flist[[index[t]]]), collapse = ";"), ""))
}

random <- rbind(
  random_case("intercepts", "y ~ x + (1 | g) + (1 | h)"),
  random_case("slopes", "y ~ x + (1 + a + z | g)"),
  random_case("split", "y ~ x + (x * b || g)"),
  random_case("split-factor", "y ~ x + (1 + a || h) + (0 + z | g)"),
  random_case("nested", "y ~ x + (1 | h/b/g)"),
  random_case("interaction", "y ~ x + (0 + b | h:g) + (1 | h)"),
  random_case("split-nested", "y ~ x + (1 + z || h/g)"),
  random_case("no-intercept", "y ~ x + (a:x - 1 | g)"))
write.csv(random, file.path(directory, "random.csv"), row.names = FALSE, quote = FALSE)
