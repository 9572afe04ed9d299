import assert from "node:assert/strict";
import { stopMocks } from "../declared-resources";
import { key, mockedProgram, type MockedProgram, os, subnetId } from "./mocked-host";

const create = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests" };

describe("an image of one's own on Pulumi's mocks", () => {
  let program: MockedProgram;

  beforeEach(async () => {
    program = await mockedProgram();
  });
  afterEach(stopMocks);

  it("is what the machine of a host is created from", async () => {
    const profiles = async (name: string, image: object) => {
      await program.host({ key, os, machine: { create: { ...create, image } } }, name);
      const { storageProfile, securityProfile } = program.inputsOf(`${name}-vm`) as {
        storageProfile: { imageReference: object };
        securityProfile: object;
      };
      return [storageProfile.imageReference, securityProfile];
    };
    const secure = {
      securityType: "TrustedLaunch",
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    };
    const named = { publisher: "p", offer: "o", sku: "s" };
    assert.deepEqual(await profiles("kms1", named), [{ ...named, version: "latest" }, secure]);
    assert.deepEqual(await profiles("kms2", { id: "/images/golden", trustedLaunch: false }), [
      { id: "/images/golden" },
      {},
    ]);
  });
});
