function Get-Nothing { }
