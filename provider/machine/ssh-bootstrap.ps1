# Reads a script with its parameters from standard input and runs it: a command line has no room for it, and everybody
# on the machine can see it. The variable for pipeline input is not named, or the console host would read instead.
Set-StrictMode -Off
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    'pulumi-windows-kms: ' + $ExecutionContext.SessionState.LanguageMode
    return
}
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# An error would quote what was read, and secrets with it.
try {
    $text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine()))
    $given = $text | ConvertFrom-Json
} catch {
    $given = $null
}
if (-not $given.script) {
    [Console]::Error.WriteLine('standard input has no licensing script')
    exit 1
}
$parameters = @{}
foreach ($parameter in $given.parameters.PSObject.Properties) {
    $parameters[$parameter.Name] = [string]$parameter.Value
}
$script = [ScriptBlock]::Create($given.script)
[Console]::Out.WriteLine([string](& $script @parameters))
