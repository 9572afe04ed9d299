#requires -Version 3.0
# Obeys one licensing plan on this machine and prints one compact JSON document; licensing-plan.ts describes both.
# It decides nothing, and it reads CIM properties, numbers and names only: texts depend on the language of Windows.
param(
    [string]$plan = '',
    [string]$productKey = '',
    [string]$confirmationId = ''
)

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

$turn = @{}

# What was read since the last change. An operation changes more than it says, so each one empties it.
$observed = @{}
$done = @{}

function Hide-Secrets([string]$text) {
    $hidden = $text -replace '\b(?:[A-Za-z0-9]{5}-){4}([A-Za-z0-9]{5})\b', '*****-$1'
    foreach ($secret in $secrets.Values) {
        if ($secret) {
            $hidden = $hidden -replace [regex]::Escape($secret), '*****'
        }
    }
    return $hidden
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
    $exception = $record.Exception
    foreach ($number in @($exception.ErrorData.error_Code, $exception.HResult, $exception.StatusCode)) {
        # 0x8013nnnn is what .NET gives to exceptions of its own.
        if ($number -and (Test-FailureCode $number) -and -not (Format-Hresult $number).StartsWith('0x8013')) {
            return Format-Hresult $number
        }
    }
    return '0x80004005'
}

# A CIM value as JSON has it.
function ConvertTo-Scalar($value) {
    if ($null -eq $value) {
        return $null
    }
    if ($value -is [datetime]) {
        return $value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    }
    if ($value -is [bool] -or $value -is [byte] -or $value -is [int16] -or $value -is [uint16] -or
        $value -is [int] -or $value -is [uint32] -or $value -is [int64] -or $value -is [uint64]) {
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
    if ($licensingPlan.keyEnding) {
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

function Get-Instance([string]$target) {
    if (-not $observed.ContainsKey($target)) {
        if ($target -eq 'service') {
            $observed[$target] = Get-CimInstance -ClassName SoftwareLicensingService
        } else {
            $observed[$target] = Find-Product
        }
    }
    return $observed[$target]
}

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

# A rule that blocks or that is about outbound connections counts as disabled: it lets nobody in.
function Get-FirewallState([string]$name) {
    $key = 'firewall ' + $name
    if (-not $observed.ContainsKey($key)) {
        $rule = Get-NetFirewallRule -Name $name -ErrorAction SilentlyContinue | Select-Object -First 1
        if ($null -eq $rule) {
            $observed[$key] = 'absent'
        } else {
            $state = 'disabled'
            if ([string]$rule.Enabled -eq 'True' -and [string]$rule.Action -eq 'Allow' -and
                [string]$rule.Direction -eq 'Inbound') {
                $state = 'enabled'
            }
            $port = ($rule | Get-NetFirewallPortFilter).LocalPort -join ','
            $observed[$key] = '{0}:{1}:{2}' -f $state, $port, (Get-ProfileNames $rule.Profile)
        }
    }
    return $observed[$key]
}

# A list of strings in the registry; null for a missing one. Its entries may have commas.
function Get-RegistryStrings([string]$name) {
    $values = Get-ItemProperty -Path $spp -Name $name -ErrorAction SilentlyContinue
    if ($null -eq $values) {
        return $null
    }
    return $values.$name -join ';'
}

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
    if ($target -eq 'feature') {
        return Get-FeatureState $name
    }
    if ($target -eq 'firewall') {
        return Get-FirewallState $name
    }
    if ($target -eq 'registry') {
        return Get-RegistryStrings $name
    }
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
    if ($operation.onlyAfter -and -not $done.ContainsKey($operation.onlyAfter)) {
        return $true
    }
    $conditions = @($operation.unless | Where-Object { $null -ne $_ })
    return $conditions.Count -gt 0 -and (Test-All $conditions)
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

# Each of these gives the HRESULT of a failure, or nothing.
function Invoke-LicensingMethod($operation) {
    $instance = Get-Instance $operation.on
    if ($null -eq $instance) {
        # SL_E_PRODUCT_KEY_NOT_INSTALLED
        return '0xC004F014'
    }
    $values = Get-MethodArguments $operation
    $answer = Invoke-CimMethod -InputObject $instance -MethodName $operation.method -Arguments $values
    if ($answer.ReturnValue -and (Test-FailureCode $answer.ReturnValue)) {
        return Format-Hresult $answer.ReturnValue
    }
}

function Install-Feature([string]$name) {
    if ((Get-FeatureState $name) -eq 'unsupported') {
        # E_INVALIDARG
        return '0x80070057'
    }
    $answer = Install-WindowsFeature -Name $name -IncludeManagementTools -WarningAction SilentlyContinue
    if (-not $answer.Success) {
        return '0x80004005'
    }
}

#region host
function Enable-FirewallPort($values) {
    $rule = @{
        Name = [string]$values.Name
        Enabled = 'True'
        Direction = 'Inbound'
        Action = 'Allow'
        Profile = [string]$values.Profiles
        Protocol = 'TCP'
        LocalPort = [string]$values.Port
    }
    if (Get-NetFirewallRule -Name $rule.Name -ErrorAction SilentlyContinue) {
        $null = Set-NetFirewallRule @rule
    } else {
        $rule.DisplayName = 'Key Management Service on TCP port {0}' -f $rule.LocalPort
        $null = New-NetFirewallRule @rule
    }
}
#endregion

function Set-RegistryStrings($values) {
    $strings = @(([string]$values.Strings).Split(';') | Where-Object { $_ })
    if ($strings.Count -gt 0) {
        $null = New-ItemProperty -Path $spp -Name $values.Name -PropertyType MultiString -Value $strings -Force
    } else {
        Remove-ItemProperty -Path $spp -Name $values.Name
    }
}

# Windows remembers for minutes that DNS had no answer.
function Clear-DnsMemory {
    if (Get-Command Clear-DnsClientCache -ErrorAction SilentlyContinue) {
        $null = Clear-DnsClientCache
    }
}

function Invoke-Operation($operation) {
    $kind = '{0} {1}' -f $operation.on, $operation.method
    if ($operation.on -eq 'service' -or $operation.on -eq 'product') {
        return Invoke-LicensingMethod $operation
    }
    if ($kind -eq 'feature Install') {
        return Install-Feature $operation.arguments.Name
    }
    #region host
    if ($kind -eq 'firewall Allow') {
        return Enable-FirewallPort $operation.arguments
    }
    #endregion
    if ($kind -eq 'registry SetStrings') {
        return Set-RegistryStrings $operation.arguments
    }
    if ($kind -eq 'dnsCache Clear') {
        return Clear-DnsMemory
    }
    # WBEM_E_INVALID_METHOD
    return '0x8004102E'
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
# Lines "RESERVATION STATE", the newest first. That there are none is an error of its own kind.
function Get-Records {
    try {
        $stored = Get-ItemProperty -Path $records -Name Reservations -ErrorAction Stop
    } catch {
        if (@('ObjectNotFound', 'InvalidArgument') -notcontains [string]$_.CategoryInfo.Category) {
            throw
        }
        return
    }
    return $stored.Reservations
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
    if (-not (Test-Path -Path $records)) {
        $null = New-Item -Path $records
    }
    $null = New-ItemProperty -Path $records -Name Reservations -PropertyType MultiString -Value ([string[]]$lines) -Force
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

# Gives the HRESULT of what keeps a reserved operation from beginning, or nothing.
function Find-Obstacle([string]$reservation) {
    try {
        if ((Get-Record $reservation) -eq 'revoked') {
            # ERROR_CANCELLED
            return '0x800704C7'
        }
    } catch {
        return Get-Hresult $_
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
        return Get-Hresult $_
    }
}

# Without the last record it still is on record that the operation began.
function Stop-Reservation([string]$reservation, $failure) {
    $state = 'done'
    if ($failure) {
        $state = 'failed {0}' -f $failure
    }
    try {
        Set-Record $reservation $state
    } catch {
        return
    }
}

#endregion

function Invoke-Operations {
    foreach ($refusal in $licensingPlan.refusals) {
        if (-not (Test-All $refusal.unless)) {
            @{ id = $refusal.id; result = 'refused' }
            return
        }
    }
    if ($licensingPlan.reservation) {
        # One that was revoked leaves the machine as it is: whoever revoked it may have taken the host key off since.
        $obstacle = Find-Obstacle ([string]$licensingPlan.reservation.id)
        if ($obstacle) {
            @{ id = 'recordReservation'; result = 'failed'; hresult = $obstacle }
            return
        }
    }
    foreach ($operation in $licensingPlan.operations) {
        if (Test-Skipped $operation) {
            @{ id = $operation.id; result = 'skipped' }
            continue
        }
        $reservation = ''
        if ($licensingPlan.reservation.operation -eq $operation.id) {
            $reservation = [string]$licensingPlan.reservation.id
            $failure = Start-Reservation $reservation
            if ($failure) {
                @{ id = 'recordReservation'; result = 'failed'; hresult = $failure }
                return
            }
        }
        try {
            $failure = Invoke-Operation $operation
        } catch {
            $failure = Get-Hresult $_
        }
        $observed.Clear()
        if ($reservation) {
            Stop-Reservation $reservation $failure
        }
        if ($failure) {
            @{ id = $operation.id; result = 'failed'; hresult = $failure }
            return
        }
        $done[$operation.id] = $true
        @{ id = $operation.id; result = 'done' }
    }
}

function Read-All([string]$target, $names) {
    $values = [ordered]@{}
    foreach ($name in $names) {
        $values[[string]$name] = Get-Observation $target $name
    }
    return $values
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
        utc = ConvertTo-Scalar (Get-Date)
    }
}

function Get-NewestEventInfo([int]$id) {
    $filter = @{
        LogName = 'Application'
        ProviderName = 'Microsoft-Windows-Security-SPP'
        Id = $id
        StartTime = $started
    }
    # That there is none is an error to this command.
    $found = Get-WinEvent -FilterHashtable $filter -MaxEvents 1 -ErrorAction SilentlyContinue
    if ($null -eq $found) {
        return $null
    }
    $info = @($found.Properties | ForEach-Object { $_.Value }) -join ','
    return $info.Substring(0, [Math]::Min(600, $info.Length))
}

function Get-NewestEvents {
    $infos = [ordered]@{}
    if ($licensingPlan.read.events) {
        foreach ($kind in @(@('request', 12288), @('response', 12289))) {
            $info = Get-NewestEventInfo $kind[1]
            if ($info) {
                $infos[$kind[0]] = $info
            }
        }
    }
    return $infos
}

function Read-Product {
    if ($null -eq (Get-Instance 'product')) {
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
    $turn.held = Enter-Turn
    if (-not $turn.held) {
        '{"version":1,"busy":true}'
        return
    }
    if ($licensingPlan.revoke) {
        Revoke-Reservations
    }
    $results = @(Invoke-Operations)
    $answer = [ordered]@{
        version = 1
        operations = $results
        machine = Get-MachineIdentity
        service = Read-All 'service' $licensingPlan.read.service
        product = Read-Product
        features = Read-All 'feature' $licensingPlan.read.features
        firewall = Read-All 'firewall' $licensingPlan.read.firewall
        events = Get-NewestEvents
    }
    if ($licensingPlan.read.registry) {
        $answer.registry = Read-All 'registry' $licensingPlan.read.registry
    }
    #region host
    if ($licensingPlan.read.clients) {
        $answer.clients = Read-Clients $licensingPlan.read.clients
    }
    #endregion
    if ($licensingPlan.read.reservations) {
        $answer.reservations = Read-Records
    }
    Hide-Secrets (ConvertTo-AsciiJson $answer)
} catch {
    [Console]::Error.WriteLine((Hide-Secrets ([string]$_.Exception.Message)))
    exit 1
} finally {
    if ($turn.held) {
        $turn.mutex.ReleaseMutex()
    }
}
