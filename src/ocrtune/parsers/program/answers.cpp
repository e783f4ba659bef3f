#include "ocrtune/parsers/program/answers.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/parsers/program/confinement.h"
#include "ocrtune/parsers/wire.h"

namespace ocrtune {
namespace {

constexpr int kSocket = 0;
constexpr int kData = 1;

/// Reads exactly this much. False at the end.
bool receive(std::span<char> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::recv(kSocket, bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

/// The length of a request, with its files. Nothing at the end.
std::optional<std::uint32_t> receive_head(std::vector<Descriptor>& files) {
  std::uint32_t size = 0;
  iovec head{.iov_base = &size, .iov_len = sizeof size};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMaxParserFiles * sizeof(int))> room{};
  msghdr message{};
  message.msg_iov = &head;
  message.msg_iovlen = 1;
  message.msg_control = room.data();
  message.msg_controllen = room.size();
  ssize_t got = 0;
  do {
    got = ::recvmsg(kSocket, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
  } while (got < 0 && errno == EINTR);
  if (got != static_cast<ssize_t>(sizeof size) || size > kMaxParserMessage) return std::nullopt;
  for (const cmsghdr* rights = CMSG_FIRSTHDR(&message); rights != nullptr;
       rights = CMSG_NXTHDR(&message, const_cast<cmsghdr*>(rights))) {
    if (rights->cmsg_level != SOL_SOCKET || rights->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (rights->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    std::vector<int> numbers(count);
    std::memcpy(numbers.data(), CMSG_DATA(rights), count * sizeof(int));
    for (const int number : numbers) files.emplace_back(number);
  }
  return size;
}

std::optional<ParserRequest> receive_request() {
  ParserRequest request;
  const std::optional<std::uint32_t> size = receive_head(request.files);
  if (!size) return std::nullopt;
  std::string text(*size, '\0');
  if (!receive(text)) return std::nullopt;
  request.fields = parse_json(text);
  return request;
}

bool send_answer(const nlohmann::json& answer) {
  const std::string text = answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const auto size = static_cast<std::uint32_t>(text.size());
  std::string whole(reinterpret_cast<const char*>(&size), sizeof size);
  whole += text;
  return write_all(kSocket, std::as_bytes(std::span(whole)));
}

nlohmann::json answer_to(const ParserAnswer& answer, ParserRequest& request) {
  try {
    limit_memory(request.fields.at("memory").get<std::uint64_t>());
    const LanguageScope language(language_of_tag(request.fields.at("language").get<std::string>()));
    const MemoryWatch watch;
    nlohmann::json answered = answer(request);
    // Poppler goes on without what it got no memory for, such as the picture of a page.
    watch.check();
    return answered;
  } catch (const Error& error) {
    return {{"error", error.what()}, {"code", static_cast<int>(error.code())}};
  } catch (const std::bad_alloc&) {
    ::_exit(kParserOutOfMemory);
  }
}

}  // namespace

int answer_requests(int argc, char** argv, const ParserAnswer& answer) {
  std::optional<SerialOpenCv> serial;
  try {
    serial.emplace();
  } catch (const std::bad_alloc&) {
    // Else it would be the first file that ended the parser.
    return 1;
  }
  std::set_new_handler([] { ::_exit(kParserOutOfMemory); });
  confine({argv + 1, argv + argc});
  while (std::optional<ParserRequest> request = receive_request()) {
    const bool is_sent = send_answer(answer_to(answer, *request));
    give_back_freed_memory();
    if (!is_sent) return 1;
  }
  return 0;
}

void send_data(std::span<const std::byte> bytes) {
  if (!write_all(kData, bytes)) ::_exit(1);
}

MappedFile::MappedFile(const Descriptor& file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0)
    throw Error(Errc::limit_reached,
                tr("can't be read: ") + system_message({errno, std::generic_category()}));
  if (status.st_size < 1) throw Error(Errc::input_unreadable, tr("is empty"));
  const auto size = static_cast<std::size_t>(status.st_size);
  void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (at == MAP_FAILED) throw Error(Errc::limit_reached, tr("needs more memory than available"));
  bytes_ = {static_cast<const std::byte*>(at), size};
}

MappedFile::~MappedFile() { ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size()); }

}  // namespace ocrtune
