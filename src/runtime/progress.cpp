#include "runtime/progress.hpp"
