#requires -Version 3.0
# Obeys one licensing plan on this machine and prints one compact JSON document; licensing-plan.ts describes both.
# It decides nothing, and it reads CIM properties, numbers and names only: texts depend on the language of Windows.
param(
    [string]$plan = '',
    [string]$productKey = '',
    [string]$sealedKey = '',
    [string]$confirmationId = ''
)

# A profile may have switched it on, and may be loaded.
Set-StrictMode -Off
#region host
# Nothing below runs in any other mode.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    'pulumi-windows-kms: ' + $ExecutionContext.SessionState.LanguageMode
    return
}
#endregion

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'

$started = Get-Date
$spp = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform'
$records = 'HKLM:\SOFTWARE\pulumi-windows-kms'
$keptRecords = 8
$turnSeconds = 300
$clientsInAnswer = 400
$secrets = @{ productKey = $productKey; confirmationId = $confirmationId }

$turn = @{ unreadable = @() }

# What was read since the last change. An operation changes more than it says, so each one empties it.
$observed = @{}
$done = @{}

function Hide-Secrets([string]$text) {
    $hidden = $text
    #region host
    foreach ($secret in $secrets.Values) {
        if ($secret) {
            $hidden = $hidden -replace [regex]::Escape($secret), '*****'
        }
    }
    #endregion
    return $hidden
}

# An error may quote a key in another spelling, or a part of it.
function Hide-Keys([string]$text) {
    $hidden = $text
    #region host
    $hidden = $hidden -replace '\b(?:[A-Za-z0-9]{5}-){4}([A-Za-z0-9]{5})\b', '*****-$1'
    foreach ($secret in $secrets.Values) {
        $letters = ([string]$secret -replace '[^A-Za-z0-9]', '').ToCharArray()
        for ($count = $letters.Length; $count -ge 8; $count--) {
            foreach ($part in @($letters[0..($count - 1)], $letters[-$count..-1])) {
                $hidden = $hidden -replace ($part -join '\W{0,3}'), '*****'
            }
        }
    }
    #endregion
    return $hidden
}

# As much of a text as takes this many characters in ASCII JSON.
function Limit-Text([string]$text, [int]$limit) {
    $left = $limit
    for ($index = 0; $index -lt $text.Length; $index++) {
        if ([string]$text[$index] -match '[\x20-\x7E-[<>''&"\\]]') {
            $left -= 1
        } else {
            $left -= 6
        }
        if ($left -lt 0) {
            return $text.Substring(0, $index)
        }
    }
    return $text
}

# A plan is compressed: it may carry every setup key, and command lines are short.
function Expand-Text([string]$packed) {
    $stream = New-Object IO.MemoryStream (, [Convert]::FromBase64String($packed))
    $inflated = New-Object IO.Compression.DeflateStream $stream, ([IO.Compression.CompressionMode]::Decompress)
    return (New-Object IO.StreamReader $inflated).ReadToEnd()
}

function Format-Hresult($number) {
    return '0x{0:X8}' -f ([int64]$number -band 4294967295)
}

function Test-FailureCode($number) {
    return ([int64]$number -band 2147483648) -ne 0
}

# The error's identifier holds the code of a CIM method's failure; its message is in the language of Windows.
function Get-Hresult($record) {
    $identifier = [string]$record.FullyQualifiedErrorId
    if ($identifier -match '0x[0-9a-fA-F]{8}') {
        return '0x' + $Matches[0].Substring(2).ToUpperInvariant()
    }
    if ($identifier -match '^Windows System Error (\d{1,5}),') {
        # HRESULT_FROM_WIN32
        return Format-Hresult (2147942400 + [int64]$Matches[1])
    }
    if ($identifier -match '^MI RESULT (\d{1,3}),') {
        # A result of CIM's own interface, as the code of WMI: access denied, not found, or WBEM_E_FAILED.
        $known = @{ '2' = '0x80041003'; '6' = '0x80041002'; '17' = '0x8004102E' }[$Matches[1]]
        if (-not $known) {
            $known = '0x80041001'
        }
        return $known
    }
    for ($exception = $record.Exception; $null -ne $exception; $exception = $exception.InnerException) {
        foreach ($number in @($exception.ErrorData.error_Code, $exception.HResult, $exception.StatusCode)) {
            # 0x8013nnnn is what .NET gives to exceptions of its own.
            if ($number -and (Test-FailureCode $number) -and -not (Format-Hresult $number).StartsWith('0x8013')) {
                return Format-Hresult $number
            }
        }
    }
    if ([string]$record.Exception.Message -match '0x[89a-fA-F][0-9a-fA-F]{7}') {
        return '0x' + $Matches[0].Substring(2).ToUpperInvariant()
    }
    return '0x80004005'
}

# The identifier is the same in every language of Windows; the message is for people.
function Resolve-Failure($record) {
    $identifier = Limit-Text (Hide-Keys ([string]$record.FullyQualifiedErrorId)) 120
    $message = Limit-Text (Hide-Keys ([string]$record.Exception.Message -replace '\s+', ' ')) 200
    return @{ hresult = Get-Hresult $record; detail = $identifier + ': ' + $message }
}

function New-Result([string]$id, [string]$result, $failure) {
    $entry = [ordered]@{ id = $id; result = $result }
    if ($failure) {
        $entry.hresult = [string]$failure.hresult
        if ($failure.detail) {
            $entry.detail = [string]$failure.detail
        }
    }
    return $entry
}

# A read that fails is told, and takes nothing else of the answer with it.
function Add-Unreadable([string]$target, [string]$name, $record) {
    $failure = Resolve-Failure $record
    $entry = [ordered]@{ target = $target; name = $name; hresult = $failure.hresult }
    $entry.detail = Limit-Text $failure.detail 120
    $turn.unreadable += $entry
}

# A CIM value as JSON has it.
function ConvertTo-Scalar($value) {
    if ($null -eq $value) {
        return $null
    }
    if ($value -is [datetime]) {
        return $value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    }
    # A number or a truth value.
    if ($value -is [ValueType]) {
        return $value
    }
    $text = $value -join ','
    return $text.Substring(0, [Math]::Min(255, $text.Length))
}

# The query is narrow, because Windows computes every property that is asked for of every license that it knows.
function Find-Product {
    $filter = "ApplicationID = '{0}' AND PartialProductKey IS NOT NULL" -f [guid]$licensingPlan.applicationId
    if ($licensingPlan.activationId) {
        $filter += " AND ID = '{0}'" -f [guid]$licensingPlan.activationId
    }
    if ($null -ne $licensingPlan.keyEnding) {
        $filter += " AND PartialProductKey = '{0}'" -f ($licensingPlan.keyEnding -replace '[^A-Za-z0-9]', '')
    }
    $columns = 'ID', 'ApplicationID', 'PartialProductKey', 'LicenseIsAddon', 'LicenseDependsOn'
    $found = Get-CimInstance -ClassName SoftwareLicensingProduct -Filter $filter -Property $columns |
        Where-Object { -not $_.LicenseIsAddon -and -not $_.LicenseDependsOn } |
        Select-Object -First 1
    if ($null -eq $found) {
        return $null
    }
    return Get-CimInstance -InputObject $found
}

function Find-Instance([string]$target) {
    if ($target -eq 'service') {
        return Get-CimInstance -ClassName SoftwareLicensingService
    }
    return Find-Product
}

function Get-Instance([string]$target) {
    if (-not $observed.ContainsKey($target)) {
        $observed[$target] = Find-Instance $target
    }
    return $observed[$target]
}

#region host
function Get-FeatureState([string]$name) {
    $key = 'feature ' + $name
    if (-not $observed.ContainsKey($key)) {
        $state = 'unsupported'
        if ($os.ProductType -ne 1 -and (Get-Command Get-WindowsFeature -ErrorAction SilentlyContinue)) {
            $feature = Get-WindowsFeature -Name $name
            if ($null -ne $feature) {
                $state = [string]$feature.InstallState
            }
        }
        $observed[$key] = $state
    }
    return $observed[$key]
}

function Get-ProfileNames([int]$profiles) {
    $names = @()
    foreach ($known in @(@(1, 'Domain'), @(2, 'Private'), @(4, 'Public'))) {
        # No profile at all stands for any.
        if ($profiles -eq 0 -or ($profiles -band $known[0])) {
            $names += $known[1]
        }
    }
    return $names -join ','
}

# That there is no rule of this name is an error of its own kind.
function Find-FirewallRule([string]$name) {
    try {
        $rules = @(Get-NetFirewallRule -Name $name -ErrorAction Stop)
    } catch {
        if ([string]$_.CategoryInfo.Category -ne 'ObjectNotFound') {
            throw
        }
        return $null
    }
    return $rules[0]
}

# What keeps a rule from admitting every client.
function Get-FirewallLimits($rule, $ports) {
    $limits = @()
    $addresses = $rule | Get-NetFirewallAddressFilter -ErrorAction Stop
    $application = $rule | Get-NetFirewallApplicationFilter -ErrorAction Stop
    if (@('TCP', '6') -notcontains [string]$ports.Protocol) {
        $limits += 'protocol {0}' -f $ports.Protocol
    }
    foreach ($filter in @(@('remote', $addresses.RemoteAddress), @('local', $addresses.LocalAddress))) {
        $allowed = @($filter[1] | Where-Object { $_ }) -join ','
        if ($allowed -and $allowed -ne 'Any') {
            $limits += '{0} {1}' -f $filter[0], $allowed
        }
    }
    if ($application.Program -and [string]$application.Program -notmatch '^Any$|\\sppextcomobj\.exe$') {
        $limits += 'program {0}' -f $application.Program
    }
    return $limits -join ' '
}

# A rule that blocks or that is about outbound connections counts as disabled: it lets nobody in.
function Get-FirewallState([string]$name) {
    $key = 'firewall ' + $name
    if (-not $observed.ContainsKey($key)) {
        $rule = Find-FirewallRule $name
        if ($null -eq $rule) {
            $observed[$key] = 'absent'
        } else {
            $ports = $rule | Get-NetFirewallPortFilter -ErrorAction Stop
            $limits = Get-FirewallLimits $rule $ports
            $state = 'disabled'
            if ([string]$rule.Enabled -eq 'True' -and [string]$rule.Action -eq 'Allow' -and
                [string]$rule.Direction -eq 'Inbound') {
                $state = 'enabled'
                if ($limits) {
                    $state = 'limited'
                }
            }
            $text = '{0}:{1}:{2}' -f $state, ($ports.LocalPort -join ','), (Get-ProfileNames $rule.Profile)
            if ($limits) {
                $text += ':' + (Limit-Text $limits 120)
            }
            $observed[$key] = $text
        }
    }
    return $observed[$key]
}

# Profiles whose local rules a group policy makes Windows ignore.
function Get-PolicyProfiles {
    $profiles = Get-NetFirewallProfile -PolicyStore ActiveStore -ErrorAction Stop
    $ignored = @($profiles | Where-Object { [string]$_.AllowLocalFirewallRules -eq 'False' } | ForEach-Object { $_.Name })
    [array]::Sort($ignored)
    return $ignored -join ','
}

# A value in the registry, or nothing: that there is none is an error of its own kind.
function Get-RegistryValue([string]$path, [string]$name) {
    try {
        $values = Get-ItemProperty -Path $path -Name $name -ErrorAction Stop
    } catch {
        if (@('ObjectNotFound', 'InvalidArgument') -notcontains [string]$_.CategoryInfo.Category) {
            throw
        }
        return $null
    }
    return $values.$name
}

# A list of strings in the registry; null for a missing one. Its entries may have commas.
function Get-RegistryStrings([string]$name) {
    $strings = @(Get-RegistryValue $spp $name | Where-Object { $null -ne $_ })
    if ($strings.Count -eq 0) {
        return $null
    }
    return $strings -join ';'
}

# Whether the service works with the settings that are stored: most of them count from its next start on.
function Get-ServiceState([string]$name) {
    if ([string](Get-RegistryValue $records 'RestartPending') -eq $name) {
        return 'outdated'
    }
    return 'current'
}

function Set-Value([string]$name, [string]$type, $value) {
    if (-not (Test-Path -Path $records)) {
        $null = New-Item -Path $records
    }
    $null = New-ItemProperty -Path $records -Name $name -PropertyType $type -Value $value -Force
}

# Noted before a setting is changed, so that a run that is cut off before the restart leaves it to the next one.
function Add-RestartMark([string]$service) {
    if ((Get-ServiceState $service) -eq 'outdated') {
        return $false
    }
    Set-Value 'RestartPending' 'String' $service
    return $true
}

function Remove-RestartMark {
    if (Get-RegistryValue $records 'RestartPending') {
        Remove-ItemProperty -Path $records -Name RestartPending
    }
}

# A service that was restarted may not answer at once.
function Wait-Licensing {
    for ($attempt = 1; $attempt -lt 5; $attempt++) {
        try {
            $null = Find-Instance 'service'
            $null = Find-Product
            return
        } catch {
            Start-Sleep -Seconds 2
        }
    }
}

function Restart-Licensing([string]$name) {
    Restart-Service -Name $name -Force -WarningAction SilentlyContinue -ErrorAction Stop
    Remove-RestartMark
    Wait-Licensing
}
#endregion

function Get-MachineFact([string]$name) {
    if ($name -eq 'build') {
        return [string]$version.CurrentBuild
    }
    if ($name -eq 'editionId') {
        return [string]$version.EditionID
    }
    return [string]$os.ProductType
}

# The value of the first row with this machine's build and edition.
function Get-SelectedValue([string]$name) {
    foreach ($row in $licensingPlan.selections.$name) {
        if ($row.builds -contains [int]$version.CurrentBuild -and $row.editionIds -contains $version.EditionID) {
            return [string]$row.value
        }
    }
    return ''
}

function Get-Observation([string]$target, [string]$name) {
    #region host
    if ($target -eq 'feature') {
        return Get-FeatureState $name
    }
    if ($target -eq 'firewall') {
        return Get-FirewallState $name
    }
    if ($target -eq 'registry') {
        return Get-RegistryStrings $name
    }
    if ($target -eq 'windowsService') {
        return Get-ServiceState $name
    }
    if ($target -eq 'firewallPolicy') {
        return Get-PolicyProfiles
    }
    #endregion
    if ($target -eq 'machine') {
        return Get-MachineFact $name
    }
    if ($target -eq 'selection') {
        return Get-SelectedValue $name
    }
    $instance = Get-Instance $target
    return ConvertTo-Scalar $instance.$name
}

function Test-OneOf([string]$value, $values) {
    foreach ($other in @($values)) {
        if ([string]::Equals($value, [string]$other, [StringComparison]::OrdinalIgnoreCase)) {
            return $true
        }
    }
    return $false
}

function Test-Condition($condition) {
    $value = [string](Get-Observation $condition.on $condition.property)
    if ($condition.isEndOf) {
        $selected = Get-SelectedValue $condition.isEndOf
        return Test-OneOf $value $selected.Substring([Math]::Max(0, $selected.Length - 5))
    }
    if ($null -ne $condition.isNot) {
        return -not (Test-OneOf $value $condition.isNot)
    }
    return Test-OneOf $value $condition.is
}

function Test-All($conditions) {
    foreach ($condition in $conditions) {
        if (-not (Test-Condition $condition)) {
            return $false
        }
    }
    return $true
}

function Test-Skipped($operation) {
    $before = @($operation.onlyAfter | Where-Object { $_ })
    if ($before.Count -gt 0 -and @($before | Where-Object { $done.ContainsKey($_) }).Count -eq 0) {
        return $true
    }
    foreach ($conditions in @('unless', 'orUnless')) {
        $given = @($operation.$conditions | Where-Object { $null -ne $_ })
        if ($given.Count -gt 0 -and (Test-All $given)) {
            return $true
        }
    }
    return $false
}

# The methods take their numbers as uint32.
function Get-MethodArguments($operation) {
    $values = @{}
    foreach ($argument in $operation.arguments.PSObject.Properties) {
        if ($argument.Value -is [int] -or $argument.Value -is [int64]) {
            $values[$argument.Name] = [uint32]$argument.Value
        } else {
            $values[$argument.Name] = $argument.Value
        }
    }
    foreach ($argument in $operation.secretArguments.PSObject.Properties) {
        $values[$argument.Name] = [string]$secrets[[string]$argument.Value]
    }
    foreach ($argument in $operation.selectedArguments.PSObject.Properties) {
        $values[$argument.Name] = Get-SelectedValue $argument.Value
    }
    return $values
}

#region host
# The pair is in the machine's own key store, where SYSTEM and administrators alone can use it. Flags of CspProviderFlags:
# UseMachineKeyStore 1, UseNonExportableKey 4, UseExistingKey 8. 24 is PROV_RSA_AES.
function Open-KeyPair([int]$flags) {
    $license = @($licensingPlan.activationId, $licensingPlan.applicationId) | Where-Object { $_ } | Select-Object -First 1
    $place = New-Object Security.Cryptography.CspParameters 24
    $place.KeyContainerName = 'pulumi-windows-kms {0}' -f $license
    $place.Flags = $flags
    return New-Object Security.Cryptography.RSACryptoServiceProvider 2048, $place
}

function Remove-KeyPair($pair) {
    $pair.PersistKeyInCsp = $false
    $pair.Clear()
}

# Gives nothing where no product key will be needed. A pair that was left behind is removed then.
function Read-PublicKey {
    if (Test-All $licensingPlan.keyPair.unless) {
        try {
            Remove-KeyPair (Open-KeyPair 9)
        } catch {
            # NTE_BAD_KEYSET: there is none.
            if ((Get-Hresult $_) -ne '0x80090016') {
                throw
            }
        }
        return $null
    }
    $pair = Open-KeyPair 5
    $public = $pair.ExportParameters($false)
    $pair.Clear()
    return [ordered]@{
        modulus = [Convert]::ToBase64String($public.Modulus)
        exponent = [Convert]::ToBase64String($public.Exponent)
    }
}

# The pair serves once.
function Open-SealedKey {
    $pair = Open-KeyPair 9
    $bytes = $pair.Decrypt([Convert]::FromBase64String($sealedKey), $true)
    $secrets.productKey = [Text.Encoding]::UTF8.GetString($bytes)
    try {
        Remove-KeyPair $pair
    } catch {
        Add-Unreadable 'keyPair' '' $_
    }
}
#endregion

# Each of these gives the failure, or nothing.
function Invoke-LicensingMethod($operation) {
    $instance = Get-Instance $operation.on
    if ($null -eq $instance) {
        # SL_E_PRODUCT_KEY_NOT_INSTALLED
        return @{ hresult = '0xC004F014' }
    }
    #region host
    if ($sealedKey -and $operation.secretArguments.ProductKey) {
        Open-SealedKey
    }
    #endregion
    $values = Get-MethodArguments $operation
    $answer = Invoke-CimMethod -InputObject $instance -MethodName $operation.method -Arguments $values
    if ($answer.ReturnValue -and (Test-FailureCode $answer.ReturnValue)) {
        return @{ hresult = Format-Hresult $answer.ReturnValue }
    }
}

#region host
function Install-Feature([string]$name) {
    if ((Get-FeatureState $name) -eq 'unsupported') {
        # E_INVALIDARG
        return @{ hresult = '0x80070057' }
    }
    $answer = Install-WindowsFeature -Name $name -IncludeManagementTools -WarningAction SilentlyContinue
    if (-not $answer.Success) {
        return @{ hresult = '0x80004005'; detail = 'Install-WindowsFeature: {0}' -f $answer.ExitCode }
    }
}

# Whatever was changed of the rule by hand is set again.
function Enable-FirewallPort($values) {
    $rule = @{
        Name = [string]$values.Name
        Enabled = 'True'
        Direction = 'Inbound'
        Action = 'Allow'
        Profile = [string]$values.Profiles
        Protocol = 'TCP'
        LocalPort = [string]$values.Port
        LocalAddress = 'Any'
        RemoteAddress = 'Any'
        Program = 'Any'
    }
    # These are functions of a module, which do not see the preference of this script.
    if (Find-FirewallRule $rule.Name) {
        $null = Set-NetFirewallRule @rule -ErrorAction Stop
    } else {
        $null = New-NetFirewallRule @rule -DisplayName 'Key Management Service (pulumi-windows-kms)' -ErrorAction Stop
    }
}

function Set-RegistryStrings($values) {
    $strings = @(([string]$values.Strings).Split(';') | Where-Object { $_ })
    if ($strings.Count -gt 0) {
        $null = New-ItemProperty -Path $spp -Name $values.Name -PropertyType MultiString -Value $strings -Force
    } elseif ($null -ne (Get-RegistryStrings $values.Name)) {
        Remove-ItemProperty -Path $spp -Name $values.Name
    }
}
#endregion

# Windows remembers for minutes that DNS had no answer.
function Clear-DnsMemory {
    if (Get-Command Clear-DnsClientCache -ErrorAction SilentlyContinue) {
        $null = Clear-DnsClientCache
    }
}

function Invoke-Operation($operation) {
    if ($operation.on -eq 'service' -or $operation.on -eq 'product') {
        return Invoke-LicensingMethod $operation
    }
    #region host
    $kind = '{0} {1}' -f $operation.on, $operation.method
    if ($kind -eq 'feature Install') {
        return Install-Feature $operation.arguments.Name
    }
    if ($kind -eq 'firewall Allow') {
        return Enable-FirewallPort $operation.arguments
    }
    if ($kind -eq 'registry SetStrings') {
        return Set-RegistryStrings $operation.arguments
    }
    if ($kind -eq 'windowsService Restart') {
        return Restart-Licensing $operation.arguments.Name
    }
    #endregion
    if ($operation.on -eq 'dnsCache' -and $operation.method -eq 'Clear') {
        return Clear-DnsMemory
    }
    # WBEM_E_INVALID_METHOD
    return @{ hresult = '0x8004102E' }
}

# A mark of this operation that nothing came of is taken back.
function Invoke-MarkedOperation($operation) {
    $marked = $false
    try {
        #region host
        if ($operation.needsRestart) {
            $marked = Add-RestartMark $operation.needsRestart
        }
        #endregion
        $failure = Invoke-Operation $operation
    } catch {
        $failure = Resolve-Failure $_
    }
    #region host
    if ($failure -and $marked) {
        try {
            Remove-RestartMark
        } catch {
            $failure.detail = '{0} RestartPending stays' -f $failure.detail
        }
    }
    #endregion
    return $failure
}

# One script at a time works on the machine. The system frees the mutex when this process ends, however it ends; one that
# another account made cannot be opened while that holds it.
function Enter-Turn {
    $until = (Get-Date).AddSeconds($turnSeconds)
    do {
        try {
            if (-not $turn.mutex) {
                $turn.mutex = New-Object System.Threading.Mutex $false, 'Global\pulumi-windows-kms'
            }
            if ($turn.mutex.WaitOne(1000)) {
                return $true
            }
        } catch {
            if ($_.Exception.GetBaseException() -is [System.Threading.AbandonedMutexException]) {
                return $true
            }
            Start-Sleep -Seconds 1
        }
    } while ((Get-Date) -lt $until)
    return $false
}

#region reservations
# Lines "RESERVATION STATE", the newest first.
function Get-Records {
    return Get-RegistryValue $records 'Reservations'
}

function Get-Record([string]$reservation) {
    foreach ($line in @(Get-Records)) {
        $words = ([string]$line).Split([char[]]' ', 2)
        if ($words[0] -eq $reservation) {
            return $words[1]
        }
    }
    return ''
}

# It is on the disk when this returns.
function Set-Record([string]$reservation, [string]$state) {
    $others = @(Get-Records | Where-Object { $_ -and -not $_.StartsWith($reservation + ' ') })
    $lines = @('{0} {1}' -f $reservation, $state) + @($others | Select-Object -First ($keptRecords - 1))
    Set-Value 'Reservations' 'MultiString' ([string[]]$lines)
    (Get-Item -Path $records).Flush()
}

function Read-Records {
    $values = [ordered]@{}
    foreach ($line in @(Get-Records)) {
        if ($line) {
            $words = ([string]$line).Split([char[]]' ', 2)
            $values[$words[0]] = $words[1]
        }
    }
    return $values
}

function Revoke-Reservations {
    foreach ($reservation in $licensingPlan.revoke) {
        if (-not (Get-Record $reservation)) {
            Set-Record $reservation 'revoked'
        }
    }
}

# Gives the failure of what keeps a reserved operation from beginning, or nothing.
function Find-Obstacle([string]$reservation) {
    try {
        if ((Get-Record $reservation) -eq 'revoked') {
            # ERROR_CANCELLED
            return @{ hresult = '0x800704C7' }
        }
    } catch {
        return Resolve-Failure $_
    }
}

function Start-Reservation([string]$reservation) {
    $obstacle = Find-Obstacle $reservation
    if ($obstacle) {
        return $obstacle
    }
    try {
        Set-Record $reservation 'started'
    } catch {
        return Resolve-Failure $_
    }
}

# Without the last record it still is on record that the operation began, and the answer says how it ended.
function Stop-Reservation([string]$reservation, $failure) {
    $state = 'done'
    if ($failure) {
        $state = 'failed {0}' -f $failure.hresult
    }
    try {
        Set-Record $reservation $state
    } catch {
        Add-Unreadable 'reservations' '' $_
    }
}

#endregion

function Invoke-Operations {
    foreach ($refusal in $licensingPlan.refusals) {
        try {
            $holds = Test-All $refusal.unless
        } catch {
            New-Result $refusal.id 'failed' (Resolve-Failure $_)
            return
        }
        if (-not $holds) {
            New-Result $refusal.id 'refused'
            return
        }
    }
    #region host
    if ($licensingPlan.reservation) {
        # One that was revoked leaves the machine as it is: whoever revoked it may have taken the host key off since.
        $obstacle = Find-Obstacle ([string]$licensingPlan.reservation.id)
        if ($obstacle) {
            New-Result 'recordReservation' 'failed' $obstacle
            return
        }
    }
    #endregion
    foreach ($operation in $licensingPlan.operations) {
        $failure = $null
        try {
            $skipped = Test-Skipped $operation
        } catch {
            $skipped = $false
            $failure = Resolve-Failure $_
        }
        if ($skipped) {
            New-Result $operation.id 'skipped'
            continue
        }
        if (-not $failure) {
            #region host
            $reservation = ''
            if ($licensingPlan.reservation.operation -eq $operation.id) {
                $reservation = [string]$licensingPlan.reservation.id
                $failure = Start-Reservation $reservation
                if ($failure) {
                    New-Result 'recordReservation' 'failed' $failure
                    return
                }
            }
            #endregion
            $failure = Invoke-MarkedOperation $operation
            $observed.Clear()
            #region host
            if ($reservation) {
                Stop-Reservation $reservation $failure
            }
            #endregion
        }
        if (-not $failure) {
            $done[$operation.id] = $true
            New-Result $operation.id 'done'
            continue
        }
        $result = New-Result $operation.id 'failed' $failure
        if (-not $operation.mayFail) {
            $result
            return
        }
        $result.continued = $true
        $result
    }
}

function Read-One([string]$target, [string]$name) {
    try {
        return Get-Observation $target $name
    } catch {
        Add-Unreadable $target $name $_
        return $null
    }
}

function Read-All([string]$target, $names) {
    $values = [ordered]@{}
    if (-not $names -or ($target -eq 'service' -and -not (Test-Readable $target))) {
        return $values
    }
    foreach ($name in $names) {
        $value = Read-One $target $name
        #region host
        if ($null -eq $value -and ($target -eq 'feature' -or $target -eq 'firewall')) {
            $value = 'unknown'
        }
        #endregion
        $values[[string]$name] = $value
    }
    return $values
}

function Test-Readable([string]$target) {
    try {
        $null = Get-Instance $target
        return $true
    } catch {
        Add-Unreadable $target '' $_
        return $false
    }
}

function Get-MachineIdentity {
    $computer = Get-CimInstance -ClassName Win32_ComputerSystem
    $system = Get-CimInstance -ClassName Win32_ComputerSystemProduct
    $domain = ''
    if ($computer.PartOfDomain) {
        $domain = [string]$computer.Domain
    }
    return [ordered]@{
        name = [string]$computer.DNSHostName
        domain = $domain
        uuid = ([string]$system.UUID).ToLowerInvariant()
        osBuild = '{0}.{1}' -f $version.CurrentBuild, [int]$version.UBR
        editionId = [string]$version.EditionID
        productType = [int]$os.ProductType
        utc = ''
    }
}

function Get-NewestEventInfo([int]$id) {
    $filter = @{
        LogName = 'Application'
        ProviderName = 'Microsoft-Windows-Security-SPP'
        Id = $id
        StartTime = $started
    }
    # That there is none is an error of its own kind. The filter knows whole seconds only.
    try {
        $found = Get-WinEvent -FilterHashtable $filter -MaxEvents 1 -ErrorAction Stop
    } catch {
        if ([string]$_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') {
            throw
        }
        return $null
    }
    if ($null -eq $found -or ($found.TimeCreated -and $found.TimeCreated -lt $started)) {
        return $null
    }
    return Limit-Text (@($found.Properties | ForEach-Object { $_.Value }) -join ',') 600
}

function Get-NewestEvents {
    $infos = [ordered]@{}
    if ($licensingPlan.read.events) {
        foreach ($kind in @(@('request', 12288), @('response', 12289))) {
            try {
                $info = Get-NewestEventInfo $kind[1]
                if ($info) {
                    $infos[$kind[0]] = $info
                }
            } catch {
                Add-Unreadable 'events' $kind[0] $_
            }
        }
    }
    return $infos
}

function Read-Product {
    if (-not (Test-Readable 'product') -or $null -eq (Get-Instance 'product')) {
        return $null
    }
    return Read-All 'product' $licensingPlan.read.product
}

#region host
# Requests that this KMS host logged. That there are none is an error to the command.
function Get-ClientRecords($filter, $arguments) {
    $filter.LogName = 'Key Management Service'
    $filter.Id = 12290
    try {
        return Get-WinEvent -FilterHashtable $filter -ErrorAction Stop @arguments
    } catch {
        if ([string]$_.FullyQualifiedErrorId -notlike 'NoMatchingEventsFound*') {
            throw
        }
    }
}

# The newest record of each name counts. Fields: result, count that is needed, name, client machine ID, and more.
function Get-AnsweredNames($records) {
    $results = @{}
    $ids = @{}
    $shared = @{}
    foreach ($record in $records) {
        $fields = ([string]$record.Properties[0].Value).Split(',')
        $name = $fields[2].Trim().Split('.')[0].ToLowerInvariant()
        if (-not $results.ContainsKey($name)) {
            $results[$name] = $fields[0].Trim()
            $ids[$name] = $fields[3].Trim()
        } elseif ($ids[$name] -ne $fields[3].Trim()) {
            $shared[$name] = $true
        }
    }
    foreach ($name in $results.Keys) {
        if ($results[$name] -match '^0x0+$' -and -not $shared.ContainsKey($name)) {
            $name
        }
    }
}

function Read-Clients($query) {
    $sha = [Security.Cryptography.SHA256]::Create()
    $records = @(Get-ClientRecords @{ StartTime = (Get-Date).AddDays(-[int]$query.sinceDays) } @{})
    $hashes = @()
    foreach ($name in @(Get-AnsweredNames $records)) {
        $hash = $sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($name))
        if ($hash[0] % [int]$query.parts -eq [int]$query.part) {
            $hashes += [BitConverter]::ToString($hash, 0, 4)
        }
    }
    $bytes = @()
    foreach ($hash in @($hashes | Sort-Object | Select-Object -First $clientsInAnswer)) {
        $bytes += $hash.Split('-') | ForEach-Object { [Convert]::ToByte($_, 16) }
    }
    $oldest = @(Get-ClientRecords @{} @{ MaxEvents = 1; Oldest = $true })
    $since = $null
    if ($oldest.Count -gt 0) {
        $since = ConvertTo-Scalar ([datetime]$oldest[0].TimeCreated)
    }
    return [ordered]@{
        names = [Convert]::ToBase64String([byte[]]$bytes)
        more = [Math]::Max(0, $hashes.Count - $clientsInAnswer)
        oldest = $since
    }
}
#endregion

function ConvertTo-AsciiJson($document) {
    $json = $document | ConvertTo-Json -Compress -Depth 5
    return [regex]::Replace($json, '[^\x20-\x7E]', { param($found) '\u{0:x4}' -f [int][char]$found.Value })
}

try {
    $licensingPlan = Expand-Text $plan | ConvertFrom-Json
    $os = Get-CimInstance -ClassName Win32_OperatingSystem
    $version = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    $identity = Get-MachineIdentity
    $waits = $true
    #region host
    # The log of a KMS host's clients is read beside other scripts: they change nothing of it.
    $waits = $licensingPlan.operations -or $licensingPlan.revoke -or -not $licensingPlan.read.clients
    #endregion
    if ($waits) {
        $turn.held = Enter-Turn
        if (-not $turn.held) {
            '{"version":1,"busy":true}'
            return
        }
    }
    #region host
    if ($licensingPlan.revoke) {
        Revoke-Reservations
    }
    #endregion
    $results = @(Invoke-Operations)
    $answer = [ordered]@{
        version = 1
        operations = $results
        machine = $identity
        service = Read-All 'service' $licensingPlan.read.service
        product = Read-Product
        features = Read-All 'feature' $licensingPlan.read.features
        firewall = Read-All 'firewall' $licensingPlan.read.firewall
        events = Get-NewestEvents
    }
    #region host
    foreach ($target in @('registry', 'windowsService')) {
        if ($licensingPlan.read.$target) {
            $answer[$target] = Read-All $target $licensingPlan.read.$target
        }
    }
    if ($licensingPlan.read.firewallPolicy) {
        $answer.firewallPolicy = Read-One 'firewallPolicy' ''
    }
    if ($licensingPlan.read.clients) {
        try {
            $answer.clients = Read-Clients $licensingPlan.read.clients
        } catch {
            Add-Unreadable 'clients' '' $_
        }
    }
    if ($licensingPlan.keyPair) {
        try {
            $public = Read-PublicKey
            if ($public) {
                $answer.publicKey = $public
            }
        } catch {
            Add-Unreadable 'keyPair' '' $_
        }
    }
    if ($licensingPlan.read.reservations) {
        try {
            $answer.reservations = Read-Records
        } catch {
            Add-Unreadable 'reservations' '' $_
            $answer.reservations = @{}
        }
    }
    #endregion
    if ($turn.unreadable) {
        $answer.unreadable = $turn.unreadable
    }
    $identity.utc = ConvertTo-Scalar (Get-Date)
    Hide-Secrets (ConvertTo-AsciiJson $answer)
} catch {
    [Console]::Error.WriteLine((Hide-Keys (Resolve-Failure $_).detail))
    exit 1
} finally {
    if ($turn.held) {
        $turn.mutex.ReleaseMutex()
    }
}
