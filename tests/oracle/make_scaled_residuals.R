# Writes tests/oracle/data/verification/scaled_residuals.csv: quartiles of (observed - fitted) / sigma of the five published
# mixed models of the MFQ-2, at the optimum in ../shared/oracle/mfq2 (which holds no residuals). Run from the source root with
# R and lme4: Rscript tests/oracle/make_scaled_residuals.R
folder <- "../shared/oracle/mfq2/"
reml <- function(file) { table <- read.csv(file); table[table$method == "REML", ] }
fixed <- reml(paste0(folder, "fixed_effects.csv"))
random <- list(llm = reml(paste0(folder, "ranef_llm.csv")), participant = reml(gzfile(paste0(folder, "ranef_participant.csv.gz"))))
models <- reml(paste0(folder, "models_meta.csv"))
chinese <- c("Baichuan2-13B-Chat", "deepseek-chat", "deepseek-v2-lite-chat", "ernie-4.5-300b-a47b", "glm-4-plus", "kimi-k2-0711-preview",
             "kimi-latest", "qwen2.5-72b-instruct", "qwen3-235b-a22b", "yi-34b-chat")
centred <- function(is_chinese) { code <- ifelse(is_chinese, .5, -.5); code - mean(code) }

frame_of <- function(file) {
  d <- read.csv(gzfile(paste0(folder, file, ".csv.gz")))
  d$Chinese_ppt <- centred(grepl("_China$", d$participant))
  d$Chinese_origin <- d$China_origin <- centred(d$llm %in% chinese)
  d$Chinese_lang <- centred(d$language == "Chinese")
  d$Chinese_persona <- centred(d$persona == "China")
  d$dimension <- factor(d$removed, levels = c("none", setdiff(sort(unique(d$removed)), "none")))
  d
}

scaled_residuals <- function(analysis, d) {
  model <- models[models$analysis == analysis, ]
  beta <- fixed[fixed$analysis == analysis, ]
  X <- model.matrix(lme4::nobars(as.formula(model$formula)), d)
  fitted <- drop(X[, beta$term] %*% beta$estimate)
  for (factor in names(random)) {
    effects <- random[[factor]][random[[factor]]$analysis == analysis, ]
    for (term in unique(effects$term)) {
      one <- effects[effects$term == term, ]
      slope <- if (term == "(Intercept)") 1 else d[[term]]
      fitted <- fitted + slope * one$blup[match(d[[factor]], one[[factor]])]
    }
  }
  (d$cosine - fitted) / model$sigma
}

files <- c(RQ1 = "cosine_rq1", RQ2 = "cosine_rq2", RQ3 = "cosine_rq3", S1 = "cosine_rq2", S2 = "cosine_s2")
rows <- sapply(names(files), function(a) sprintf("%.17g", quantile(scaled_residuals(a, frame_of(files[[a]])))))
table <- data.frame(analysis = names(files), t(rows))
names(table)[-1] <- c("min", "q1", "median", "q3", "max")
write.csv(table, "tests/oracle/data/verification/scaled_residuals.csv", row.names = FALSE, quote = FALSE)
