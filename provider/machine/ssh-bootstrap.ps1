# Reads a script with its parameters from standard input and runs it: a command line has no room for it, and everybody
# on the machine can see it. The variable for pipeline input is not named, or the console host would read instead.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine()))
$given = $text | ConvertFrom-Json
$parameters = @{}
foreach ($parameter in $given.parameters.PSObject.Properties) {
    $parameters[$parameter.Name] = [string]$parameter.Value
}
$script = [ScriptBlock]::Create($given.script)
[Console]::Out.WriteLine([string](& $script @parameters))
