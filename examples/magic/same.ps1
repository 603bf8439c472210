$samples = '%PDF-1.7 ', 'hello, world', '{ "a": 1 }', '#!/bin/sh', '<?xml version="1.0"?>', 'GIF89a'
Get-MagicVersion
foreach ($answer in 'Description', 'MimeType', 'MimeType, MimeEncoding', 'Extension') {
  $magic = Open-Magic $answer
  Import-MagicDatabase $magic
  foreach ($sample in $samples) { Get-ByteKind $magic ([byte[]][char[]]$sample) }
  Get-FileKind $magic /dev/null
  Close-Magic $magic
}
