#include "storage/array_file.hpp"
