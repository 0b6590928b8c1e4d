#include "parallel/session.hpp"
