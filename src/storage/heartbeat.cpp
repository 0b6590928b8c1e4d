#include "storage/heartbeat.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "runtime/log.hpp"
#include "runtime/signals.hpp"

namespace meridian::storage {

Heartbeat::Heartbeat(const std::filesystem::path& file, double seconds)
    : file_(file), seconds_(seconds), descriptor_(::open(file.c_str(), O_RDWR | O_CLOEXEC)) {
  thread_ = std::thread([this] { beat(); });
}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
  }
  end_.notify_all();
  thread_.join();
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Heartbeat::stands() const {
  struct stat own {};
  return ::fstat(descriptor_, &own) == 0 && own.st_nlink > 0;
}

void Heartbeat::beat() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!end_.wait_for(lock, std::chrono::duration<double>(seconds_), [this] { return ended_; })) {
    if (!stands()) {
      runtime::warning(file_.string() + " is no longer ours: another run took the folder over, this one stops");
      return runtime::request_stop();
    }
    ::futimens(descriptor_, nullptr);
  }
}

}  // namespace meridian::storage
