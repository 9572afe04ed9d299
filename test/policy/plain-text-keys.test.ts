import assert from "node:assert/strict";
import { ensureClientPlan } from "../../provider/group/plan";
import { licensingExtension } from "../../provider/machine/scale-set-extension";
import { kmsKeyInPlainText } from "../../provider/policy/plain-text-keys";
import { desiredClientState } from "../lab/windows/test-lab";
import { declared, labKey, review, setupKey } from "./resources";

const command = `cscript slmgr.vbs /ipk ${labKey}`;
const base64 = (text: string, encoding: BufferEncoding = "utf8") =>
  Buffer.from(text, encoding).toString("base64");
const vm = (values: object) => declared("azure-native:compute:VirtualMachine", "vm", values);
const found = (values: object, configured: object = {}) =>
  review(kmsKeyInPlainText, [vm(values)], configured).map((text) => text.split(": ").slice(0, 2).join(": "));

describe("policy kms-key-in-plain-text", () => {
  it("shows the place and no more of the key than its ending", () => {
    const extension = declared("azure-native:compute:VirtualMachineExtension", "kms", {
      settings: { commandToExecute: command },
    });
    assert.deepEqual(review(kmsKeyInPlainText, [extension]), [
      "kms: KMS8006 settings.commandToExecute: everybody who may read this resource can read the product key ending in " +
        "N2W2K. Let KMSHost install it, or pass it in protectedSettings or protectedParameters; no key is safe in " +
        "customData, userData or tags. Treat the key as disclosed.",
    ]);
  });

  for (const [property, values] of Object.entries({
    "settings.script": { settings: { script: base64(command) } },
    "settings.commandToExecute": {
      settings: { commandToExecute: `powershell -EncodedCommand ${base64(command, "utf16le")}` },
    },
    "source.script": { source: { script: command } },
    "parameters[1].value": { parameters: [{ value: "x" }, { value: labKey.toLowerCase() }] },
    "osProfile.customData": { osProfile: { customData: base64(command) } },
    userData: { userData: base64(command) },
    "virtualMachineProfile.extensionProfile.extensions[0].settings.fileUris[0]": {
      virtualMachineProfile: {
        extensionProfile: { extensions: [{ settings: { fileUris: [`https://example/?key=${labKey}`] } }] },
      },
    },
    "osProfile.windowsConfiguration.additionalUnattendContent[0].content": {
      osProfile: {
        windowsConfiguration: {
          additionalUnattendContent: [{ content: `<ProductKey>${labKey}</ProductKey>` }],
        },
      },
    },
    "tags.kms": { tags: { kms: labKey } },
  })) {
    it(`finds a key in ${property}`, () => {
      assert.deepEqual(found(values), [`vm: KMS8006 ${property}`]);
    });
  }

  it("finds a key in Base64 of several lines", () => {
    const lines = base64(`${"# set-up\r\n".repeat(20)}${command}`).replace(/(.{76})/g, "$1\n");
    assert.deepEqual(found({ userData: lines }), ["vm: KMS8006 userData"]);
  });

  it("tells Microsoft's public setup keys from others, and allows them when it is told", () => {
    const values = { tags: { setup: setupKey } };
    assert.deepEqual(review(kmsKeyInPlainText, [vm(values)]), [
      "vm: KMS8007 tags.setup: this resource contains the client setup key of Windows Server 2022 Datacenter, ending in " +
        "6VM33. Let KMSClientGroup choose and install it by os and edition. The key is public, so you can also set " +
        "allowSetupKeys of the policy.",
    ]);
    const configured = { allowSetupKeys: true };
    assert.deepEqual(found(values, configured), []);
    assert.deepEqual(found({ tags: { host: labKey, setup: setupKey } }, configured), [
      "vm: KMS8006 tags.host",
    ]);
  });

  it("says nothing of what Azure keeps encrypted", () => {
    const values = {
      protectedSettings: { commandToExecute: command },
      protectedParameters: [{ name: "key", value: labKey }],
      settings: { protectedSettings: command },
    };
    assert.deepEqual(found(values), []);
  });

  it("says nothing of the extension that configures instances of a scale set", () => {
    const extension = licensingExtension(ensureClientPlan(desiredClientState(setupKey)));
    const values = { virtualMachineProfile: { extensionProfile: { extensions: [extension] } } };
    const set = declared("azure-native:compute:VirtualMachineScaleSet", "web", values);
    assert.deepEqual(review(kmsKeyInPlainText, [set]), []);
  });

  it("says nothing of this package's own resources, which keep keys secret", () => {
    const own = declared("windows-kms:index:KMSHost", "kms", { tags: { key: labKey } });
    assert.deepEqual(review(kmsKeyInPlainText, [own]), []);
  });

  it("says nothing of texts that only look alike", () => {
    const tags = {
      words: "hello-world-first-small-group",
      uuid: "8a1cbe1e-0c1d-4a3c-9a5f-0123456789ab",
      longer: `${labKey}-NNNN2`,
      key: "*****-*****-*****-*****-N2W2K",
    };
    assert.deepEqual(found({ tags }), []);
  });
});
