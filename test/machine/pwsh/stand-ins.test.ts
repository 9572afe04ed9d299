import assert from "node:assert/strict";
import { cimClasses } from "../../../provider/lab/windows/cim-declarations";
import { standInsForSuite } from "./licensing-script";
import { describeInPowerShell } from "./powershell";
import { firewallRule, modelWindows, windowsServer } from "./windows-server";
import { InvalidQuery, whereClause } from "./wql";

describe("conditions of WQL", () => {
  const declared = new Map(["ID", "Status", "IsAddon"].map((name) => [name.toLowerCase(), name]));
  const holds = (text: string) => whereClause(text, declared)({ ID: "Abc", Status: 3, IsAddon: false });

  it("are evaluated", () => {
    for (const condition of [
      "ID = 'aBC'",
      'id = "abc" AND Status = 3',
      "Status <> 4 and not IsAddon = true",
      "(ID IS NULL OR Status >= 3) AND ID IS NOT NULL",
      "ID <> null",
      "NOT (Status < 3)",
    ]) {
      assert.equal(holds(condition), true, condition);
    }
    for (const condition of ["ID = 'abd'", "ID IS NULL", "Status = 3 AND IsAddon = true", "Status > 3"]) {
      assert.equal(holds(condition), false, condition);
    }
  });

  it("are refused where WMI refuses them", () => {
    for (const condition of ["Missing = 1", "ID 'abc'", "ID = 'a' 'b'", "ID LIKE", "(ID = 'a'", "ID = $x"]) {
      assert.throws(() => holds(condition), InvalidQuery, condition);
    }
  });
});

describeInPowerShell("stand-ins for the commands of Windows", () => {
  const standIns = standInsForSuite();
  const windows = () => {
    const model = windowsServer();
    model.rules.own = firewallRule("own");
    return modelWindows(model);
  };
  /** What a command line prints, or the identifier of its error. */
  const printed = async (command: string, missing?: string[]) => {
    const caught = `try { ${command} } catch { $_.FullyQualifiedErrorId }`;
    const { stdout, stderr } = await standIns.run(windows(), { command: caught, missing });
    return `${stdout}${stderr}`.trim().replace(/\r/g, "");
  };
  const service = "Get-CimInstance SoftwareLicensingService";
  const call = (method: string, args: string) =>
    `${service} | Invoke-CimMethod -MethodName ${method} -Arguments ${args} -ErrorAction Stop`;

  const refused: [title: string, command: string, identifier: RegExp][] = [
    ["a class", "Get-CimInstance Win32_None -ErrorAction Stop", /^HRESULT 0x80041010,/],
    ["a filter's property", `${service} -Filter "No = 1" -ErrorAction Stop`, /^HRESULT 0x80041017,/],
    ["a selected property", `${service} -Property No -ErrorAction Stop`, /^HRESULT 0x80041017,/],
    ["a method", call("None", "@{}"), /^HRESULT 0x8004102e,/],
    ["a parameter", call("SetVLRenewalInterval", "@{ Interval = [uint32]1 }"), /^System.ArgumentException,/],
    ["a number's type", call("SetVLRenewalInterval", "@{ RenewalInterval = 1 }"), /^HRESULT 0x80041005,/],
    ["a missing argument", call("SetVLRenewalInterval", "@{}"), /^HRESULT 0x8004102f,/],
    ["a parameter of a cmdlet", `${service} -AsJson`, /^NamedParameterNotFound,/],
    [
      "a missing rule",
      "Get-NetFirewallRule -Name no -ErrorAction Stop",
      /^CmdletizationQuery_NotFound_InstanceID,/,
    ],
    [
      "a profile",
      "Set-NetFirewallRule -Name own -Profile Home -ErrorAction Stop",
      /^ParameterArgumentTransformationError,/,
    ],
    [
      "a rule without a display name",
      "New-NetFirewallRule -Name x -ErrorAction Stop",
      /^MissingMandatoryParameter,|^ParameterBinding/,
    ],
    [
      "a missing value",
      "Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\Windows` NT\\CurrentVersion -Name No -ErrorAction Stop",
      /^System.Management.Automation.PSArgumentException,/,
    ],
    ["a missing key", "Get-ItemProperty HKLM:\\SOFTWARE\\None -Name No -ErrorAction Stop", /^PathNotFound,/],
    [
      "no event",
      "Get-WinEvent -FilterHashtable @{ LogName = 'Application'; Id = 1 } -ErrorAction Stop",
      /^NoMatchingEventsFound,/,
    ],
  ];
  for (const [title, command, identifier] of refused) {
    it(`refuse ${title} that Windows refuses, with its identifier`, async () => {
      assert.match(await printed(command), identifier);
    });
  }

  it("give instances that do not change with the machine, with values of their types", async () => {
    const command = [
      `$one = ${service} -Property Version, VLRenewalInterval`,
      "$null = $one | Invoke-CimMethod -MethodName SetVLRenewalInterval -Arguments @{ RenewalInterval = [uint32]15 }",
      "$two = Get-CimInstance -InputObject $one",
      "'{0} {1} {2} {3}' -f $one.VLRenewalInterval, $two.VLRenewalInterval, $one.VLRenewalInterval.GetType(), $one.ClientMachineID",
    ].join("; ");
    assert.equal(await printed(command), "10080 15 System.UInt32");
  });

  it("let NetSecurity see the global preference for errors, and the others that of the caller", async () => {
    const begin = "$ErrorActionPreference = 'Stop'; ";
    assert.match(await printed(`${begin}Get-NetFirewallRule -Name no; 'on'`), /^on\n/);
    assert.match(await printed(`${begin}Get-CimInstance Win32_None; 'on'`), /^HRESULT 0x80041010,/);
  });

  it("are missing where Windows lacks a command", async () => {
    assert.match(
      await printed("Get-WindowsFeature -Name x", ["Get-WindowsFeature"]),
      /^CommandNotFoundException/,
    );
    assert.equal(await printed("Get-WindowsFeature -Name x"), "");
  });

  it("know the key of each class that the lab's machines have", () => {
    for (const [name, { key, properties }] of Object.entries(cimClasses)) {
      assert.ok(Object.hasOwn(properties, key), name);
    }
  });
});
