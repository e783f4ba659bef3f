#include "ocrtune/corpus/download.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <variant>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/base/version.h"
#include "ocrtune/base/without_sigpipe.h"
#include "ocrtune/corpus/certificates.h"
#include "ocrtune/corpus/host_turns.h"
#include "ocrtune/corpus/received_content.h"
#include "ocrtune/corpus/redirect.h"
#include "ocrtune/corpus/url.h"

namespace ocrtune {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

constexpr std::size_t kMaxDownloads = 4;
constexpr std::chrono::seconds kUnreachableTime{60};
constexpr std::uint64_t kMostUnused = 1'000'000;

struct Cleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, Cleanup>;

/// Handles of libcurl, which keep their connections, for the downloads at a time.
class Handles {
 public:
  static Handles& all() {
    // Never destroyed: to close connections at the end of the process would take time.
    static Handles& handles = *new Handles;
    return handles;
  }

  /// Waits until one is free.
  Handle take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return taken_ < kMaxDownloads; });
    Handle handle;
    if (idle_.empty()) {
      handle.reset(curl_easy_init());
      if (!handle) throw std::bad_alloc();
    } else {
      handle = std::move(idle_.back());
      idle_.pop_back();
    }
    ++taken_;
    return handle;
  }

  void give_back(Handle handle) {
    {
      const std::scoped_lock lock(mutex_);
      idle_.push_back(std::move(handle));
      --taken_;
    }
    returned_.notify_one();
  }

 private:
  Handles() {
    idle_.reserve(kMaxDownloads);
    curl_global_init(CURL_GLOBAL_DEFAULT);
  }

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Handle> idle_;
  std::size_t taken_ = 0;
};

/// A handle for a scope.
class Borrowed {
 public:
  Borrowed() : handle_(Handles::all().take()) {}
  ~Borrowed() { Handles::all().give_back(std::move(handle_)); }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  [[nodiscard]] CURL* get() const { return handle_.get(); }

 private:
  Handle handle_;
};

/// Hosts to which there was no connection, and why.
class UnreachableHosts {
 public:
  static UnreachableHosts& all() {
    static UnreachableHosts hosts;
    return hosts;
  }

  void add(const std::string& host, const std::string& reason) {
    const std::scoped_lock lock(mutex_);
    hosts_[host] = {reason, Clock::now() + kUnreachableTime};
  }

  [[nodiscard]] std::optional<std::string> reason(const std::string& host) {
    const std::scoped_lock lock(mutex_);
    const auto found = hosts_.find(host);
    if (found == hosts_.end() || found->second.second < Clock::now()) return std::nullopt;
    return found->second.first;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::pair<std::string, Clock::time_point>> hosts_;
};

/// What has come of a content.
struct Received {
  Received(CURL* of, const DownloadLimits& limits)
      : handle(of), content(limits.max_bytes), most(limits.max_bytes), most_of(limits.most) {}

  CURL* handle;
  ReceivedContent content;
  std::uint64_t most;  ///< bytes of this content
  std::uint64_t (*most_of)(std::span<const std::byte>);
  std::uint64_t unused = 0;  ///< bytes of redirects
  bool is_unwanted = false;
  bool is_too_long = false;
  std::exception_ptr failure;
};

bool is_redirect(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return status / 100 == 3;
}

/// libcurl's callback for a part of the content; another result than its size ends the transfer.
std::size_t receive(char* part, std::size_t one, std::size_t size, void* target) {
  auto& received = *static_cast<Received*>(target);
  // Nobody needs what accompanies a redirect, but an end of it leaves the connection usable.
  if (is_redirect(received.handle)) {
    received.unused += size;
    return received.unused <= kMostUnused ? one * size : 0;
  }
  try {
    const bool fits = received.content.add(std::as_bytes(std::span(part, size)));
    if (received.most_of != nullptr && received.content.size() >= kBeginning) {
      received.most = std::min(received.most, received.most_of(received.content.beginning()));
      received.is_unwanted = received.most == 0;
      received.most_of = nullptr;
    }
    received.is_too_long = !fits || received.content.size() > received.most;
  } catch (...) {
    // Not through libcurl.
    received.failure = std::current_exception();
  }
  return received.is_too_long || received.is_unwanted || received.failure ? 0 : one * size;
}

/// libcurl's callback for what it sends and gets: sets a flag if that is a password.
int look_for_password(CURL* /*handle*/, curl_infotype kind, char* text, std::size_t size,
                      void* target) {
  if (kind != CURLINFO_HEADER_OUT) return 0;
  if (lower_case(std::string_view(text, size)).find("\r\nauthorization:") != std::string::npos)
    *static_cast<bool*>(target) = true;
  return 0;
}

/// The end of an attempt without a content.
struct Failure {
  std::string reason;
  bool is_transient = false;
  bool is_unconnected = false;
  Milliseconds wanted_pause{0};  ///< that the server asks for
  long status = 0;               ///< of HTTP, if that is the failure
};

/// Whether it means that the server has no such thing.
bool is_absence(long status) {
  constexpr std::array kAbsent{400L, 403L, 404L, 405L, 410L, 501L};
  return std::ranges::find(kAbsent, status) != kAbsent.end();
}

/// Whether it means that the server gets too many requests, not this one alone.
bool is_overload(long status) { return status == 429 || status == 503; }

bool is_transient_status(long status) {
  return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504);
}

bool is_transient_code(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return true;
    default:
      return false;
  }
}

/// One attempt to download a URL.
class Attempt {
 public:
  Attempt(CURL* handle, const std::string& url, const DownloadLimits& limits)
      : handle_(handle), url_(url), limits_(limits), received_(handle, limits) {
    curl_easy_reset(handle_);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_OPTIONAL));
    set(CURLOPT_USERAGENT, fmt::format("ocrtune/{}", program_version()).c_str());
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(limits.slow_rate));
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.slow.count()));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.max_bytes));
    set(CURLOPT_FAILONERROR, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, message_.data());
    set(CURLOPT_WRITEFUNCTION, &receive);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&received_));
    if (const std::string certificates = certificates_file(); !certificates.empty())
      set(CURLOPT_CAINFO, certificates.c_str());
    set(CURLOPT_VERBOSE, 1L);  // so that the function is called, which prints nothing
    set(CURLOPT_DEBUGFUNCTION, &look_for_password);
    set(CURLOPT_DEBUGDATA, static_cast<void*>(&needed_password_));
  }
  ~Attempt() { curl_easy_reset(handle_); }  // it must not keep pointers to this
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;

  /// Why there is no content; nothing if there is one.
  std::optional<Failure> make() {
    const WithoutSigpipe no_signal;  // libcurl would ignore it in all threads
    for (int redirects = 0;; ++redirects) {
      set(CURLOPT_URL, url_.c_str());
      const CURLcode code = curl_easy_perform(handle_);
      if (received_.failure) std::rethrow_exception(received_.failure);
      if (received_.is_unwanted) return std::nullopt;
      const std::string place = code == CURLE_OK || code == CURLE_WRITE_ERROR ? location() : "";
      if (place.empty()) return failure_of(code);
      if (redirects >= limits_.redirects)
        return Failure{.reason = tr("it is redirected more than {} times", limits_.redirects)};
      Redirect next = redirect(url_, place);
      if (!next.refusal.empty()) return Failure{.reason = std::move(next.refusal)};
      url_ = std::move(next.url);
    }
  }

  Download content() {
    return {.bytes = received_.content.taken(), .needed_password = needed_password_};
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle_, option, value) == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  }

  template <typename Value>
  [[nodiscard]] Value info(CURLINFO which) const {
    Value value{};
    curl_easy_getinfo(handle_, which, &value);
    return value;
  }

  /// Where the answer redirects to; empty if it does not.
  [[nodiscard]] std::string location() const {
    curl_header* header = nullptr;
    if (!is_redirect(handle_) ||
        curl_easy_header(handle_, "Location", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
      return "";
    return header->value;
  }

  [[nodiscard]] std::optional<Failure> failure_of(CURLcode code) const {
    const long status = info<long>(CURLINFO_RESPONSE_CODE);
    if (code == CURLE_HTTP_RETURNED_ERROR || (code == CURLE_OK && status / 100 != 2))
      return refused(status);
    if (code == CURLE_OK) return std::nullopt;
    const bool is_connected = info<curl_off_t>(CURLINFO_PRETRANSFER_TIME_T) > 0;
    return Failure{.reason = reason(code),
                   .is_transient = is_transient_code(code),
                   .is_unconnected = is_transient_code(code) && !is_connected};
  }

  [[nodiscard]] Failure refused(long status) const {
    const auto seconds = info<curl_off_t>(CURLINFO_RETRY_AFTER);
    Failure failure{.reason = tr("the server answers with HTTP status {}", status),
                    .is_transient = is_transient_status(status),
                    .status = status};
    if (!failure.is_transient || seconds <= 0) return failure;
    failure.is_transient = seconds <= limits_.longest_pause.count() / 1000;
    if (failure.is_transient)
      failure.wanted_pause = std::chrono::seconds(seconds);
    else
      failure.reason +=
          tr(", to be asked again in {}", duration_text(static_cast<double>(seconds)));
    return failure;
  }

  [[nodiscard]] std::string reason(CURLcode code) const {
    if (code == CURLE_FILESIZE_EXCEEDED || received_.is_too_long)
      return tr("it is larger than the limit of {}", human_size(received_.most));
    switch (code) {
      case CURLE_PARTIAL_FILE:
        return tr("the connection ended before the file did");
      case CURLE_OPERATION_TIMEDOUT:
        return tr("the server takes too long");
      default:
        return quotable(message_[0] != '\0' ? message_.data() : curl_easy_strerror(code));
    }
  }

  CURL* handle_;
  std::string url_;  ///< the last one that was redirected to
  const DownloadLimits& limits_;
  Received received_;
  bool needed_password_ = false;
  std::array<char, CURL_ERROR_SIZE> message_{};
};

}  // namespace

void cannot_download(const std::string& url, const std::string& why) {
  throw Error(Errc::input_unreadable, tr("{}: can't be downloaded: {}", quotable(url, 300), why));
}

namespace {

/// The content, or the last failure. Throws for what is not of the server.
std::variant<Download, Failure> attempted(const std::string& url, const DownloadLimits& limits) {
  const std::string host = url_host(url);
  HostTurns& turns = HostTurns::all();
  Milliseconds pause = limits.pause;
  for (int number = 1;; ++number) {
    if (auto reason = UnreachableHosts::all().reason(host))
      return Failure{.reason = std::move(*reason)};
    turns.wait(host, limits.interval);
    std::optional<Failure> failure;
    {
      // Given back before the pause, in which other hosts may answer.
      const Borrowed handle;
      Attempt attempt(handle.get(), url, limits);
      failure = attempt.make();
      if (!failure) return attempt.content();
    }
    const bool is_last = number >= limits.attempts;
    if (is_last && failure->is_unconnected) UnreachableHosts::all().add(host, failure->reason);
    const Milliseconds rest = std::max(pause, failure->wanted_pause);
    if (failure->is_transient && is_overload(failure->status)) turns.hold(host, rest);
    if (is_last || !failure->is_transient) return *failure;
    std::this_thread::sleep_for(rest);
    pause *= 2;
  }
}

}  // namespace

Download download(const std::string& url, const DownloadLimits& limits) {
  auto result = attempted(url, limits);
  if (auto* content = std::get_if<Download>(&result)) return std::move(*content);
  cannot_download(url, std::get<Failure>(result).reason);
}

std::optional<Download> find_download(const std::string& url, const DownloadLimits& limits) {
  auto result = attempted(url, limits);
  if (auto* content = std::get_if<Download>(&result)) return std::move(*content);
  const Failure& failure = std::get<Failure>(result);
  if (is_absence(failure.status)) return std::nullopt;
  cannot_download(url, failure.reason);
}

}  // namespace ocrtune
