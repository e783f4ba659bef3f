#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "support/encoded.h"
#include "support/images.h"
#include "support/temp_folder.h"

namespace ocrtune::test {

inline const std::atomic<bool> kGoOn{false};

/// Four small pages of different sizes on disk; all but the last have a truth.
class SmallCorpus {
 public:
  explicit SmallCorpus(const std::string& lang = "eng") {
    std::vector<InputFile> files;
    for (const std::string text : {"ONE 1", "THE SECOND PAGE", "PAGE THREE", "LAST 44"}) {
      const std::string name = std::to_string(files.size());
      const auto path = folder_.write(name + ".png", encoded(rendered(text), ".png"));
      if (files.size() < 3) folder_.write(name + ".gt.txt", text);
      files.push_back({.path = path, .name = name});
    }
    std::vector<Problem> problems;
    corpus_ = Corpus::load(files, {.lang = lang}, problems);
    EXPECT_TRUE(problems.empty());
  }

  [[nodiscard]] const Corpus& corpus() const { return corpus_; }
  [[nodiscard]] const TempFolder& folder() const { return folder_; }

 private:
  TempFolder folder_;
  Corpus corpus_;
};

/// Cheap to run, with two free parameters.
inline Pipeline cheap_pipeline() {
  return parse_pipeline("[[stage]]\nuse=\"clahe\"\nclip=\"free\"\ntile=\"free\"\n", "t");
}

}  // namespace ocrtune::test
