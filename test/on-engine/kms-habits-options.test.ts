import assert from "node:assert/strict";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { storedResources } from "./stored-resources";

const otherSubscription = "00000000-1ab0-4000-8000-000000000003";

/** A host and its group in a subscription other than the one in the stack's configuration. */
const elsewhere = (option: string) =>
  kmsProgram(`
import { Provider } from "@pulumi/azure-native/provider";
const provider = new Provider("other", { subscriptionId: "${otherSubscription}", location });
const theirs = { provider };
const group2 = new resources.ResourceGroup("rg2", { location }, theirs);
const vnet2 = new network.VirtualNetwork("vnet2", {
  resourceGroupName: group2.name,
  location,
  addressSpace: { addressPrefixes: ["10.30.0.0/16"] },
}, theirs);
const subnet2 = new network.Subnet("subnet2", {
  resourceGroupName: group2.name,
  virtualNetworkName: vnet2.name,
  addressPrefix: "10.30.1.0/24",
}, theirs);
const zone2 = new privatedns.PrivateZone("zone2", {
  resourceGroupName: group2.name,
  privateZoneName: "other.example",
  location: "global",
}, theirs);
new privatedns.VirtualNetworkLink("link2", {
  resourceGroupName: group2.name,
  privateZoneName: zone2.name,
  location: "global",
  virtualNetwork: { id: vnet2.id },
  registrationEnabled: false,
}, theirs);
const theirMachine = { ...create, resourceGroupName: group2.name, subnetId: subnet2.id, location: undefined };
const host = new KMSHost("kms", {
  ...hostArgs,
  machine: { create: theirMachine },
  clientPrefixes: ["10.30.0.0/16"],
  zones: [{ zoneName: "other.example", azurePrivateZoneId: zone2.id }],
}, { ${option} });
const web = new KMSClientGroup("web", {
  ...groupArgs,
  hosts: [host],
  machines: { create: { ...theirMachine, count: 5 } },
}, { ${option} });
const again = new KMSHost("again", {
  key: { keyGroup: KeyGroup.WindowsServer2022 },
  machine: { azureVmId: host.azureVmId.apply((id) => id!) },
  readOnly: true,
}, { ${option}, dependsOn: web });
export const azureVmId = host.azureVmId;
export const licensed = web.members.apply((all) => all.filter(({ status }) => status === "Licensed").length);
export const address = again.fqdn;
`);

describe("resource options of the components, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;

  const startProgram = async (name: string, text: string) => {
    const stack = await engineProgram(lab, name, text);
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
    return stack;
  };
  before(async () => {
    lab = await startLab();
  });
  after(async () => {
    await lab?.stop();
  });

  describe("provider and providers", () => {
    for (const option of ["provider", `providers: { "azure-native": provider }`]) {
      it(`reach everything that is created in Azure: ${option}`, async () => {
        const stack = await startProgram("providers", elsewhere(option));
        try {
          const { ok, outputs, text } = await stack.up();
          assert.ok(ok, text);
          assert.match(
            outputs.azureVmId.value as string,
            new RegExp(`/subscriptions/${otherSubscription}/`, "i"),
          );
          assert.equal(outputs.licensed.value, 5);
          assert.match(outputs.address.value as string, /^10\.30\.1\.\d+$/);
          assert.doesNotMatch(text, /KMS3032/);
        } finally {
          const { ok, text } = await stack.destroy();
          assert.ok(ok, text);
          await stack.remove();
        }
      });
    }
  });

  it("cause a warning when the provider's credentials differ from those of the work on the machines", async () => {
    const signIn = `clientId: "11111111-0000-4000-8000-000000000001", clientSecret: "a-secret-of-the-provider"`;
    const text = elsewhere("provider").replace(
      "location });\nconst theirs",
      `location, ${signIn} });\nconst theirs`,
    );
    const stack = await startProgram("sign-in", text);
    try {
      const preview = await stack.preview();
      assert.ok(preview.ok, preview.text);
      const warnings = preview.diagnostics.filter(({ message }) => message.startsWith("KMS3032"));
      assert.deepEqual(warnings.map(({ urn }) => urn?.split("::").at(-1)).sort(), ["again", "kms", "web"]);
      assert.match(
        warnings[0].message,
        /Set the same credentials in the environment: ARM_CLIENT_ID, ARM_CLIENT_SECRET\.$/,
      );
      assert.ok(!preview.text.includes("a-secret-of-the-provider"));
      await stack.write(kmsProgram(`new KMSHost("kms", hostArgs);`));
      stack.setConfig("azure-native:tenantId", "22222222-0000-4000-8000-000000000001");
      const configured = await stack.preview();
      assert.match(
        configured.text,
        /KMS3032 the configuration azure-native of the stack .*: ARM_TENANT_ID\./,
      );
    } finally {
      await stack.remove();
    }
  });

  describe("on one stack", () => {
    let stack: EngineProgram;
    const program = (options: string, more = "", first = "") =>
      kmsProgram(`
${first}
const options: pulumi.ComponentResourceOptions = { ${options} };
const host = new KMSHost("kms", hostArgs, options);
const web = new KMSClientGroup("web", { hosts: [host], ...groupArgs }, options);
new resources.ResourceGroup("after", { location }, { dependsOn: [host] });
${more}
`);

    const stored = async (name: string) =>
      (await storedResources(stack)).find(({ urn }) => urn.endsWith(`::${name}`))!;

    before(async () => {
      stack = await startProgram("options", program(""));
    });
    after(async () => {
      await stack?.remove();
    });

    const { step } = story();
    const previewOf =
      (...args: Parameters<typeof program>) =>
      async () => {
        await stack.write(program(...args));
        return stack.preview();
      };

    const imported = step(
      "a preview with import",
      previewOf("", `new KMSHost("taken", hostArgs, { import: "/subscriptions/s" } as object);`),
    );

    it("reject import, and say how to take a host over", async () => {
      const { ok, text, diagnostics } = await imported();
      assert.equal(ok, false);
      const error = diagnostics.find(({ severity }) => severity === "error");
      assert.match(error?.message ?? text, /^KMS1010 import: a KMSHost is a component.*machine\.azureVmId/);
      assert.match(error?.urn ?? "", /KMSHost::taken$/);
    });

    const created = step("up", async () => {
      await stack.write(program(""));
      return { ...(await stack.up()), group: await stored("web-activation") };
    });

    it("order the work: hosts before their groups, and a host before what depends on it", async () => {
      const { ok, text, events, group } = await created();
      assert.ok(ok, text);
      const done = events.flatMap(
        ({ resOutputsEvent }) => resOutputsEvent?.metadata.urn.split("::").at(-1) ?? [],
      );
      const inOrder = ["kms-vm", "kms-activation", "kms-srv", "web-activation"].map((name) =>
        done.indexOf(name),
      );
      assert.deepEqual(
        inOrder,
        [...inOrder].sort((left, right) => left - right),
        done.join(" "),
      );
      assert.ok(done.indexOf("after") > done.indexOf("kms-srv"), done.join(" "));
      const dependencies = (group.dependencies ?? []).map((urn) => urn.split("::").at(-1));
      for (const name of ["kms-activation", "kms-srv", "web-1-vm"]) {
        assert.ok(dependencies.includes(name), dependencies.join(" "));
      }
    });

    const ignoring = step("a preview with ignoreChanges", previewOf(`ignoreChanges: ["machine"]`));

    it("cause a warning for ignoreChanges, which Pulumi does not pass on to children", async () => {
      const { ok, text, diagnostics } = await ignoring();
      assert.ok(ok, text);
      const warnings = diagnostics.filter(({ message }) => message.startsWith("KMS1011 ignoreChanges: "));
      assert.deepEqual(warnings.map(({ message }) => /this option of a (\w+)/.exec(message)?.[1]).sort(), [
        "KMSClientGroup",
        "KMSHost",
      ]);
    });

    const transformed = step("an update with transforms", async () => {
      await stack.write(
        program(`transforms: [({ type, props, opts }) => {
          if (type === "azure-native:compute:VirtualMachine") {
            const ignored = pulumi.mergeOptions(opts, { ignoreChanges: ["hardwareProfile"] });
            return { props: { ...props, hardwareProfile: { vmSize: "Standard_D2s_v5" }, tags: { team: "licensing" } }, opts: ignored };
          }
          return type === "pulumi-nodejs:dynamic/windows-kms:HostActivation"
            ? { props: { ...props, settings: pulumi.output(props.settings).apply((all) => ({ ...all, lowPriority: true })) }, opts }
            : undefined;
        }]`),
      );
      const update = await stack.up();
      const machines = await Promise.all(["kms-vm", "web-5-vm"].map(stored));
      return { ...update, machines, host: await stored("kms-activation") };
    });
    const transformedAgain = step("a second update with transforms", () => stack.up());

    it("let transforms change properties and options of children, dynamic ones included", async () => {
      const { ok, text, machines, host } = await transformed();
      assert.ok(ok, text);
      for (const { outputs } of machines) {
        assert.deepEqual(outputs.tags, { team: "licensing" });
        assert.deepEqual(outputs.hardwareProfile, { vmSize: "Standard_B2as_v2" });
      }
      assert.equal((host.outputs.settings as { lowPriority: boolean }).lowPriority, true);
      const again = await transformedAgain();
      assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
    });

    const withTransformations = step("an update with transformations", async () => {
      const ofStack = `pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
        type === "azure-native:network:NetworkInterface"
          ? { props: { ...props, tags: { team: "network" } }, opts }
          : undefined);`;
      const ofComponent = `transformations: [({ type, props, opts }) =>
        type === "azure-native:compute:VirtualMachine"
          ? { props: { ...props, tags: { team: "platform" } }, opts }
          : undefined]`;
      await stack.write(program(ofComponent, "", ofStack));
      return { ...(await stack.up()), vm: await stored("kms-vm"), nic: await stored("web-1-nic") };
    });

    it("let the older transformations do the same, those of the whole stack included", async () => {
      const { ok, text, vm, nic } = await withTransformations();
      assert.ok(ok, text);
      assert.deepEqual(vm.outputs.tags, { team: "platform" });
      assert.deepEqual(nic.outputs.tags, { team: "network" });
    });

    const ofHost = ["nsg", "nic", "vm", "activation", "srv"].map((name) => `kms-${name}`);
    const children = [...ofHost, "web-1-vm", "web-activation"];
    const protectedNow = step("an update with protect", async () => {
      await stack.write(program("protect: true"));
      return { ...(await stack.up()), children: await Promise.all(children.map(stored)) };
    });
    const notDestroyed = step("destroy", async () => ({
      ...(await stack.destroy()),
      machines: await lab.control.machines(),
    }));

    it("pass protect on to every child, so that destroy leaves the host in service", async () => {
      const update = await protectedNow();
      assert.ok(update.ok, update.text);
      assert.deepEqual(
        update.children.filter(({ protect }) => protect !== true).map(({ urn }) => urn),
        [],
      );
      const { ok, text, machines } = await notDestroyed();
      assert.equal(ok, false);
      assert.match(text, /because it is protected/);
      assert.equal(
        machines.find(({ computerName }) => computerName === "kms")?.partialProductKey,
        labHostKey.slice(-5),
      );
    });
  });
});
