'C:\', 'C:\windows\SYSTEM32\Kernel32.dll' | ForEach-Object { Get-FinalPath (Open-PathHandle $_) }
try { $null = Get-ReparsePoint (Open-PathHandle C:\windows) -ErrorAction Stop } catch { $_.Exception.Data['win32'] }
