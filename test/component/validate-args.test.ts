import assert from "node:assert/strict";
import { argumentDiagnostics } from "../../provider/component/validate-args";
import { kmsClientGroupArgs, kmsHostArgs } from "../../provider/validators.generated";

const host = {
  keyGroup: "Volume License for Windows Server 2022",
  productKey: "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K",
  os: "Windows Server 2022",
};
const hostErrors = (changes: object, ...unknownPaths: string[]) =>
  argumentDiagnostics(kmsHostArgs, {
    values: Object.fromEntries(
      Object.entries({ ...host, ...changes }).filter(([, value]) => value !== undefined),
    ),
    unknownPaths: new Set(unknownPaths),
  }).map(({ code, property, severity, message }) => ({ code, property, severity, message }));

describe("arguments", () => {
  it("are accepted when they are right", () => {
    assert.deepEqual(hostErrors({}), []);
    assert.deepEqual(
      hostErrors({ srvRecords: [{ privateZone: { resourceGroupName: "rg", zoneName: "corp.example" } }] }),
      [],
    );
  });

  it("with an unknown name get the nearest known one", () => {
    const [error] = hostErrors({ clientPrefixs: [] });
    assert.equal(error.code, "KMS1001");
    assert.equal(error.property, "clientPrefixs");
    assert.equal(error.severity, "error");
    assert.match(error.message, /Did you mean clientPrefixes\?$/);
  });

  it("that are missing are named, by the user's own path", () => {
    assert.deepEqual(
      hostErrors({ os: undefined, srvRecords: [{ privateZone: { zoneName: "corp.example" } }] }).map(
        ({ code, property }) => [code, property],
      ),
      [
        ["KMS1002", "os"],
        ["KMS1002", "srvRecords[0].privateZone.resourceGroupName"],
      ].sort(([, left], [, right]) => (left < right ? -1 : 1)),
    );
  });

  it("that are not known yet are not missing", () => {
    assert.deepEqual(hostErrors({ os: undefined }, "os"), []);
  });

  it("in lists that are not known yet are not wrong, those beside them are", () => {
    const prefixes = [undefined, undefined, "10.20.0.0/16"];
    assert.deepEqual(hostErrors({ clientPrefixes: prefixes }, "clientPrefixes[0]", "clientPrefixes[1]"), []);
    assert.deepEqual(
      hostErrors({ clientPrefixes: [undefined, "x"] }, "clientPrefixes[0]").map(({ property }) => property),
      ["clientPrefixes[1]"],
    );
    const dnsUpdate = { zoneName: "corp.example", servers: [undefined, undefined] };
    const at = "srvRecords[0].dnsUpdate.servers";
    assert.deepEqual(hostErrors({ srvRecords: [{ dnsUpdate }] }, `${at}[0]`, `${at}[1]`), []);
  });

  it("out of range show the value and what is allowed", () => {
    const bad: [object, RegExp][] = [
      [{ port: 0 }, /^KMS1003 port: 0 is not allowed. Specify a whole number from 1 to 65535\.$/],
      [{ port: 65536 }, /^KMS1003 port: 65536 /],
      [{ renewalIntervalMinutes: 14 }, /^KMS1003 renewalIntervalMinutes: 14 .*15 to 43200/],
      [{ activationIntervalMinutes: 43201 }, /^KMS1003 activationIntervalMinutes: 43201 /],
      [{ clientPrefixes: ["10.20.0.256/16"] }, /^KMS1003 clientPrefixes\[0\]: "10\.20\.0\.256\/16" /],
      [{ clientPrefixes: ["1::2::3"] }, /^KMS1003 clientPrefixes\[0\]: "1::2::3" /],
      [{ clientPrefixes: ["fd00::/129"] }, /^KMS1003 clientPrefixes\[0\]: "fd00::\/129" /],
      [{ clientPrefixes: ["10.20.0.0/33"] }, /^KMS1003 clientPrefixes\[0\]: "10\.20\.0\.0\/33" /],
      [
        { srvRecords: [{ privateZone: { resourceGroupName: "rg", zoneName: "corp" } }] },
        /zoneName: "corp" .*two labels/,
      ],
      [{ computerName: "much-too-long-name" }, /^KMS1003 computerName: .*1 to 15 letters/],
      [{ azureVmId: "kms" }, /^KMS1003 azureVmId: "kms" .*Azure resource ID of a virtual machine/],
      [
        { hostLimitException: { hosts: 6, reference: "x" } },
        /^KMS1003 hostLimitException\.hosts: 6 .*7 to 10000/,
      ],
    ];
    for (const [change, expected] of bad) {
      const errors = hostErrors(change);
      assert.equal(errors.length, 1, JSON.stringify(change));
      assert.match(errors[0].message, expected);
    }
  });

  it("at the ends of their ranges are accepted", () => {
    const good = [
      { port: 1 },
      { port: 65535 },
      { renewalIntervalMinutes: 15 },
      { activationIntervalMinutes: 43200 },
    ];
    assert.deepEqual(
      good.flatMap((change) => hostErrors(change)),
      [],
    );
  });

  it("that are secret are never repeated", () => {
    const vm = { resourceGroupName: "rg", subnetId: "x", adminPassword: "short-secret".slice(0, 8) };
    const text = JSON.stringify([
      ...hostErrors({ productKey: "" }),
      ...hostErrors({ productKey: { value: "NKMSN" } }),
      ...hostErrors({ vm }),
    ]);
    assert.ok(!text.includes("NKMSN"));
    assert.ok(!text.includes(vm.adminPassword));
    assert.match(text, /adminPassword: a text of 8 characters is not allowed/);
  });

  it("of an Office host key are told by its place, and never show the key", () => {
    const errors = hostErrors({
      officeKeys: [{ office: "LTSC 2024", productKey: { value: "NKMSN" }, activation: "later" }],
    });
    assert.deepEqual(errors.map(({ property }) => property).sort(), [
      "officeKeys[0].activation",
      "officeKeys[0].productKey",
    ]);
    assert.ok(!JSON.stringify(errors).includes("NKMSN"));
  });

  it("several mistakes are told together", () => {
    assert.deepEqual(
      hostErrors({ port: 0, lowPriority: "yes", extra: 1 })
        .map(({ property }) => property)
        .sort(),
      ["extra", "lowPriority", "port"],
    );
  });

  it("of a group are checked as well", () => {
    const errors = argumentDiagnostics(kmsClientGroupArgs, {
      values: { hosts: [], os: "Windows 11", edition: "Enterprise", discovery: "both", vms: { count: 0 } },
      unknownPaths: new Set(["vms.resourceGroupName", "vms.subnetId", "vms.adminPassword"]),
    });
    assert.deepEqual(errors.map(({ property }) => property).sort(), ["discovery", "hosts", "vms.count"]);
  });

  it("of a group that Azure's own KMS activates name a whole route table", () => {
    const values = { os: "Windows Server 2022", edition: "Datacenter", azureKms: true };
    const errors = (azureKmsRoutes: object, azureKms: unknown = true) =>
      argumentDiagnostics(kmsClientGroupArgs, {
        values: { ...values, azureKms, azureKmsRoutes },
        unknownPaths: new Set(),
      }).map(({ code, property }) => `${code} ${property}`);
    assert.deepEqual(errors({ resourceGroupName: "rg", routeTableName: "tunnel_" }), []);
    assert.deepEqual(errors({ resourceGroupName: "rg" }), ["KMS1002 azureKmsRoutes.routeTableName"]);
    assert.deepEqual(errors({ resourceGroupName: "rg", routeTableName: "tunnel-" }, "yes").sort(), [
      "KMS1003 azureKms",
      "KMS1003 azureKmsRoutes.routeTableName",
    ]);
  });
});
