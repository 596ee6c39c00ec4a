// The floor of workbooks: the cells of the sheet of messages, from C, row by row.
#include <sqlite3.h>
#include <stdio.h>
#include <xlsxwriter.h>

int write_workbook(const char *archive, const char *output) {
  sqlite3 *db;
  sqlite3_stmt *rows;
  const char *sql =
      "SELECT v.sent_at_ms, v.platform,"
      " (SELECT title FROM conversation c WHERE c.id = v.conversation_id),"
      " v.sender, v.text, v.kind, v.uid FROM messages v ORDER BY v.id";
  if (sqlite3_open_v2(archive, &db, SQLITE_OPEN_READONLY, 0) != SQLITE_OK
      || sqlite3_prepare_v2(db, sql, -1, &rows, 0) != SQLITE_OK) {
    fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    return 1;
  }
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  lxw_workbook *book = workbook_new_opt(output, &options);
  lxw_worksheet *sheet = workbook_add_worksheet(book, "messages");
  lxw_format *text = workbook_add_format(book);
  format_set_num_format(text, "@");
  lxw_format *time = workbook_add_format(book);
  format_set_num_format(time, "yyyy-mm-dd hh:mm:ss");
  // One sheet takes so many rows; the rest would go into the next.
  for (lxw_row_t row = 1; row < 1048576 && sqlite3_step(rows) == SQLITE_ROW; row++) {
    double days = (double)sqlite3_column_int64(rows, 0) / 86400000 + 25569;
    worksheet_write_number(sheet, row, 0, days, time);
    for (int column = 1; column < 7; column++) {
      const char *cell = (const char *)sqlite3_column_text(rows, column);
      if (cell) worksheet_write_string(sheet, row, (lxw_col_t)column, cell, text);
    }
  }
  sqlite3_finalize(rows);
  sqlite3_close(db);
  return workbook_close(book) == LXW_NO_ERROR ? 0 : 1;
}
