// -l:libsqlite3.so.0
#include <stdio.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
const char *sqlite3_libversion(void);
int sqlite3_open_v2(const char *filename, sqlite3 **db, int flags, const char *vfs);
int sqlite3_exec(sqlite3 *db, const char *sql, void *callback, void *data, char **message);
long long sqlite3_last_insert_rowid(sqlite3 *db);
int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int size, sqlite3_stmt **statement, const char **tail);
int sqlite3_step(sqlite3_stmt *statement);
int sqlite3_column_count(sqlite3_stmt *statement);
int sqlite3_column_type(sqlite3_stmt *statement, int column);
long long sqlite3_column_int64(sqlite3_stmt *statement, int column);
const unsigned char *sqlite3_column_text(sqlite3_stmt *statement, int column);
int sqlite3_finalize(sqlite3_stmt *statement);
int sqlite3_close_v2(sqlite3 *db);

int main(void) {
  const char *types[] = {"", "Integer", "Float", "Text", "Blob", "Null"};
  sqlite3 *db;
  sqlite3_stmt *rows;
  puts(sqlite3_libversion());
  if (sqlite3_open_v2(":memory:", &db, 0x82, NULL) != 0) return 1;
  if (sqlite3_exec(db, "create table t (a, b); insert into t values (1, 'Grüße'), (9007199254740993, null), (0.1, x'00'), (-1, '')", NULL, NULL, NULL) != 0) return 1;
  printf("%lld\n", sqlite3_last_insert_rowid(db));
  if (sqlite3_prepare_v2(db, "select a, b from t order by rowid", -1, &rows, NULL) != 0) return 1;
  printf("%d\n", sqlite3_column_count(rows));
  while (sqlite3_step(rows) == 100) {
    const int first = sqlite3_column_type(rows, 0), second = sqlite3_column_type(rows, 1);
    const char *text = (const char *)sqlite3_column_text(rows, 1);
    printf("%s %lld %s [%s]\n", types[first], sqlite3_column_int64(rows, 0), types[second], text ? text : "");
  }
  return sqlite3_finalize(rows) | sqlite3_close_v2(db);
}
