#pragma once

#include <map>
#include <memory>

#include "ocrtune/storage/storage.h"

namespace ocrtune::test {

/// What a study has, for storages that are opened on it at the same time.
struct StudyInMemory;

std::shared_ptr<StudyInMemory> study_in_memory(const StudyDefinition& definition);

/// A storage without a file: what is durable ends with the process.
std::unique_ptr<Storage> open_in_memory(std::shared_ptr<StudyInMemory> study);

}  // namespace ocrtune::test
