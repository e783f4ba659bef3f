#pragma once

#include <memory>
#include <string>
#include <utility>

#include "ocrtune/storage/sql.h"

namespace ocrtune::test {

/// Passes everything on to a database. The answer to the first statement that contains `lost` does
/// not come: it is done, and then there is no connection until the next one is made.
class LossyDatabase final : public SqlDatabase {
 public:
  LossyDatabase(std::unique_ptr<SqlDatabase> database, std::shared_ptr<std::string> lost)
      : database_(std::move(database)), lost_(std::move(lost)) {}

  bool reconnect() override { return true; }
  void execute(const std::string& script) override {
    database_->execute(script);
    lose(script);
  }
  [[nodiscard]] std::unique_ptr<SqlStatement> prepare(const std::string& statement) override {
    return std::make_unique<LossyStatement>(*this, database_->prepare(statement), statement);
  }
  [[nodiscard]] std::set<std::string> columns_of(const std::string& table) override {
    return database_->columns_of(table);
  }
  void create_schema() override { database_->create_schema(); }
  void create_optuna_types() override { database_->create_optuna_types(); }
  void create_tables(std::string_view script) override { database_->create_tables(script); }
  void prepare_for_writing() override { database_->prepare_for_writing(); }
  void prepare_for_tasks() override { database_->prepare_for_tasks(); }
  [[nodiscard]] std::string clock() const override { return database_->clock(); }
  [[nodiscard]] std::string skipping_locked() const override {
    return database_->skipping_locked();
  }
  void begin() override { database_->begin(); }
  void commit() override {
    database_->commit();
    lose("COMMIT");
  }
  void roll_back() noexcept override { database_->roll_back(); }

 private:
  class LossyStatement final : public SqlStatement {
   public:
    LossyStatement(LossyDatabase& database, std::unique_ptr<SqlStatement> statement,
                   std::string text)
        : database_(database), statement_(std::move(statement)), text_(std::move(text)) {}

    void bind_integer(int place, std::int64_t value) override {
      statement_->bind_integer(place, value);
    }
    void bind(int place, double value) override { statement_->bind(place, value); }
    void bind(int place, std::string_view value) override { statement_->bind(place, value); }
    void bind_null(int place) override { statement_->bind_null(place); }
    void run() override {
      statement_->run();
      database_.lose(text_);
    }
    void stream() override { statement_->stream(); }
    bool next() override {
      if (database_.loses(text_)) {
        statement_->run();
        database_.lose(text_);
      }
      return statement_->next();
    }
    [[nodiscard]] SqlType type(int column) const override { return statement_->type(column); }
    [[nodiscard]] std::int64_t integer(int column) const override {
      return statement_->integer(column);
    }
    [[nodiscard]] double real(int column) const override { return statement_->real(column); }
    [[nodiscard]] std::string_view view(int column) const override {
      return statement_->view(column);
    }

   private:
    LossyDatabase& database_;
    std::unique_ptr<SqlStatement> statement_;
    std::string text_;
  };

  [[nodiscard]] bool loses(const std::string& text) const {
    return !lost_->empty() && text.find(*lost_) != std::string::npos;
  }
  void lose(const std::string& text) {
    if (!loses(text)) return;
    lost_->clear();
    throw ConnectionLost("lost");
  }

  std::unique_ptr<SqlDatabase> database_;
  std::shared_ptr<std::string> lost_;
};

}  // namespace ocrtune::test
