#include "storage/units.hpp"
