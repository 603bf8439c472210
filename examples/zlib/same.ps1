$text = [byte[]][char[]]('hello, world ' * 1000)
Get-ZlibVersion
Get-Crc32 $text
Get-Adler32 $text
0, 1, 9 | ForEach-Object { $packed = Compress-Byte $text -Level $_; "$($packed.Length) $(Get-Crc32 $packed)" }
