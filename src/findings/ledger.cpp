#include "findings/ledger.hpp"
