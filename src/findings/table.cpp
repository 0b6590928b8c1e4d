#include "findings/table.hpp"
