# Stand-ins for the commands of Windows that the package's scripts call. Each has parameters of the real command, under their
# names and types, and raises errors as that does. What Windows is and does comes from the other end: a request on standard
# output, its reply on standard input. So do the cases; each is answered by what it printed.
# Nothing of these may have a name that a script could take.
$global:standIn = @{ in = [Console]::In; out = [Console]::Out; scripts = @{} }
$global:ErrorActionPreference = 'Continue'

enum Enabled { True = 1; False = 2 }
enum Direction { Inbound = 1; Outbound = 2 }
enum Action { NotConfigured = 0; Allow = 2; Block = 4 }
[Flags()] enum Profile { Any = 0; Domain = 1; Private = 2; Public = 4; NotApplicable = 65535 }
enum InstallState { Available; Installed; Removed; UninstallPending; InstallPending }

class FailedCommand : Exception {
    FailedCommand([string]$message, [Exception]$cause, [int]$number) : base($message, $cause) {
        if ($number) { $this.HResult = $number }
    }
}

class CimException : FailedCommand {
    [string]$MessageId
    [int]$NativeErrorCode = 1
    [uint32]$StatusCode = 1
    [object]$ErrorData
    CimException([string]$message, [Exception]$cause, [int]$number, [string]$id) : base($message, $cause, $number) {
        $this.MessageId = $id
    }
}

function Read-StandInLine {
    $line = $standIn.in.ReadLine()
    if ($null -eq $line) { [Environment]::Exit(0) }
    return [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line)) | ConvertFrom-Json -NoEnumerate -DateKind String
}

function ConvertTo-StandInNumber($number) {
    if ($null -eq $number) { return 0 }
    return [BitConverter]::ToInt32([BitConverter]::GetBytes([uint32]$number), 0)
}

function New-StandInFailure($failure, [string]$command) {
    $cause = $null
    if ($failure.innerHresult) { $cause = [FailedCommand]::new('Ursache', $null, (ConvertTo-StandInNumber $failure.innerHresult)) }
    $number = ConvertTo-StandInNumber $failure.hresult
    if ($failure.type -eq 'CimException') {
        $exception = [CimException]::new($failure.message, $cause, $number, $failure.id)
    } else {
        $exception = [FailedCommand]::new($failure.message, $cause, $number)
    }
    return [Management.Automation.ErrorRecord]::new($exception, $failure.id, $failure.category, $null)
}

# Sends what a command was called with, and gives the reply.
function Send-StandInRequest([string]$command, [hashtable]$request) {
    Set-StrictMode -Off
    $request.command = $command
    $standIn.out.WriteLine((ConvertTo-Json @{ request = $request } -Compress -Depth 8 -EscapeHandling EscapeNonAscii))
    $reply = Read-StandInLine
    if ($reply.failure) { $reply | Add-Member -NotePropertyName record -NotePropertyValue (New-StandInFailure $reply.failure) }
    return $reply
}

# Gives a command's result, or raises its error on the command. A binary command sees the preferences of its caller.
function Invoke-StandIn($cmdlet, [hashtable]$request) {
    $reply = Send-StandInRequest $cmdlet.MyInvocation.MyCommand.Name $request
    if ($reply.failure.terminating) { $cmdlet.ThrowTerminatingError($reply.record) }
    if ($reply.failure) {
        $cmdlet.WriteError($reply.record)
        return
    }
    return , $reply.value
}

$standIn.cimTypes = @{
    string = [string]; boolean = [bool]; uint32 = [uint32]; uint16 = [uint16]; datetime = [datetime]
}

# An instance is what was read: it does not change with the machine.
function New-StandInInstance($read) {
    $instance = [pscustomobject]@{ PSTypeName = 'Microsoft.Management.Infrastructure.CimInstance' }
    $members = $instance.PSObject.Properties
    foreach ($property in $read.properties) {
        $name, $type, $value = $property
        if ($null -ne $value) {
            if ($type -eq 'datetime') { $value = [datetime]::Parse($value, [cultureinfo]::InvariantCulture).ToLocalTime() }
            $value = [Management.Automation.LanguagePrimitives]::ConvertTo($value, $standIn.cimTypes[$type], [cultureinfo]::InvariantCulture)
        }
        $members.Add([psnoteproperty]::new($name, $value))
    }
    $members.Add([psnoteproperty]::new('CimClass', [pscustomobject]@{ CimClassName = $read.class }))
    return $instance
}

function Get-StandInIdentity($instance) {
    if ($instance.PSObject.TypeNames -notcontains 'Microsoft.Management.Infrastructure.CimInstance') {
        throw [Management.Automation.PSInvalidCastException]::new('no CIM instance')
    }
    $values = @{}
    foreach ($property in $instance.PSObject.Properties) {
        if ($property.Name -ne 'CimClass') { $values[$property.Name] = $property.Value }
    }
    return @{ class = $instance.CimClass.CimClassName; values = $values }
}

function Get-CimInstance {
    [CmdletBinding(DefaultParameterSetName = 'Class')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'Class')][string]$ClassName,
        [Parameter(ParameterSetName = 'Class')][string]$Filter,
        [Parameter(ParameterSetName = 'Class')][string[]]$Property,
        [Parameter(ParameterSetName = 'Class')][string]$Namespace = 'root/cimv2',
        [Parameter(Mandatory, ParameterSetName = 'Instance', ValueFromPipeline)][psobject]$InputObject,
        [uint32]$OperationTimeoutSec
    )
    process {
        if ($PSCmdlet.ParameterSetName -eq 'Instance') {
            $found = Invoke-StandIn $PSCmdlet @{ instance = Get-StandInIdentity $InputObject }
        } else {
            $found = Invoke-StandIn $PSCmdlet @{ class = $ClassName; filter = $Filter; properties = $Property; namespace = $Namespace }
        }
        foreach ($read in $found) { New-StandInInstance $read }
    }
}

function Invoke-CimMethod {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, ValueFromPipeline)][psobject]$InputObject,
        [Parameter(Mandatory, Position = 0)][string]$MethodName,
        [Parameter(Position = 1)][Collections.IDictionary]$Arguments,
        [uint32]$OperationTimeoutSec
    )
    process {
        $given = @(foreach ($entry in @($Arguments.GetEnumerator())) {
            $type = 'null'
            if ($null -ne $entry.Value) { $type = $entry.Value.GetType().Name }
            @{ name = [string]$entry.Key; type = $type; value = $entry.Value }
        })
        $answer = Invoke-StandIn $PSCmdlet @{ instance = Get-StandInIdentity $InputObject; method = $MethodName; arguments = $given }
        if ($null -ne $answer) { [pscustomobject]@{ ReturnValue = [uint32]$answer; PSComputerName = $null } }
    }
}

function Get-WindowsFeature {
    [CmdletBinding()]
    param([Parameter(Position = 0)][string[]]$Name, [string]$ComputerName, [string]$LogPath)
    foreach ($one in $Name) {
        $state = Invoke-StandIn $PSCmdlet @{ name = $one }
        if ($state) {
            $installed = $state -eq 'Installed'
            [pscustomobject]@{ Name = $one; Installed = $installed; InstallState = [InstallState]$state }
        }
    }
}

function Install-WindowsFeature {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)][string[]]$Name, [switch]$Restart, [switch]$IncludeAllSubFeature,
        [switch]$IncludeManagementTools, [string[]]$Source, [string]$ComputerName, [string]$LogPath
    )
    $success = Invoke-StandIn $PSCmdlet @{ name = $Name[0] }
    if ($null -ne $success) { [pscustomobject]@{ Success = [bool]$success; RestartNeeded = 'No'; ExitCode = 'Success' } }
}

function Assert-StandInPath([string]$path) {
    if (-not $path.StartsWith('HKLM:\')) { throw "no path of the registry: $path" }
}

function Get-ItemProperty {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string]$Path, [Parameter(Position = 1)][string[]]$Name)
    Assert-StandInPath $Path
    $values = Invoke-StandIn $PSCmdlet @{ path = $Path; name = $Name }
    if ($null -eq $values) { return }
    $item = [pscustomobject]@{}
    foreach ($value in $values) {
        $content = $value.value
        if ($value.kind -eq 'MultiString') { $content = [string[]]@($content) }
        if ($value.kind -eq 'DWord') { $content = [int]$content }
        $item.PSObject.Properties.Add([psnoteproperty]::new($value.name, $content))
    }
    $item.PSObject.Properties.Add([psnoteproperty]::new('PSPath', "Microsoft.PowerShell.Core\Registry::$Path"))
    return $item
}

function New-ItemProperty {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)][string]$Path, [Parameter(Mandatory, Position = 1)][string]$Name,
        [ValidateSet('String', 'ExpandString', 'Binary', 'DWord', 'MultiString', 'QWord', 'Unknown')]
        [string]$PropertyType = 'String',
        [object]$Value, [switch]$Force
    )
    Assert-StandInPath $Path
    $given = $Value.GetType().Name
    if ($PropertyType -eq 'MultiString') { $Value = [string[]]$Value }
    $written = Invoke-StandIn $PSCmdlet @{
        path = $Path; name = $Name; kind = $PropertyType; value = $Value; force = [bool]$Force; given = $given
    }
    if ($written) { [pscustomobject]@{ $Name = $Value; PSPath = $Path } }
}

function Set-ItemProperty {
    [CmdletBinding(SupportsShouldProcess)]
    param(
        [Parameter(Mandatory, Position = 0)][string]$Path, [Parameter(Mandatory, Position = 1)][string]$Name,
        [Parameter(Mandatory, Position = 2)][object]$Value,
        [ValidateSet('String', 'ExpandString', 'Binary', 'DWord', 'MultiString', 'QWord', 'Unknown')][string]$Type = 'String',
        [switch]$Force
    )
    Assert-StandInPath $Path
    $given = $Value.GetType().Name
    $null = Invoke-StandIn $PSCmdlet @{ path = $Path; name = $Name; kind = $Type; value = $Value; force = $true; given = $given }
}

function Remove-ItemProperty {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory, Position = 0)][string]$Path, [Parameter(Mandatory, Position = 1)][string[]]$Name, [switch]$Force)
    Assert-StandInPath $Path
    foreach ($one in $Name) { $null = Invoke-StandIn $PSCmdlet @{ path = $Path; name = $one } }
}

function Test-Path {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string]$Path)
    Assert-StandInPath $Path
    return [bool](Invoke-StandIn $PSCmdlet @{ path = $Path })
}

function New-Item {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory, Position = 0)][string]$Path, [switch]$Force)
    Assert-StandInPath $Path
    $made = Invoke-StandIn $PSCmdlet @{ path = $Path; force = [bool]$Force }
    if ($made) { New-StandInKey $Path }
}

function New-StandInKey([string]$path) {
    $key = [pscustomobject]@{ Name = $path.Replace('HKLM:', 'HKEY_LOCAL_MACHINE') }
    $flush = {
        $standIn.out.WriteLine('{"request":{"command":"RegistryKey.Flush"}}')
        $reply = Read-StandInLine
        if ($reply.failure) { throw (New-StandInFailure $reply.failure).Exception }
    }
    $key | Add-Member -MemberType ScriptMethod -Name Flush -Value $flush -PassThru
}

# Windows' own key store is not to be had elsewhere. This is the class's part that a script may use, with its contract: a name is
# needed, what is opened as existing exists, and a pair is removed by Clear where it is not to persist.
function New-StandInKeyPair([int]$bits, [Security.Cryptography.CspParameters]$place) {
    if ($bits -lt 384 -or $bits % 8) { throw "no size of a key: $bits" }
    if ($place.ProviderType -ne 24 -or -not $place.KeyContainerName) { throw 'no place of the key store' }
    $machineStore = [Security.Cryptography.CspProviderFlags]::UseMachineKeyStore
    if (-not ($place.Flags -band $machineStore)) { throw 'not in the store of the machine' }
    $send = {
        param([string]$command, [hashtable]$request)
        $request.command = $command
        $standIn.out.WriteLine((ConvertTo-Json @{ request = $request } -Compress -Depth 4 -EscapeHandling EscapeNonAscii))
        $reply = Read-StandInLine
        if ($reply.failure) { throw (New-StandInFailure $reply.failure).Exception }
        return $reply.value
    }
    $existing = [bool]($place.Flags -band [Security.Cryptography.CspProviderFlags]::UseExistingKey)
    $public = & $send 'KeyPair.Open' @{ name = $place.KeyContainerName; existing = $existing }
    $pair = [pscustomobject]@{ PersistKeyInCsp = $true; Container = $place.KeyContainerName; Send = $send; Public = $public }
    $pair | Add-Member -MemberType ScriptMethod -Name ExportParameters -Value {
        param([bool]$private)
        if ($private) { throw 'the private key cannot be exported' }
        [pscustomobject]@{
            Modulus = [Convert]::FromBase64String($this.Public.modulus)
            Exponent = [Convert]::FromBase64String($this.Public.exponent)
        }
    }
    $pair | Add-Member -MemberType ScriptMethod -Name Decrypt -Value {
        param([byte[]]$bytes, [bool]$oaep)
        $sealed = [Convert]::ToBase64String($bytes)
        $text = & $this.Send 'KeyPair.Decrypt' @{ name = $this.Container; value = $sealed; force = $oaep }
        return , [Text.Encoding]::UTF8.GetBytes($text)
    }
    $pair | Add-Member -MemberType ScriptMethod -Name Clear -Value {
        if (-not $this.PersistKeyInCsp) { $null = & $this.Send 'KeyPair.Remove' @{ name = $this.Container } }
    }
    return $pair
}

function New-Object {
    [CmdletBinding(DefaultParameterSetName = 'Net')]
    param([Parameter(Mandatory, Position = 0)][string]$TypeName, [Parameter(Position = 1)][object[]]$ArgumentList, [Collections.IDictionary]$Property)
    if ($TypeName -eq 'Security.Cryptography.RSACryptoServiceProvider') {
        try {
            return New-StandInKeyPair @ArgumentList
        } catch {
            $cause = [Management.Automation.MethodInvocationException]::new('Ausnahme beim Aufrufen von .ctor', $_.Exception)
            $id = 'ConstructorInvokedThrowException,Microsoft.PowerShell.Commands.NewObjectCommand'
            $PSCmdlet.ThrowTerminatingError([Management.Automation.ErrorRecord]::new($cause, $id, 'InvalidOperation', $null))
        }
    }
    Microsoft.PowerShell.Utility\New-Object @PSBoundParameters
}

function Get-Item {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string]$Path)
    Assert-StandInPath $Path
    if (Invoke-StandIn $PSCmdlet @{ path = $Path }) { New-StandInKey $Path }
}

function Get-WinEvent {
    [CmdletBinding()]
    param([Parameter(Mandatory)][hashtable[]]$FilterHashtable, [int64]$MaxEvents, [switch]$Oldest, [string]$ComputerName)
    $known = 'LogName', 'ProviderName', 'Path', 'Keywords', 'Id', 'Level', 'StartTime', 'EndTime', 'UserID', 'Data'
    foreach ($key in $FilterHashtable[0].Keys) { if ($known -notcontains $key) { throw "no key of a filter: $key" } }
    $filter = $FilterHashtable[0].Clone()
    # The real command writes the time into a query of whole seconds.
    if ($filter.StartTime) { $filter.StartTime = $filter.StartTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.000Z') }
    $found = Invoke-StandIn $PSCmdlet @{ filter = $filter; maxEvents = $MaxEvents; oldest = [bool]$Oldest }
    foreach ($event in $found) {
        $values = @(foreach ($value in $event.values) { [pscustomobject]@{ Value = $value } })
        [pscustomobject]@{ Id = $event.id; TimeCreated = [datetime]$event.time; Properties = $values }
    }
}

function Restart-Service {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(Mandatory, Position = 0)][string[]]$Name, [switch]$Force, [switch]$PassThru)
    $null = Invoke-StandIn $PSCmdlet @{ name = $Name[0]; force = [bool]$Force }
}

function Get-Service {
    [CmdletBinding()]
    param([Parameter(Position = 0)][string[]]$Name)
    $status = Invoke-StandIn $PSCmdlet @{ name = $Name[0] }
    if ($status) { [pscustomobject]@{ Name = $Name[0]; Status = $status } }
}

function Clear-DnsClientCache {
    [CmdletBinding(SupportsShouldProcess)]
    param([switch]$AsJob, [int]$ThrottleLimit)
    $null = Invoke-StandIn $PSCmdlet @{}
}

# Waits take no time here.
function Start-Sleep {
    [CmdletBinding()]
    param([Parameter(Position = 0)][double]$Seconds, [int]$Milliseconds)
    [Threading.Thread]::Sleep(1)
}

# The commands of NetSecurity are script functions of a module, and do not see the preferences of their caller.
$netSecurity = New-Module -Name NetSecurity -ArgumentList ${function:Send-StandInRequest} -ScriptBlock {
    param($send)
    function Invoke-Request($cmdlet, [hashtable]$request) {
        $reply = & $send $cmdlet.MyInvocation.MyCommand.Name $request
        if ($reply.failure) {
            $cmdlet.WriteError($reply.record)
            return
        }
        return , $reply.value
    }
    function New-Rule($read) {
        [pscustomobject]@{
            Name = $read.name; InstanceID = $read.name; DisplayName = $read.displayName
            Enabled = $(if ($read.enabled) { [Enabled]::True } else { [Enabled]::False })
            Direction = [Direction]$read.direction; Action = [Action]$read.action; Profile = [Profile][int]$read.profile
            PSTypeName = 'MSFT_NetFirewallRule'
        }
    }
    function Get-Single($values) { if (@($values).Count -eq 1) { @($values)[0] } else { , [string[]]$values } }
    function Get-NetFirewallRule {
        [CmdletBinding()]
        param([string[]]$Name, [string[]]$DisplayName, [string]$PolicyStore, [switch]$All)
        foreach ($one in $Name) {
            $read = Invoke-Request $PSCmdlet @{ name = $one; policyStore = $PolicyStore }
            if ($null -ne $read) { New-Rule $read }
        }
    }
    function Get-NetFirewallPortFilter {
        [CmdletBinding()]
        param([Parameter(Mandatory, ValueFromPipeline)][PSTypeName('MSFT_NetFirewallRule')]$AssociatedNetFirewallRule, [string]$PolicyStore)
        process {
            $read = Invoke-Request $PSCmdlet @{ name = $AssociatedNetFirewallRule.Name }
            if ($null -ne $read) { [pscustomobject]@{ Protocol = $read.protocol; LocalPort = Get-Single $read.localPort; RemotePort = 'Any' } }
        }
    }
    function Get-NetFirewallAddressFilter {
        [CmdletBinding()]
        param([Parameter(Mandatory, ValueFromPipeline)][PSTypeName('MSFT_NetFirewallRule')]$AssociatedNetFirewallRule, [string]$PolicyStore)
        process {
            $read = Invoke-Request $PSCmdlet @{ name = $AssociatedNetFirewallRule.Name }
            if ($null -ne $read) { [pscustomobject]@{ LocalAddress = 'Any'; RemoteAddress = Get-Single $read.remoteAddress } }
        }
    }
    function Get-NetFirewallApplicationFilter {
        [CmdletBinding()]
        param([Parameter(Mandatory, ValueFromPipeline)][PSTypeName('MSFT_NetFirewallRule')]$AssociatedNetFirewallRule, [string]$PolicyStore)
        process {
            $read = Invoke-Request $PSCmdlet @{ name = $AssociatedNetFirewallRule.Name }
            if ($null -ne $read) { [pscustomobject]@{ Program = $read.program; Package = $null } }
        }
    }
    function Get-NetFirewallServiceFilter {
        [CmdletBinding()]
        param([Parameter(Mandatory, ValueFromPipeline)][PSTypeName('MSFT_NetFirewallRule')]$AssociatedNetFirewallRule, [string]$PolicyStore)
        process {
            $read = Invoke-Request $PSCmdlet @{ name = $AssociatedNetFirewallRule.Name }
            if ($null -ne $read) { [pscustomobject]@{ Service = $read.service } }
        }
    }
    function Get-NetFirewallProfile {
        [CmdletBinding()]
        param([Parameter(Position = 0)][Alias('Profile')][string[]]$Name, [string]$PolicyStore, [switch]$All)
        if (-not $Name) { $Name = 'Domain', 'Private', 'Public' }
        foreach ($one in $Name) {
            $allows = Invoke-Request $PSCmdlet @{ name = $one; policyStore = $PolicyStore }
            if ($null -ne $allows) {
                [pscustomobject]@{ Name = $one; Enabled = [Enabled]::True; AllowLocalFirewallRules = $(if ($allows) { 'True' } else { 'False' }) }
            }
        }
    }
    function ConvertTo-Request($given) {
        $values = @{}
        foreach ($key in $given.Keys) {
            $value = $given[$key]
            if ($value -is [enum]) { $value = if ($key -eq 'Profile') { [int]$value } else { [string]$value } }
            if ($key -ne 'ErrorAction') { $values[$key] = $value }
        }
        return $values
    }
    function Set-NetFirewallRule {
        [CmdletBinding(SupportsShouldProcess)]
        param(
            [Parameter(Mandatory)][string[]]$Name, [string]$NewDisplayName, [string]$Description, [Enabled]$Enabled, [Profile]$Profile,
            [Direction]$Direction, [Action]$Action, [string[]]$LocalAddress, [string[]]$RemoteAddress, [string]$Protocol,
            [string[]]$LocalPort, [string[]]$RemotePort, [string]$Program, [string]$Service, [string]$PolicyStore
        )
        $null = Invoke-Request $PSCmdlet @{ rule = ConvertTo-Request $PSBoundParameters }
    }
    function New-NetFirewallRule {
        [CmdletBinding(SupportsShouldProcess)]
        param(
            [string]$Name, [Parameter(Mandatory)][string]$DisplayName, [string]$Description, [string]$Group, [Enabled]$Enabled,
            [Profile]$Profile, [Direction]$Direction, [Action]$Action, [string[]]$LocalAddress, [string[]]$RemoteAddress,
            [string]$Protocol, [string[]]$LocalPort, [string[]]$RemotePort, [string]$Program, [string]$Service, [string]$PolicyStore
        )
        $read = Invoke-Request $PSCmdlet @{ rule = ConvertTo-Request $PSBoundParameters }
        if ($null -ne $read) { New-Rule $read }
    }
    function Enable-NetFirewallRule {
        [CmdletBinding(SupportsShouldProcess)]
        param([Parameter(Mandatory)][string[]]$Name)
        $null = Invoke-Request $PSCmdlet @{ rule = @{ Name = $Name; Enabled = 'True' } }
    }
    function Disable-NetFirewallRule {
        [CmdletBinding(SupportsShouldProcess)]
        param([Parameter(Mandatory)][string[]]$Name)
        $null = Invoke-Request $PSCmdlet @{ rule = @{ Name = $Name; Enabled = 'False' } }
    }
    function Remove-NetFirewallRule {
        [CmdletBinding(SupportsShouldProcess)]
        param([Parameter(Mandatory)][string[]]$Name)
        $null = Invoke-Request $PSCmdlet @{ name = $Name[0] }
    }
    Export-ModuleMember -Function '*-Net*'
}
Import-Module $netSecurity -Global

# A script is parsed once for all cases.
function Get-StandInScript([string]$path) {
    if (-not $standIn.scripts[$path]) { $standIn.scripts[$path] = Get-Command -Name $path }
    return $standIn.scripts[$path]
}

# A case's own choice of what Windows lacks, of the culture, and of the session that the script begins in.
function Invoke-StandInCase($case) {
    $lost = @{}
    foreach ($name in $case.missing) {
        $lost[$name] = (Get-Command $name).ScriptBlock
        Remove-Item -LiteralPath "function:$name"
    }
    $culture = [Threading.Thread]::CurrentThread.CurrentCulture
    if ($case.culture) { [Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]$case.culture }
    $global:LASTEXITCODE = 0
    $printed = [IO.StringWriter]::new()
    $failed = [IO.StringWriter]::new()
    [Console]::SetOut($printed)
    [Console]::SetError($failed)
    if ($null -ne $case.standardInput) { [Console]::SetIn([IO.StringReader]::new($case.standardInput)) }
    try {
        $lines = & {
            if ($case.strict) { Set-StrictMode -Version Latest }
            if ($case.command) { return Invoke-Expression $case.command }
            $parameters = @{}
            foreach ($parameter in $case.parameters.PSObject.Properties) { $parameters[$parameter.Name] = $parameter.Value }
            & (Get-StandInScript $case.script) @parameters
        } 2>&1
        foreach ($line in $lines) {
            if ($line -is [Management.Automation.ErrorRecord]) { $failed.WriteLine([string]$line) } else { $printed.WriteLine($line) }
        }
    } catch {
        $failed.WriteLine([string]$_.Exception.Message)
        $global:LASTEXITCODE = 1
    } finally {
        [Console]::SetOut($standIn.out)
        [Console]::SetError([IO.StreamWriter]::new([Console]::OpenStandardError()))
        [Console]::SetIn($standIn.in)
        [Threading.Thread]::CurrentThread.CurrentCulture = $culture
        foreach ($name in $lost.Keys) { Set-Item -LiteralPath "function:global:$name" -Value $lost[$name] }
    }
    return [ordered]@{ status = $LASTEXITCODE; stdout = $printed.ToString(); stderr = $failed.ToString() }
}

while ($true) {
    $result = Invoke-StandInCase (Read-StandInLine)
    $standIn.out.WriteLine((ConvertTo-Json @{ result = $result } -Compress -EscapeHandling EscapeNonAscii))
}
