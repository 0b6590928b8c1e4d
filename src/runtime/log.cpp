#include "runtime/log.hpp"
