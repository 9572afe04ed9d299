import assert from "node:assert/strict";
import { story } from "./story";

describe("a story that tests share", () => {
  /** Three steps, and the names of those that were played. */
  function threeSteps(second = () => Promise.resolve("shut")) {
    const played: string[] = [];
    const { step } = story();
    const playing =
      <Result>(name: string, play: () => Promise<Result>) =>
      () => {
        played.push(name);
        return play();
      };
    return {
      played,
      first: step(
        "open",
        playing("open", () => Promise.resolve(1)),
      ),
      second: step("shut", playing("shut", second)),
      third: step(
        "lock",
        playing("lock", () => Promise.resolve(true)),
      ),
    };
  }

  it("is played up to the step that a test asks for, each step once and in order", async () => {
    const { played, first, second, third } = threeSteps();
    assert.equal(await second(), "shut");
    assert.deepEqual(played, ["open", "shut"]);
    assert.deepEqual(await Promise.all([third(), first(), third()]), [true, 1, true]);
    assert.deepEqual(played, ["open", "shut", "lock"]);
  });

  it("ends at a step that fails, which every test of a later step names", async () => {
    const { played, first, second, third } = threeSteps(() => Promise.reject(new Error("it is stuck")));
    const isStuck = ({ message, cause }: Error) =>
      message === 'in the step "shut": it is stuck' && (cause as Error).message === "it is stuck";
    await assert.rejects(third(), isStuck);
    await assert.rejects(second(), isStuck);
    assert.equal(await first(), 1);
    assert.deepEqual(played, ["open", "shut"]);
  });
});
