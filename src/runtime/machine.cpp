#include "runtime/machine.hpp"
