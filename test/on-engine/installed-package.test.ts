import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import { story } from "../story";
import { installPackage, type InstalledPackage } from "./installed-package";
import { policyStack } from "./policy-stack";

const example = path.resolve(__dirname, "../../examples/minimal");

/** A program that a team's policies refuse. */
async function openProgram(): Promise<void> {
  const resourceGroupName = new resources.ResourceGroup("rg", { location: "westeurope" }).name;
  new network.SecurityRule("open", {
    resourceGroupName,
    networkSecurityGroupName: "nsg",
    access: "Allow",
    direction: "Inbound",
    priority: 200,
    protocol: "Tcp",
    sourceAddressPrefix: "Internet",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "1688",
  });
}

describe("the package, installed outside the repository", function () {
  this.timeout(300_000);
  let project: InstalledPackage;
  let environment: NodeJS.ProcessEnv;

  before(async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    project = await installPackage();
    environment = {
      PULUMI_HOME: path.join(project.root, "home"),
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PATH: await pathWithEngine(),
      XDG_STATE_HOME: path.join(project.root, "user state"),
      HOME: path.join(project.root, "user"),
    };
    await mkdir(path.join(project.root, "home"));
    for (const file of ["index.ts", "tsconfig.json", "Pulumi.yaml"]) {
      await copyFile(path.join(example, file), path.join(project.folder, file));
    }
  });
  after(async () => {
    if (project !== undefined) {
      await cli("stop");
      await project.remove();
    }
  });

  const cli = (...args: string[]) => project.run("npx", ["pulumi-windows-kms-lab", ...args], environment);

  /** The engine looks beside itself for the providers that it has not been given; this one is the project's own. */
  async function pathWithEngine(): Promise<string> {
    const engine = process.env.KMS_ENGINE_DIR;
    assert.ok(engine, "KMS_ENGINE_DIR must name the folder of pulumi; npm test sets it");
    const bin = path.join(project.root, "bin");
    const dynamicProvider = "pulumi-resource-pulumi-nodejs";
    await mkdir(bin);
    await symlink(path.join(await realpath(engine), "pulumi"), path.join(bin, "pulumi"));
    await symlink(
      path.join(project.folder, "node_modules/@pulumi/pulumi", dynamicProvider),
      path.join(bin, dynamicProvider),
    );
    return [bin, engine, process.env.PATH].join(path.delimiter);
  }

  async function pulumi(...args: string[]): Promise<string> {
    return pulumiWith("", ...args);
  }

  async function pulumiWith(input: string, ...args: string[]): Promise<string> {
    const { exitCode, out, err } = await project.run(
      "pulumi",
      [...args, "--non-interactive"],
      environment,
      input,
    );
    assert.equal(exitCode, 0, out + err);
    return out;
  }

  it("contains everything that it needs, and loads nothing of the repository", async () => {
    const installed = path.join(project.folder, "node_modules/pulumi-windows-kms");
    assert.equal(await realpath(installed), installed, "it is no link");
    const { exitCode, err } = await project.run("node", ["-e", 'require("pulumi-windows-kms")'], environment);
    assert.equal(exitCode, 0, err);
    const reached = await project.run("node", ["-e", `require(${JSON.stringify(__filename)})`], environment);
    assert.match(reached.err, /a module of the repository was asked for/);
  });

  it("loads Microsoft's libraries for Azure only when something is asked of Azure, and no compiler of schemas", async () => {
    const program = `
      require("pulumi-windows-kms");
      require("pulumi-windows-kms/bin/provider/handlers");
      const slow = /@azure\\W[\\w-]+|ajv\\Wdist\\Wcompile/;
      const libraries = Object.keys(require.cache).map((file) => slow.exec(file)?.[0]);
      console.log([...new Set(libraries)].filter(Boolean).sort().join());`;
    const { out, err } = await project.run("node", ["-e", program], environment);
    assert.equal(out.trim(), "", err);
  });

  const { step } = story();
  const start = async () => {
    const started = await cli("start");
    assert.equal(started.exitCode, 0, started.err);
    const environmentOfLab = JSON.parse((await cli("env", "--shell", "json")).out) as NodeJS.ProcessEnv;
    Object.assign(environment, environmentOfLab);
    return environmentOfLab;
  };
  const statusOfLab = async () => JSON.parse((await cli("status", "--json")).out);

  const started = step("start", start);
  const checked = step("a preview with the policy pack", async () => {
    const environmentOfLab = (await started()) as Record<string, string>;
    const lab = { address: { environment: { ...environmentOfLab, NODE_OPTIONS: project.nodeOptions } } };
    const modules = path.join(project.folder, "node_modules");
    const stack = await policyStack(lab, "open", openProgram, {
      pack: path.join(modules, "pulumi-windows-kms-policy"),
      sdk: path.join(modules, "@pulumi/pulumi"),
    });
    try {
      return await stack.run("preview");
    } finally {
      await stack.remove();
    }
  });

  it("runs its policy pack in the lab", async () => {
    const { ok, violations, text } = await checked();
    assert.equal(ok, false, text);
    assert.deepEqual(
      violations.map(({ policy, level, resource }) => [policy, level, resource]),
      [["kms-port-open", "mandatory", "open"]],
    );
  });

  const updated = step("two updates", async () => {
    await pulumi("stack", "init", "lab");
    for (const [key, ...source] of [
      ["kmsHostKey", "key", "WindowsServer2022"],
      ["adminPassword", "password"],
    ]) {
      await pulumiWith((await cli(...source)).out, "config", "set", "--secret", key);
    }
    const first = await pulumi("up", "--yes", "--skip-preview");
    const second = await pulumi("up", "--yes", "--skip-preview");
    const ledger = new URL(environment.PULUMI_WINDOWS_KMS_LAB_LEDGER!);
    return { first, second, status: await statusOfLab(), ledgerIsThere: existsSync(ledger) };
  });
  const destroyed = step("destroy", async () => {
    await pulumi("destroy", "--yes", "--skip-preview");
    return statusOfLab();
  });

  it("runs a user's program in the lab, from up to destroy", async () => {
    const { first, second, status, ledgerIsThere } = await updated();
    assert.match(first, /\+ 25 created/);
    assert.match(second, /25 unchanged/);
    const { machines, resources } = status;
    assert.deepEqual(
      machines
        .map((machine: Record<string, string>) => `${machine.licenseStatus} ${machine.partialProductKey}`)
        .sort(),
      [
        "Licensed 6VM33",
        "Licensed 6VM33",
        "Licensed 6VM33",
        "Licensed 6VM33",
        "Licensed 6VM33",
        "Licensed N2W2K",
      ],
    );
    assert.ok(
      resources.some(
        ({ type, count }: { type: string; count: number }) => /virtualMachines$/.test(type) && count === 6,
      ),
    );
    assert.ok(ledgerIsThere, "the ledger is the lab's");
    assert.ok(!existsSync(path.join(project.folder, "kms-ledger")), "and not the program's");
    assert.deepEqual((await destroyed()).resources, []);
  });

  const stopped = step("stop", async () => {
    const { arm } = await statusOfLab();
    const { out } = await cli("stop");
    const left = await readdir(path.join(project.root, "user state/pulumi-windows-kms/lab"));
    const answers = await fetch(`${arm}/lab/identity`).then(
      () => true,
      () => false,
    );
    return { out, left, answers, status: await statusOfLab() };
  });

  it("stops the lab and leaves nothing but the passphrase for the next one", async () => {
    const { out, left, answers, status } = await stopped();
    assert.match(out, /^the lab on http:\/\/127\.0\.0\.1:\d+ has ended/);
    assert.equal(answers, false);
    assert.deepEqual(left, ["passphrase"]);
    assert.deepEqual(status, { running: false });
  });

  const nextLab = step("the next lab", async () => {
    await start();
    await pulumi("stack", "init", "lab");
    const key = await pulumi("config", "get", "kmsHostKey");
    const preview = await pulumi("preview");
    const labKey = (await cli("key", "WindowsServer2022")).out;
    await cli("stop");
    return { key, preview, labKey };
  });

  it("keeps the settings of a stack for the next lab", async () => {
    const { key, preview, labKey } = await nextLab();
    assert.equal(key, labKey);
    assert.match(preview, /\+ 25 to create/);
  });

  it("needs nothing that only the lab or the policy pack needs", async () => {
    const dependenciesOf = async (name: string): Promise<string[]> => {
      const manifest = path.join(project.folder, "node_modules", name, "package.json");
      return Object.keys(JSON.parse(await readFile(manifest, "utf8")).dependencies);
    };
    const own = await dependenciesOf("pulumi-windows-kms");
    const others = [
      ...(await dependenciesOf("pulumi-windows-kms-lab")),
      ...(await dependenciesOf("pulumi-windows-kms-policy")),
    ].filter((name) => !own.includes(name) && !pulumisOwn.has(name));
    assert.ok(others.includes("@azure/arm-network") && others.includes("@pulumi/policy"));
    const hidden = path.join(project.root, "hide.cjs");
    await writeFile(hidden, hideModules(others));
    const hiding = { ...environment, NODE_OPTIONS: `--require "${hidden}"` };
    const { exitCode, err } = await project.run("node", ["-e", 'require("pulumi-windows-kms")'], hiding);
    assert.equal(exitCode, 0, err);
  });
});

/** What the lab shares with Pulumi's SDK. */
const pulumisOwn = new Set(["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf"]);

/** A module that makes others look as if they were not installed. */
const hideModules = (names: string[]) => `
const { Module } = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  if (${JSON.stringify(names)}.includes(name)) {
    throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: "MODULE_NOT_FOUND" });
  }
  return resolve.call(this, name, ...rest);
};
`;
