# Stand-ins for the commands of Windows that the licensing script calls, on a small licensing model.
# The model is in the variable LICENSING_MODEL, the script's path and parameters are in others, so that nothing secret is on
# a command line; LICENSING_COMMAND is run in place of the script.
$global:model = $env:LICENSING_MODEL | ConvertFrom-Json
$global:log = @()

function New-LicensingError($code) {
    $exception = New-Object System.Exception 'Ein Fehler, dessen Text niemand lesen soll'
    New-Object System.Management.Automation.ErrorRecord $exception, "HRESULT $code,Invoke-CimMethod", 'NotSpecified', $null
}

function Get-CimInstance($ClassName, $Filter, $Property, $InputObject) {
    if ($InputObject) { return $InputObject }
    if ($ClassName -eq 'SoftwareLicensingService') { return $global:model.service }
    if ($ClassName -eq 'SoftwareLicensingProduct') {
        return $global:model.products | Where-Object { $_.PartialProductKey -and $Filter -match $_.ApplicationID }
    }
    return $global:model.windows.$ClassName
}

function Invoke-CimMethod($InputObject, $MethodName, $Arguments) {
    $types = @($Arguments.Values | ForEach-Object { $_.GetType().Name }) -join ' '
    $global:log += ("$MethodName $types").Trim()
    if ($global:model.failures.$MethodName) { throw (New-LicensingError $global:model.failures.$MethodName) }
    if ($MethodName -eq 'InstallProductKey') {
        $product = $global:model.products | Where-Object { -not $_.LicenseIsAddon } | Select-Object -First 1
        $product.PartialProductKey = $Arguments.ProductKey.Substring(24)
        $product | Add-Member -NotePropertyName ProductKeyChannel -NotePropertyValue 'Volume:GVLK' -Force
    }
    if ($MethodName -eq 'Activate') { $InputObject.LicenseStatus = 1 }
    if ($MethodName -eq 'SetVLRenewalInterval') { $InputObject.VLRenewalInterval = $Arguments.RenewalInterval }
    $code = 0
    if ($global:model.returns.$MethodName) { $code = $global:model.returns.$MethodName }
    [pscustomobject]@{ ReturnValue = [uint32]$code }
}

function Get-WindowsFeature($Name) {
    if ($global:model.features.$Name) { [pscustomobject]@{ InstallState = $global:model.features.$Name } }
}

function Install-WindowsFeature($Name, [switch]$IncludeManagementTools) {
    $global:model.features.$Name = 'Installed'
    [pscustomobject]@{ Success = $true }
}

function Get-NetFirewallRule {
    [CmdletBinding()]
    param($Name)
    $global:model.rules.$Name
}

function Get-NetFirewallPortFilter {
    process { [pscustomobject]@{ LocalPort = $_.LocalPort } }
}

function Set-NetFirewallRule($Name, $Enabled, $Direction, $Action, $Profile, $Protocol, $LocalPort) {
    $rule = $global:model.rules.$Name
    $rule.Enabled = $Enabled
    $rule.LocalPort = $LocalPort
    $rule.Profile = 0
    $bits = @{ Domain = 1; Private = 2; Public = 4 }
    foreach ($known in $Profile.Split(',')) { $rule.Profile = $rule.Profile -bor $bits[$known] }
}

function New-NetFirewallRule($Name, $DisplayName, $Enabled, $Direction, $Action, $Profile, $Protocol, $LocalPort) {
    $rule = [pscustomobject]@{ Enabled = ''; Direction = $Direction; Action = $Action; Profile = 0; LocalPort = '' }
    $global:model.rules | Add-Member -NotePropertyName $Name -NotePropertyValue $rule
    Set-NetFirewallRule -Name $Name -Enabled $Enabled -Profile $Profile -LocalPort $LocalPort
}

function Get-ItemProperty {
    [CmdletBinding()]
    param($Path, $Name)
    if (-not $Name) { return $global:model.windows.version }
    if ($null -ne $global:model.registry.$Name) { [pscustomobject]@{ $Name = $global:model.registry.$Name } }
}

function New-ItemProperty($Path, $Name, $PropertyType, $Value, [switch]$Force) {
    $global:log += "New-ItemProperty $PropertyType $($Value.GetType().Name)"
    $global:model.registry | Add-Member -NotePropertyName $Name -NotePropertyValue $Value -Force
}

function Remove-ItemProperty($Path, $Name) { $global:model.registry.PSObject.Properties.Remove($Name) }

function Get-WinEvent {
    [CmdletBinding()]
    param($FilterHashtable, $MaxEvents)
    $info = $global:model.events.([string]$FilterHashtable.Id)
    if ($info) { [pscustomobject]@{ Properties = @([pscustomobject]@{ Value = $info }) } }
}

if ($env:LICENSING_COMMAND) {
    Invoke-Expression $env:LICENSING_COMMAND
} else {
    & $env:LICENSING_SCRIPT -plan $env:LICENSING_PLAN -productKey $env:LICENSING_KEY
}
$code = $LASTEXITCODE
[Console]::Error.WriteLine('log: ' + ($global:log -join ', '))
exit $code
