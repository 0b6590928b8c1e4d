#include "findings/files.hpp"
