import assert from "node:assert/strict";
import { members } from "../rules/program";
import { diagnosticsOf, expectDiagnostics } from "./expect";

/** Invented: a real product key has at most one N. */
const [officeKey, otherKey] = ["NKMSN-YFFNC-R2N2P-NBXTN-N4N4K", "NKMSN-ABCNC-R2N2P-NBXTN-N5N5K"];
const zones = [{ zoneName: "corp.example" }];
const textOf = (diagnostics: { code: string; message: string }[], code: string) =>
  diagnostics.find((one) => one.code === code)?.message ?? "";

/** Machines by name, of which a group with another product may have the same. */
const named = (...names: string[]) => ({ ssh: { machines: names.map((name) => ({ host: name })) } });

describe("Office on machines and hosts", () => {
  const officeHost = (...versions: string[]) => ({
    name: "kms",
    os: "Windows Server 2025",
    edition: "Standard",
    key: { keyGroup: "Windows Server 2025" },
    zones,
    officeKeys: versions.map((office, place) => ({ office, productKey: [officeKey, otherKey][place] })),
  });
  const office = (version: string, changes: object = {}) => ({
    name: "desk",
    hosts: ["kms"],
    office: { version },
    machines: members(20),
    ...changes,
  });

  const tooOld: [version: string, os: string, from: RegExp][] = [
    [
      "LTSC 2024",
      "Windows Server 2019",
      /from Windows 10 LTSC 2019 and Windows Server 2022 on, not on Windows Server 2019/,
    ],
    ["LTSC 2024", "Windows 10 LTSB 2016", /not on Windows 10 LTSB 2016/],
    ["LTSC 2021", "Windows 8.1", /from Windows 10 on, not on Windows 8\.1/],
    ["2019", "Windows Server 2016", /from Windows 10 LTSC 2019 and Windows Server 2019 on/],
  ];
  for (const [version, os, from] of tooOld) {
    it(`W51: ${version} on ${os} is said to be unsupported there`, () => {
      const diagnostics = diagnosticsOf([officeHost(version)], [office(version, { os })]);
      expectDiagnostics(diagnostics, ["warning", "KMS2245", "desk", from, /activates it all the same/]);
      assert.equal(diagnostics.find(({ code }) => code === "KMS2245")?.path, "os");
    });
  }

  it("W51: nothing is said of systems that a version supports, of newer ones, and of what is not declared", () => {
    for (const os of [
      "Windows 10",
      "Windows 10 LTSC 2021",
      "Windows 11 LTSC 2024",
      "Windows Server 2025",
      undefined,
    ]) {
      expectDiagnostics(diagnosticsOf([officeHost("LTSC 2024")], [office("LTSC 2024", { os })]));
    }
    // Said once, as an error: Office has a service of its own there.
    expectDiagnostics(diagnosticsOf([officeHost("2019")], [office("2019", { os: "Windows 7" })]), [
      "error",
      "KMS2257",
      "desk",
    ]);
  });

  it("W52: two versions side by side on the same machines need a host key each, and no more", () => {
    const machines = named("a", "b", "c", "d", "e");
    const visio = office("2019", {
      name: "visio",
      office: { version: "2019", product: "Visio Professional 2019" },
      machines,
    });
    expectDiagnostics(
      diagnosticsOf([officeHost("LTSC 2024", "2019")], [office("LTSC 2024", { machines }), visio]),
    );
  });

  it("W53: a product of another version is told which one it is of", () => {
    const product = (name: string) =>
      textOf(
        diagnosticsOf([officeHost("2019")], [office("2019", { office: { version: "2019", product: name } })]),
        "KMS2256",
      );
    for (const name of ["Visio LTSC Professional 2021", "VisioPro2021Volume"]) {
      assert.match(
        product(name),
        /"Visio LTSC Professional 2021" is one of Office LTSC 2021: correct office\.version or office\.product\.$/,
      );
    }
    assert.match(product("Standard2019Volume"), /Did you mean "Office Standard 2019"\?$/);
  });

  it("W54: machines that are off, clones of one image, do not make a count of Office", () => {
    const off = office("LTSC 2024", { assume: { offlineDays: 45 } });
    const few = office("LTSC 2024", { name: "few", machines: members(3) });
    expectDiagnostics(
      diagnosticsOf([officeHost("LTSC 2024")], [off, few]),
      [
        "warning",
        "KMS2240",
        "few",
        /count 3 machines .* counted: desk 0 of 20 \(off for longer than 30 days\), few 3\./,
      ],
      ["warning", "KMS2231", "desk"],
    );
    const clones = office("LTSC 2024", { assume: { image: { generalized: false } } });
    expectDiagnostics(
      diagnosticsOf([officeHost("LTSC 2024")], [clones]),
      ["warning", "KMS2240", "desk", /1 of 20 \(clones with one client machine ID\)/],
      ["warning", "KMS2216", "desk", /threshold 5/],
    );
  });

  it("W55: several hosts share the count of Office as that of Windows", () => {
    const second = (priority = 0) => ({
      ...officeHost("LTSC 2024"),
      name: "second",
      zones: [{ ...zones[0], priority }],
    });
    const of = (count: number, priority?: number) =>
      diagnosticsOf(
        [officeHost("LTSC 2024"), second(priority)],
        [office("LTSC 2024", { hosts: ["kms", "second"], machines: members(count) })],
      );
    expectDiagnostics(of(20));
    expectDiagnostics(of(12), ["info", "KMS2213", "desk", /both reach 5 .* only from 17/]);
    expectDiagnostics(of(8), [
      "warning",
      "KMS2212",
      "desk",
      /8 machines on 2 KMS hosts leave about 4 on each/,
    ]);
    expectDiagnostics(of(4), [
      "warning",
      "KMS2240",
      "desk",
      /count 2 machines .* 2 of 4 \(shared by 2 hosts\)/,
    ]);
    expectDiagnostics(of(8, 20), ["warning", "KMS2215", "desk", /refuses the first 4 machines/]);
  });
});
