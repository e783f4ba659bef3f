#include "ocrtune/ocr/lstm/model.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune::lstm {
namespace {

constexpr int kIntegerFlag = 1;
constexpr int kRecodingFlag = 64;

[[noreturn]] void refuse(const std::string& language, const std::string& why) {
  throw Error(Errc::dependency_missing, tr("language `{}`: {}", quotable(language, 80), why));
}

/// The data after the network in its component.
struct Tail {
  std::string network_text;
  int flags = 0;
  int sample_iteration = 0;
  int null_char = 0;
};

Tail parse_tail(tessdata::ByteReader& bytes) {
  Tail tail;
  tail.network_text = bytes.text();
  tail.flags = bytes.number<std::int32_t>();
  bytes.number<std::int32_t>();  // iterations of the training
  tail.sample_iteration = bytes.number<std::int32_t>();
  tail.null_char = bytes.number<std::int32_t>();
  bytes.numbers<float>(3);  // of the training: Adam's beta, learning rate, momentum
  return tail;
}

Recoder parse_recoder(tessdata::ByteReader& bytes, const Tail& tail,
                      const tessdata::Unicharset& unicharset) {
  if ((tail.flags & kRecodingFlag) != 0) return Recoder::parse(bytes, unicharset.size());
  // Without special codes, null is the class after the characters.
  const int null = unicharset.has_special_codes() ? 0 : 1;
  return Recoder::pass_through(unicharset.size() + null, unicharset.size());
}

/// Throws if the parts do not match.
void check(const Model& model, const Tail& tail, const tessdata::ByteReader& bytes) {
  const Recoder& recoder = model.recoder;
  if (recoder.classes() != model.network.classes) {
    bytes.fail(tr("the network has {} classes, but the characters' codes {}", model.network.classes,
                  recoder.classes()));
  }
  if (recoder.unichars() < model.unicharset.size()) bytes.fail(tr("some characters have no code"));
  if (recoder.encode(tessdata::kSpaceUnichar).at[0] != 0)
    bytes.fail(tr("the space is not class 0"));
  if (model.null_char < 0 || model.null_char >= recoder.classes()) {
    bytes.fail(
        tr("the null class {} is not one of the {} classes", model.null_char, recoder.classes()));
  }
  if (((tail.flags & kIntegerFlag) != 0) != model.network.integer) {
    bytes.fail(tr("its weights are not of the declared type"));
  }
}

Dictionary parse_dictionary(const tessdata::TrainedData& data,
                            const tessdata::Unicharset& unicharset) {
  return Dictionary::parse({.words = data.bytes(tessdata::Component::word_dawg),
                            .punctuation = data.bytes(tessdata::Component::punctuation_dawg),
                            .numbers = data.bytes(tessdata::Component::number_dawg)},
                           unicharset, data.name());
}

Model assemble(const tessdata::TrainedData& data, const std::string& language) {
  tessdata::ByteReader bytes = data.reader(tessdata::Component::network, "network");
  Network network = parse_network(bytes);
  const bool apart =
      data.has(tessdata::Component::unicharset) && data.has(tessdata::Component::recoder);
  tessdata::ByteReader unicharset_bytes =
      data.reader(tessdata::Component::unicharset, "characters");
  tessdata::ByteReader recoder_bytes = data.reader(tessdata::Component::recoder, "codes");
  tessdata::Unicharset unicharset = tessdata::Unicharset::parse(apart ? unicharset_bytes : bytes);
  const Tail tail = parse_tail(bytes);
  Recoder recoder = parse_recoder(apart ? recoder_bytes : bytes, tail, unicharset);
  Dictionary dictionary = parse_dictionary(data, unicharset);
  const auto version = data.bytes(tessdata::Component::version);
  Model model{.language = language,
              .network = std::move(network),
              .unicharset = std::move(unicharset),
              .recoder = std::move(recoder),
              .dictionary = std::move(dictionary),
              .network_text = tail.network_text,
              .version = {version.begin(), version.end()},
              .null_char = tail.null_char,
              .sample_iteration = tail.sample_iteration};
  check(model, tail, bytes);
  return model;
}

/// Identifies a version of a file.
std::string file_identity(const std::filesystem::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return path.string();
  return fmt::format("{}:{}:{}:{}:{}.{}", path.string(), status.st_dev, status.st_ino,
                     status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

}  // namespace

Model parse_model(const tessdata::TrainedData& data, const std::string& language) {
  if (!data.has(tessdata::Component::network)) refuse(language, tr("its data has no LSTM network"));
  tessdata::ByteReader config_bytes = data.reader(tessdata::Component::config, "variables");
  ModelConfig config = parse_config(config_bytes);
  Model model = assemble(data, language);
  model.config = std::move(config);
  return model;
}

std::shared_ptr<const Model> load_model(const std::string& language, const std::string& folder) {
  if (language.ends_with("_vert")) {
    refuse(language, tr("vertical script is not supported by the engine `lstm`"));
  }
  require_languages(language, folder);
  const auto path = std::filesystem::path(folder) / (language + ".traineddata");
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const Model>> models;
  const std::lock_guard lock(mutex);
  std::erase_if(models, [](const auto& entry) { return entry.second.expired(); });
  std::weak_ptr<const Model>& shared = models[file_identity(path)];
  if (auto model = shared.lock()) return model;
  auto model =
      std::make_shared<const Model>(parse_model(tessdata::TrainedData::open(path), language));
  shared = model;
  return model;
}

}  // namespace ocrtune::lstm
