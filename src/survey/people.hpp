#pragma once
// All readers of people's answers.
#include "survey/mfq2_people.hpp"
#include "survey/table_people.hpp"
#include "survey/wvs_people.hpp"
