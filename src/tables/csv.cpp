#include "tables/csv.hpp"
