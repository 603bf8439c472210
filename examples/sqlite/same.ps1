Get-SqliteVersion
$db = Open-Sqlite ':memory:' Memory, ReadWrite
Invoke-Sqlite $db "create table t (a, b); insert into t values (1, 'Grüße'), (9007199254740993, null), (0.1, x'00'), (-1, '')"
Get-SqliteRowId $db
$rows = Open-SqliteStatement $db 'select a, b from t order by rowid'
Get-SqliteColumnCount $rows
while ((Step-SqliteStatement $rows) -eq 'Row') {
  "$(Get-SqliteColumnType $rows 0) $(Get-SqliteInteger $rows 0) $(Get-SqliteColumnType $rows 1) [$(Get-SqliteText $rows 1)]"
}
Close-SqliteStatement $rows
Close-Sqlite $db
