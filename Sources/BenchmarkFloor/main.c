// The floor that every import is measured against: SQLite alone, from C, with the same schema,
// the same pragmas and the same rows in the same order, full-text filled directly.
//
// usage: benchmark-floor SCHEMA.sql ROWS OUTPUT.sqlite
//        benchmark-floor index TOKENIZER TEXTS OUTPUT.sqlite
//        benchmark-floor workbook ARCHIVE.sqlite OUTPUT.xlsx
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { commit_rows = 200000, words_at_once = 6 << 20, most_words = 1 << 20 };

static sqlite3 *db;

static void check(int code, const char *what) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
  exit(1);
}

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0), sql);
  return statement;
}

static void run(sqlite3_stmt *statement) {
  check(sqlite3_step(statement), "step");
  sqlite3_reset(statement);
}

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*size + 1);
  if (!bytes || fread(bytes, 1, *size, file) != *size) { perror(path); exit(1); }
  bytes[*size] = 0;
  fclose(file);
  return bytes;
}

static const char *cursor;

static int64_t number(void) {
  int64_t value;
  memcpy(&value, cursor, 8);
  cursor += 8;
  return value;
}

// Binds a text column: a length, -1 for NULL, then the bytes.
static int bind_text(sqlite3_stmt *statement, int index) {
  int64_t length = number();
  if (length < 0) { sqlite3_bind_null(statement, index); return 0; }
  sqlite3_bind_text(statement, index, cursor, (int)length, SQLITE_STATIC);
  cursor += length;
  return (int)length;
}

// The words of a message, waiting for their place in the order of rows.
struct words {
  int64_t id;
  const char *bytes;
  int64_t length;
};

static int by_id(const void *left, const void *right) {
  int64_t a = ((const struct words *)left)->id, b = ((const struct words *)right)->id;
  return (a > b) - (a < b);
}

static void write_words(sqlite3_stmt *insert, struct words *held, int64_t count) {
  qsort(held, (size_t)count, sizeof *held, by_id);
  for (int64_t index = 0; index < count; index++) {
    sqlite3_bind_int64(insert, 1, held[index].id);
    sqlite3_bind_text(insert, 2, held[index].bytes, (int)held[index].length, SQLITE_STATIC);
    run(insert);
  }
}

static double seconds_since(struct timespec start) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

// Fills a search index with texts (id, length, bytes) that stand in the order of their ids.
static int fill_index(const char *tokenizer, const char *texts, const char *output) {
  size_t size;
  char *bytes = read_file(texts, &size);
  char schema[400];
  snprintf(schema, sizeof schema,
           "PRAGMA journal_mode = WAL; PRAGMA cache_size = -32768;"
           "CREATE VIRTUAL TABLE t USING fts5(words, content='', %s);"
           "INSERT INTO t(t, rank) VALUES ('hashsize', 16777216);", tokenizer);
  unlink(output);
  struct timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  check(sqlite3_open(output, &db), "open");
  check(sqlite3_exec(db, schema, 0, 0, 0), "schema");
  sqlite3_stmt *insert = prepare("INSERT INTO t(rowid, words) VALUES (?,?)");
  check(sqlite3_exec(db, "BEGIN", 0, 0, 0), "begin");
  int64_t rows = 0;
  for (cursor = bytes; cursor < bytes + size; rows++) {
    sqlite3_bind_int64(insert, 1, number());
    bind_text(insert, 2);
    run(insert);
  }
  check(sqlite3_exec(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)", 0, 0, 0), "commit");
  printf("%lld %.3f\n", (long long)rows, seconds_since(start));
  return 0;
}

int write_workbook(const char *archive, const char *output);

int main(int count, char **arguments) {
  if (count == 4 && strcmp(arguments[1], "workbook") == 0)
    return write_workbook(arguments[2], arguments[3]);
  if (count == 5 && strcmp(arguments[1], "index") == 0)
    return fill_index(arguments[2], arguments[3], arguments[4]);
  if (count != 4) { fprintf(stderr, "usage: %s SCHEMA ROWS OUTPUT\n", arguments[0]); return 64; }
  size_t size;
  char *schema = read_file(arguments[1], &size);
  char *rows = read_file(arguments[2], &size);
  unlink(arguments[3]);
  struct timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  check(sqlite3_open(arguments[3], &db), "open");
  check(sqlite3_exec(db, schema, 0, 0, 0), "schema");
  sqlite3_stmt *message =
      prepare("INSERT OR IGNORE INTO message VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,NULL)");
  sqlite3_stmt *sighting = prepare("INSERT INTO sighting VALUES (?,?,?,?,?,?,?)");
  sqlite3_stmt *words = prepare("INSERT INTO message_text(rowid, words) VALUES (?,?)");
  check(sqlite3_exec(db, "BEGIN IMMEDIATE", 0, 0, 0), "begin");
  int64_t written = 0, committed = 0, waiting_bytes = 0, waiting = 0;
  struct words *held = malloc(most_words * sizeof *held);
  if (!held) { perror("malloc"); return 1; }
  cursor = rows;
  while (cursor < rows + size) {
    int64_t in_batch = number();
    for (int64_t row = 0; row < in_batch; row++) {
      int64_t id = number();
      sqlite3_bind_int64(message, 1, id);
      for (int column = 2; column <= 7; column++) sqlite3_bind_int64(message, column, number());
      bind_text(message, 8);
      bind_text(message, 9);
      for (int column = 10; column <= 14; column++) sqlite3_bind_int64(message, column, number());
      run(message);
      sqlite3_bind_int64(sighting, 1, id);
      for (int column = 2; column <= 7; column++) sqlite3_bind_int64(sighting, column, number());
      run(sighting);
      int64_t length = number();
      if (length > 0) {
        held[waiting++] = (struct words){id, cursor, length};
        waiting_bytes += length;
        cursor += length;
      }
    }
    written += in_batch;
    int is_due = written - committed >= commit_rows;
    if (waiting_bytes > words_at_once || is_due || waiting > most_words / 2) {
      write_words(words, held, waiting);
      waiting = waiting_bytes = 0;
    }
    if (is_due) {
      check(sqlite3_exec(db, "COMMIT; BEGIN IMMEDIATE", 0, 0, 0), "commit");
      committed = written;
    }
  }
  write_words(words, held, waiting);
  check(sqlite3_exec(db, "COMMIT", 0, 0, 0), "commit");
  printf("%lld %.3f\n", (long long)written, seconds_since(start));
  return 0;
}
