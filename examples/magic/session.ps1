$invoice = Join-Path ([IO.Path]::GetTempPath()) "invoice-$PID.pdf"; [IO.File]::WriteAllBytes($invoice, (0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3))

$magic = Open-Magic 'MimeType, MissingFileFails'; Import-MagicDatabase $magic

Get-FileKind $magic $invoice

Get-ByteKind $magic ([byte[]][char[]]'%PDF-1.7 ')

$words = Open-Magic; Import-MagicDatabase $words; Get-ByteKind $words ([byte[]][char[]]'%PDF-1.7 ')

Remove-Item $invoice; Get-FileKind $magic $invoice

(Get-MagicMessage $magic) -replace '`.*''', '...'

Close-Magic $magic; Get-FileKind $magic /bin/sh
