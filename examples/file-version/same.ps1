foreach ($name in 'kernel32.dll', 'user32.dll') {
  $block = Get-FileVersionBlock "C:\windows\system32\$name"
  $fixed = Get-FixedVersion $block
  "$(Measure-FileVersionBlock "C:\windows\system32\$name") $($fixed.dwSignature) $($fixed.dwFileVersionMS) $($fixed.dwFileVersionLS) $($fixed.dwFileType)"
  $language = [regex]::Match([Text.Encoding]::Unicode.GetString($block), '[0-9A-Fa-f]{8}').Value
  'FileVersion', 'OriginalFilename' | ForEach-Object { Get-VersionText $block "\StringFileInfo\$language\$_" }
}
