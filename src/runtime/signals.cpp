#include "runtime/signals.hpp"
