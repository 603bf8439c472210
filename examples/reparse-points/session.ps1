$handle = Open-PathHandle 'C:\Windows\..\WINDOWS\System32'

Get-FinalPath $handle

Get-ReparsePoint $handle

Close-PathHandle $handle

Open-PathHandle C:\no\such\path
