#include "parallel/communicator.hpp"
