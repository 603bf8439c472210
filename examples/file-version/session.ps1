$block = Get-FileVersionBlock C:\windows\system32\kernel32.dll

$fixed = Get-FixedVersion $block

"$($fixed.dwFileVersionMS -shr 16).$($fixed.dwFileVersionMS -band 0xffff)"

$language = [regex]::Match([Text.Encoding]::Unicode.GetString($block), '[0-9A-Fa-f]{8}').Value

Get-VersionText $block "\StringFileInfo\$language\CompanyName"

Get-VersionText $block "\StringFileInfo\$language\NoSuchText"

Get-FileVersionBlock C:\no\such\file.dll
