import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type * as Program from "../../provider/component/program";
import {
  attachedFacts,
  attachFacts,
  copyDiagnostics,
  runningProgram,
} from "../../provider/component/program";
import { factsLayout } from "../../provider/rules/facts";
import { stopMocks } from "../declared-resources";
import { host } from "../rules/program";

const mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };
const shared = globalThis as unknown as Record<symbol, { layout: number; folder: string } | undefined>;
const sharedKey = Symbol.for("pulumi-windows-kms.programs");

/** Another copy of the module, as a program gets one that installs the package twice. */
function anotherCopy(): typeof Program {
  const file = require.resolve("../../provider/component/program");
  const loaded = require.cache[file];
  delete require.cache[file];
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a second copy of a module
    return require(file) as typeof Program;
  } finally {
    require.cache[file] = loaded;
  }
}

class Resource extends pulumi.ComponentResource {
  constructor(name: string) {
    super("windows-kms:index:KMSHost", name);
  }
}

describe("what a program's resources know of each other", () => {
  beforeEach(() => pulumi.runtime.setMocks(mocks, "project", "stack", true));
  afterEach(stopMocks);

  it("belongs to one program", async () => {
    const first = runningProgram();
    assert.equal(runningProgram(), first);
    first.addHost(host());
    await pulumi.runtime.setMocks(mocks, "project", "another", true);
    assert.notEqual(runningProgram(), first);
    assert.equal(runningProgram().host("kms"), undefined);
  });

  it("is shared by two copies of the package", async () => {
    const other = anotherCopy();
    assert.notEqual(other.runningProgram, runningProgram);
    other.runningProgram().addHost(host());
    assert.equal(runningProgram().host("kms")?.name, "kms");
    const resource = new Resource("kms");
    other.attachFacts(resource, Promise.resolve(host()));
    assert.deepEqual(await attachedFacts(resource), host());
    assert.deepEqual(copyDiagnostics(new Map([["hosts[0]", resource]])), []);
  });

  it("travels with a host where no export of the host shows it", async () => {
    const resource = new Resource("kms");
    attachFacts(resource, Promise.resolve(host({ key: { productKey: "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K" } })));
    assert.ok(!Object.keys(resource).some((name) => /facts/i.test(name)));
    assert.doesNotMatch(JSON.stringify(Object.entries(resource).map(([, value]) => typeof value)), /NKMSN/);
    assert.deepEqual(Object.getOwnPropertySymbols(Object.assign({}, resource)), []);
    assert.equal((await attachedFacts(resource))?.name, "kms");
  });
});

describe("a copy of the package with another layout of the facts", () => {
  beforeEach(() => pulumi.runtime.setMocks(mocks, "project", "stack", true));
  afterEach(stopMocks);

  it("is refused by name at the host that comes from it", async () => {
    const resource = new Resource("kms");
    const value = { layout: factsLayout + 1, folder: "/app/other", facts: Promise.resolve(host()) };
    Object.defineProperty(resource, Symbol.for("pulumi-windows-kms.facts"), { value });
    assert.equal(await attachedFacts(resource), undefined);
    const [diagnostic, ...others] = copyDiagnostics(new Map([["hosts[0]", resource]]));
    assert.deepEqual(others, []);
    assert.equal(`${diagnostic.severity} ${diagnostic.code} ${diagnostic.path}`, "error KMS1012 hosts[0]");
    assert.match(diagnostic.message, /pulumi-windows-kms from \/app\/other, whose version does not fit/);
  });

  it("is refused by name where it was loaded first, and shares nothing", () => {
    const before = shared[sharedKey];
    shared[sharedKey] = { layout: factsLayout + 1, folder: "/app/other" };
    try {
      const [diagnostic] = copyDiagnostics(new Map());
      assert.equal(`${diagnostic.severity} ${diagnostic.code}`, "error KMS1012");
      assert.match(diagnostic.message, /from \/app\/other/);
      assert.notEqual(runningProgram(), runningProgram());
    } finally {
      shared[sharedKey] = before;
    }
  });
});
