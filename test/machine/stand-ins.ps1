# Stand-ins for the commands of Windows that the licensing script calls, on a small licensing model. Cases come on standard
# input, each a line of JSON in base64: the model, and the script's path with its parameters, or a command line. Each is
# answered by a line of JSON with what it printed and which changes it made.
$global:model = $null
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
    [CmdletBinding()]
    param([Parameter(ValueFromPipeline)]$Rule)
    process { [pscustomobject]@{ LocalPort = $Rule.LocalPort; Protocol = 'TCP' } }
}

function Get-NetFirewallAddressFilter {
    [CmdletBinding()]
    param([Parameter(ValueFromPipeline)]$Rule)
    process { [pscustomobject]@{ RemoteAddress = 'Any'; LocalAddress = 'Any' } }
}

function Get-NetFirewallApplicationFilter {
    [CmdletBinding()]
    param([Parameter(ValueFromPipeline)]$Rule)
    process { [pscustomobject]@{ Program = 'Any' } }
}

function Get-NetFirewallProfile {
    [CmdletBinding()]
    param($PolicyStore)
    foreach ($name in @('Domain', 'Private', 'Public')) {
        [pscustomobject]@{ Name = $name; AllowLocalFirewallRules = 'NotConfigured' }
    }
}

function Restart-Service {
    [CmdletBinding()]
    param($Name, [switch]$Force)
    $global:log += "Restart-Service $Name"
}

function Set-NetFirewallRule {
    [CmdletBinding()]
    param($Name, $Enabled, $Direction, $Action, $Profile, $Protocol, $LocalPort, $LocalAddress, $RemoteAddress, $Program)
    $rule = $global:model.rules.$Name
    $rule.Enabled = $Enabled
    $rule.LocalPort = $LocalPort
    $rule.Profile = 0
    $bits = @{ Domain = 1; Private = 2; Public = 4 }
    foreach ($known in $Profile.Split(',')) { $rule.Profile = $rule.Profile -bor $bits[$known] }
}

function New-NetFirewallRule {
    [CmdletBinding()]
    param($Name, $DisplayName, $Enabled, $Direction, $Action, $Profile, $Protocol, $LocalPort, $LocalAddress, $RemoteAddress, $Program)
    $rule = [pscustomobject]@{ Enabled = ''; Direction = $Direction; Action = $Action; Profile = 0; LocalPort = '' }
    $global:model.rules | Add-Member -NotePropertyName $Name -NotePropertyValue $rule
    Set-NetFirewallRule -Name $Name -Enabled $Enabled -Profile $Profile -LocalPort $LocalPort
}

function Get-ItemProperty {
    [CmdletBinding()]
    param($Path, $Name)
    if (-not $Name) { return $global:model.windows.version }
    if ($Name -eq 'Reservations' -and $null -eq $global:model.registry.$Name) {
        $exception = New-Object System.Exception 'Es fehlt'
        $category = 'InvalidArgument'
        if ($global:model.registryMissing) { $category = 'ObjectNotFound' }
        if ($global:model.registryDenied -eq 'read') { $category = 'PermissionDenied' }
        $PSCmdlet.WriteError((New-Object System.Management.Automation.ErrorRecord $exception, 'Missing', $category, $null))
        return
    }
    if ($null -ne $global:model.registry.$Name) { [pscustomobject]@{ $Name = $global:model.registry.$Name } }
}

function New-ItemProperty($Path, $Name, $PropertyType, $Value, [switch]$Force) {
    if ($global:model.registryDenied -eq 'write') { throw (New-LicensingError '0x80070005') }
    $global:log += "New-ItemProperty $PropertyType $($Value.GetType().Name)"
    $global:model.registry | Add-Member -NotePropertyName $Name -NotePropertyValue $Value -Force
}

function Remove-ItemProperty($Path, $Name) { $global:model.registry.PSObject.Properties.Remove($Name) }

function Test-Path($Path) { -not $global:model.registryMissing }

function New-Item($Path) {
    $global:log += "New-Item $Path"
    $global:model.registryMissing = $false
}

function Get-Item($Path) {
    $key = New-Object psobject
    $key | Add-Member -MemberType ScriptMethod -Name Flush -Value { $global:log += 'Flush' }
    $key
}

function Get-WinEvent {
    [CmdletBinding()]
    param($FilterHashtable, $MaxEvents)
    $info = $global:model.events.([string]$FilterHashtable.Id)
    if ($info) { [pscustomobject]@{ Properties = @([pscustomobject]@{ Value = $info }) } }
}

function Invoke-Case($case) {
    $global:model = $case.model
    $global:log = @()
    $global:LASTEXITCODE = 0
    $printed = New-Object IO.StringWriter
    $failed = New-Object IO.StringWriter
    $out = [Console]::Out
    $err = [Console]::Error
    [Console]::SetOut($printed)
    [Console]::SetError($failed)
    try {
        if ($case.command) {
            $lines = Invoke-Expression $case.command
        } else {
            $lines = & $case.script -plan $case.plan -productKey $case.productKey
        }
    } finally {
        [Console]::SetOut($out)
        [Console]::SetError($err)
    }
    foreach ($line in $lines) { $printed.WriteLine($line) }
    [ordered]@{ status = $LASTEXITCODE; stdout = $printed.ToString(); stderr = $failed.ToString(); log = $global:log -join ', ' }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $case = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line)) | ConvertFrom-Json
    [Console]::Out.WriteLine((Invoke-Case $case | ConvertTo-Json -Compress))
}
