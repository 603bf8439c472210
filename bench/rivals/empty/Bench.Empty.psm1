# Nothing: the least that Import-Module does.
