import assert from "node:assert/strict";
import { whoami } from "../../provider/ledger/who";

const noAccount = () => {
  throw Object.assign(new Error("A system error occurred: uv_os_get_passwd returned ENOENT"), {
    code: "ENOENT",
  });
};
const alice = () => "alice";

describe("who changes a ledger", () => {
  it("is the account, with nothing else, where there is no pipeline", () => {
    assert.equal(whoami({}, alice), "alice");
  });

  it("is person, run and commit of a pipeline", () => {
    const github = {
      GITHUB_ACTOR: "bob",
      GITHUB_RUN_ID: "42",
      GITHUB_REPOSITORY: "acme/licensing",
      GITHUB_SHA: "0123456789abcdef0123456789abcdef01234567",
    };
    assert.equal(whoami(github, alice), "bob, GitHub run acme/licensing/42, commit 0123456789ab");
    const azure = { BUILD_REQUESTEDFOR: "Carol", BUILD_BUILDID: "7", BUILD_SOURCEVERSION: "abcdef" };
    assert.equal(whoami(azure, alice), "Carol, Azure Pipelines build 7, commit abcdef");
    assert.equal(
      whoami({ CI_PIPELINE_ID: "9", GITLAB_USER_LOGIN: "dora" }, alice),
      "dora, GitLab pipeline 9",
    );
  });

  it("is the service principal where no person is named, and never a failure", () => {
    const principal = { ARM_CLIENT_ID: "33333333-3333-4333-8333-333333333333" };
    assert.equal(whoami(principal, noAccount), `service principal ${principal.ARM_CLIENT_ID}`);
    assert.equal(
      whoami({ ...principal, CI_PIPELINE_ID: "9" }, alice),
      `service principal ${principal.ARM_CLIENT_ID}, GitLab pipeline 9`,
    );
    assert.equal(
      whoami(principal, () => "root"),
      `root, service principal ${principal.ARM_CLIENT_ID}`,
    );
    assert.match(whoami({}, noAccount), /^user ID (\d+|\?)$/);
    assert.equal(whoami({ USER: "erin" }, noAccount), "erin");
  });
});
