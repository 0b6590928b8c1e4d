#include "audit/bytes.hpp"

#include <cstring>

#include "error.hpp"

namespace meridian::audit {

void ByteWriter::number(std::int64_t value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof value); }

void ByteWriter::text(std::string_view value) {
  number(static_cast<std::int64_t>(value.size()));
  bytes_.append(value);
}

std::string_view ByteReader::take(std::size_t count) {
  if (count > rest_.size()) throw Error(ExitCode::bug, "bytes of another rank end too early");
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

std::int64_t ByteReader::number() {
  std::int64_t value = 0;
  std::memcpy(&value, take(sizeof value).data(), sizeof value);
  return value;
}

std::string ByteReader::text() { return std::string(take(static_cast<std::size_t>(number()))); }

}  // namespace meridian::audit
