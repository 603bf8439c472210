$db = Open-Sqlite ':memory:' ReadWrite

Invoke-Sqlite $db 'create table planet (name text, moons integer, mass real)'

$insert = Open-SqliteStatement $db 'insert into planet values (?, ?, ?)'

foreach ($planet in ('Earth', 1, 1), ('Mars', 2, 0.107), ('Jupiter', 95, 317.8)) {
  Set-SqliteText $insert 1 $planet[0]
  Set-SqliteInteger $insert 2 $planet[1]
  Set-SqliteFloat $insert 3 $planet[2]
  $null = Step-SqliteStatement $insert
  Reset-SqliteStatement $insert
}

$rows = Open-SqliteStatement $db 'select name, moons, mass from planet order by mass desc'

while ((Step-SqliteStatement $rows) -eq 'Row') {
  [pscustomobject]@{ Name = Get-SqliteText $rows 0; Moons = Get-SqliteInteger $rows 1; Mass = Get-SqliteFloat $rows 2 }
}

Open-SqliteStatement $db 'select * from plant'

Get-SqliteMessage $db

Open-Sqlite /no/such/file.db

Close-SqliteStatement $rows; Close-SqliteStatement $insert; Close-Sqlite $db

Get-SqliteMessage $db
