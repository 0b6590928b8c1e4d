#pragma once
// A sign of life: a file whose time is set again and again while its owner lives.
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace meridian::storage {

class Heartbeat {
 public:
  /// Sets the time of the file as it is now, under whatever name, every `seconds`. When it has no name any more
  /// somebody else has taken its place: warns, and asks the process to stop (runtime/signals.hpp).
  Heartbeat(const std::filesystem::path& file, double seconds);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;
  /// True while the file still has a name.
  bool stands() const;

 private:
  void beat();
  std::filesystem::path file_;
  double seconds_;
  int descriptor_;
  bool ended_ = false;
  std::mutex mutex_;
  std::condition_variable end_;
  std::thread thread_;
};

}  // namespace meridian::storage
