#include "parallel/communicator.hpp"

#include <utility>

#include "parallel/implementation.hpp"

namespace meridian::parallel {

Communicator::Communicator(std::shared_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}

int Communicator::rank() const { return implementation_->rank(); }
int Communicator::size() const { return implementation_->size(); }
int Communicator::ranks_on_node() const { return implementation_->ranks_on_node(); }
void Communicator::barrier() const { implementation_->barrier(); }
std::string Communicator::broadcast(const std::string& bytes) const { return implementation_->broadcast(bytes); }
std::vector<std::string> Communicator::gather(const std::string& bytes) const { return implementation_->gather(bytes); }
int Communicator::maximum(int value) const { return implementation_->maximum(value); }
std::unique_ptr<Communicator::Counter> Communicator::counter() const { return implementation_->counter(); }

}  // namespace meridian::parallel
