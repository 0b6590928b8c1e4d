#include "storage/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <fstream>

#include "error.hpp"
#include "findings/files.hpp"
#include "storage/array_file.hpp"

namespace meridian::storage {

struct Sha256::Context {
  EVP_MD_CTX* state = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(state); }
};

namespace {

void check(int result) {
  if (result != 1) throw Error(ExitCode::bug, "OpenSSL cannot compute SHA-256");
}

}  // namespace

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  check(EVP_DigestInit_ex(context_->state, EVP_sha256(), nullptr));
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;

void Sha256::add(const void* bytes, std::size_t count) { check(EVP_DigestUpdate(context_->state, bytes, count)); }

std::string Sha256::finish_bytes() {
  std::string digest(32, '\0');
  check(EVP_DigestFinal_ex(context_->state, reinterpret_cast<unsigned char*>(digest.data()), nullptr));
  return digest;
}

std::string Sha256::finish() {
  std::string text;
  for (const char byte : finish_bytes()) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text;
}

std::string sha256_bytes(const std::string& bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish_bytes();
}

std::string sha256(const std::string& bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

std::string sha256_file(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  std::vector<char> buffer(std::size_t{1} << 16);
  Sha256 hash;
  while (input.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || input.gcount() > 0)
    hash.add(buffer.data(), static_cast<std::size_t>(input.gcount()));
  if (!input.eof()) throw InputError(file.string(), "nothing readable", "a file", "Check its path and permissions.");
  return hash.finish();
}

std::vector<std::pair<std::string, std::string>> run_digests(const std::filesystem::path& run) {
  std::vector<std::pair<std::string, std::string>> digests;
  for (const char* folder : {"similarity", "models", "tables", "resampling"}) {
    if (!std::filesystem::is_directory(run / folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(run / folder)) {
      const std::filesystem::path& file = entry.path();
      if (!entry.is_regular_file() || file.extension() == ".part") continue;
      digests.emplace_back(file.lexically_relative(run).generic_string(),
                           file.extension() == ".h5" ? content_digest(file) : sha256_file(file));
    }
  }
  std::sort(digests.begin(), digests.end());
  return digests;
}

std::string write_run_digest(const std::filesystem::path& run) {
  std::string lines;
  for (const auto& [path, digest] : run_digests(run)) lines += path + " " + digest + "\n";
  const std::string digest = sha256(lines);
  findings::write_text(run / "digests.txt", lines);
  findings::write_text(run / "digest.txt", digest + "\n");
  return digest;
}

}  // namespace meridian::storage
