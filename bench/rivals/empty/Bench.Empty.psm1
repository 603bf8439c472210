# An empty module, to measure the minimum time of Import-Module.
