import assert from "node:assert/strict";
import { validate } from "../../provider/component/validate";
import type { KMSClientGroupValues, KMSHostValues } from "../../provider/rules/args.generated";
import { labKey } from "../rules/program";
import { expectDiagnostics } from "./expect";

const subnetId =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/hosts";
const create = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests" };
const os = "Windows Server 2022";

/** What the preview says of a created host with these arguments. */
const ofHost = (changes: KMSHostValues) =>
  validate({
    hosts: {
      kms: { key: { keyGroup: os, productKey: labKey }, os, machine: { create }, ...changes },
    },
  });

describe("K24: IPv4 and IPv6 prefixes in one list of clients", () => {
  it("K24: at preview they are an error that names the prefix of the other family", () => {
    expectDiagnostics(ofHost({ clientPrefixes: ["10.20.0.0/16", "fd00:db8:20::/48"] }), [
      "error",
      "KMS2117",
      "kms",
      /clientPrefixes\[1\]: fd00:db8:20::\/48 cannot stand beside the IPv4 prefix 10\.20\.0\.0\/16/,
      /a rule of a network security group holds either IPv4 or IPv6 prefixes/,
      /created machine has no IPv6 address.*clients cannot reach it from fd00:db8:20::\/48/,
    ]);
  });

  it("K24: at preview IPv6 prefixes alone are a warning, and IPv4 prefixes nothing", () => {
    expectDiagnostics(ofHost({ clientPrefixes: ["fd00:db8:20::/48"] }), [
      "warning",
      "KMS2118",
      "kms",
      /the created machine has no IPv6 address, so clients cannot reach it from fd00:db8:20::\/48/,
    ]);
    expectDiagnostics(ofHost({ clientPrefixes: ["10.20.0.0/16"] }));
  });
});

describe("K39: client prefixes that overlap", () => {
  it("K39: at preview the contained ones are named, with what to do", () => {
    const diagnostics = ofHost({ clientPrefixes: ["10.20.0.0/16", "10.20.1.0/24", "10.20.1.5"] });
    expectDiagnostics(diagnostics, [
      "error",
      "KMS2119",
      "kms",
      /10\.20\.1\.0\/24 and 10\.20\.1\.5 lie inside 10\.20\.0\.0\/16/,
      /Leave them out/,
    ]);
    expectDiagnostics(ofHost({ clientPrefixes: ["10.20.1.0/24", "10.20.2.0/24"] }));
  });
});

describe("K40: a prefix with host bits, and two that are malformed", () => {
  it("K40: at preview host bits are an error that names the network", () => {
    expectDiagnostics(ofHost({ clientPrefixes: ["10.20.5.68/27"] }), [
      "error",
      "KMS2120",
      "kms",
      /clientPrefixes\[0\]: 10\.20\.5\.68\/27 has host bits/,
      /the network is 10\.20\.5\.64\/27/,
    ]);
  });

  it("K40: at preview what is no prefix is an error at its place", () => {
    const diagnostics = ofHost({ clientPrefixes: ["192.168.0.0/34", "10.0.0/0/16"] });
    assert.deepEqual(
      diagnostics.map(({ code, severity, path }) => `${severity} ${code} ${path}`),
      ["error KMS1003 clientPrefixes[0]", "error KMS1003 clientPrefixes[1]"],
    );
    diagnostics.forEach(({ message }) => assert.match(message, /Specify an address prefix/));
  });
});

describe("K41: administrator names and passwords that Azure refuses", () => {
  const withAdministrator = (changes: object) => ofHost({ machine: { create: { ...create, ...changes } } });

  it("K41: at preview a name of Azure's list and one with other characters are errors", () => {
    expectDiagnostics(withAdministrator({ adminUsername: "administrator" }), [
      "error",
      "KMS2131",
      "kms",
      /machine\.create\.adminUsername: .*"administrator".*one of the names that Azure does not allow/,
    ]);
    expectDiagnostics(withAdministrator({ adminUsername: "kms@corp" }), [
      "error",
      "KMS2131",
      "kms",
      /"kms@corp".*it has the character @.*1 to 20 characters/,
    ]);
  });

  it("K41: at preview a weak password is an error that does not show it", () => {
    const adminPassword = "aaaaaaaaaaaaaa";
    const diagnostics = withAdministrator({ adminPassword });
    expectDiagnostics(diagnostics, [
      "error",
      "KMS2132",
      "kms",
      /it has characters of 1 of the four classes, and 3 are needed/,
      /8 to 123 characters from at least three of the four classes/,
    ]);
    assert.ok(!JSON.stringify(diagnostics).includes(adminPassword));
  });

  it("K41: at preview the same is said of machines and scale sets of a group", () => {
    const machine = { ...create, adminUsername: "Admin", adminPassword: "Pa$$word" };
    const ofGroup = (machines: KMSClientGroupValues["machines"]) =>
      validate({ groups: { web: { azureKms: true, os, edition: "Datacenter", machines } } });
    const codes = (machines: KMSClientGroupValues["machines"]) =>
      ofGroup(machines)
        .filter(({ severity }) => severity === "error")
        .map(({ code, path }) => `${code} ${path}`);
    assert.deepEqual(codes({ create: { ...machine, count: 5 } }), [
      "KMS2131 machines.create.adminUsername",
      "KMS2132 machines.create.adminPassword",
    ]);
    assert.deepEqual(codes({ scaleSet: { ...machine, capacity: 5 } }), [
      "KMS2131 machines.scaleSet.adminUsername",
      "KMS2132 machines.scaleSet.adminPassword",
    ]);
  });
});
