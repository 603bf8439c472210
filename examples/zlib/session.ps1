$text = [Text.Encoding]::UTF8.GetBytes('What is compressed once must be expanded once. ' * 200)

$packed = Compress-Byte $text -Level 9

"$($text.Length) bytes are $($packed.Length), of at most $(Get-CompressBound $text.Length)"

[Text.Encoding]::UTF8.GetString((Expand-Byte $packed)).Substring(0, 47)

'{0:x8}' -f (Get-Crc32 ([byte[]][char[]]'123456789'))

Expand-Byte (1, 2, 3)
