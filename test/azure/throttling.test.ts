import assert from "node:assert/strict";
import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from "@azure/core-rest-pipeline";
import { throttleGate } from "../../provider/azure/throttling";
import { throttlePolicy } from "../../provider/azure/throttling";
import { fakeClock, settled } from "../engine/fake-clock";

describe("azure/throttling: the gate of a subscription", () => {
  /** A gate, and requests that record when they were let in. */
  function gateWith(requests: number) {
    const clock = fakeClock();
    const gate = throttleGate(clock);
    const entered: number[] = [];
    for (let index = 0; index < requests; index += 1) {
      void gate.enter().then(() => entered.push(index));
    }
    return { clock, gate, entered };
  }

  it("lets everybody in until Azure complains", async () => {
    const { entered } = gateWith(100);
    await settled();
    assert.equal(entered.length, 100);
  });

  it("lets nobody in before the time is over, and then half as many at a time", async () => {
    const { clock, gate, entered } = gateWith(10);
    await settled();
    for (let refused = 0; refused < 10; refused += 1) {
      gate.leave(30_000);
    }
    for (let again = 0; again < 10; again += 1) {
      void gate.enter().then(() => entered.push(10 + again));
    }
    await clock.advance(29_999);
    assert.equal(entered.length, 10);
    await clock.advance(1);
    assert.deepEqual(entered.slice(10), [10, 11, 12, 13, 14]);
  });

  it("lets one more in at a time for every four that were answered, and all of them in the end", async () => {
    const { clock, gate, entered } = gateWith(4);
    await settled();
    gate.leave(1000);
    [1, 2, 3].forEach(() => gate.leave());
    for (let again = 4; again < 40; again += 1) {
      void gate.enter().then(() => entered.push(again));
    }
    await clock.advance(1000);
    const enteredAfter = async (answers: number) => {
      Array.from({ length: answers }, () => gate.leave());
      await settled();
      return entered.length - 4;
    };
    assert.equal(await enteredAfter(0), 2);
    assert.equal(await enteredAfter(4), 2 + 4 + 1);
    assert.equal(await enteredAfter(4), 36);
    assert.deepEqual(
      entered,
      Array.from({ length: 40 }, (_, index) => index),
    );
  });

  it("waits for the longest time asked for", async () => {
    const { clock, gate, entered } = gateWith(2);
    await settled();
    gate.leave(10_000);
    gate.leave(20_000);
    void gate.enter().then(() => entered.push(2));
    await clock.advance(19_999);
    assert.equal(entered.length, 2);
    await clock.advance(1);
    assert.equal(entered.length, 3);
  });

  it("opens though every timer ends early", async () => {
    let now = 0;
    const timers: { endsAt: number; end: () => void }[] = [];
    const gate = throttleGate({
      now: () => now,
      sleep: (milliseconds) =>
        new Promise<void>((end) => timers.push({ endsAt: now + Math.max(1, milliseconds - 5), end })),
    });
    await gate.enter();
    gate.leave(30_000);
    let entered = false;
    void gate.enter().then(() => (entered = true));
    for (let timer = timers.shift(); timer !== undefined; timer = timers.shift()) {
      assert.equal(entered, false, "before the time is over");
      now = timer.endsAt;
      timer.end();
      await settled();
    }
    assert.equal(entered, true);
    assert.equal(now, 30_000);
  });

  it("lets a request go that was given up, and does not count it", async () => {
    const { clock, gate, entered } = gateWith(1);
    await settled();
    gate.leave(10_000);
    const controller = new AbortController();
    const given = gate.enter(controller.signal);
    void gate.enter().then(() => entered.push(1));
    controller.abort();
    await assert.rejects(given, { name: "AbortError" });
    await clock.advance(10_000);
    assert.deepEqual(entered, [0, 1]);
    await assert.rejects(gate.enter(AbortSignal.abort()), { name: "AbortError" });
  });
});

describe("azure/throttling: a gate where few requests are left", () => {
  const writes = (number: number) => new Map([["writes", number]]);

  it("lets one in after the other, until Azure has more again", async () => {
    const clock = fakeClock();
    const gate = throttleGate(clock);
    let entered = 0;
    const enter = (requests: number) => {
      for (let index = 0; index < requests; index += 1) {
        void gate.enter().then(() => (entered += 1));
      }
    };
    enter(1);
    await settled();
    gate.leave(undefined, writes(20));
    enter(10);
    await settled();
    assert.equal(entered, 2);
    await clock.advance(199);
    assert.equal(entered, 2);
    await clock.advance(1);
    assert.equal(entered, 3);
    await clock.advance(200);
    assert.equal(entered, 4);
    gate.leave(undefined, writes(21));
    await clock.advance(200);
    assert.equal(entered, 11);
    assert.equal(gate.closedForMilliseconds(), 0);
  });

  it("forgets a limit that no answer has named for a minute", async () => {
    const clock = fakeClock();
    const gate = throttleGate(clock);
    await gate.enter();
    gate.leave(undefined, writes(0));
    await clock.advance(60_000);
    let entered = 0;
    for (let index = 0; index < 5; index += 1) {
      void gate.enter().then(() => (entered += 1));
    }
    await settled();
    assert.equal(entered, 5);
  });

  it("says how long it is closed where Azure throttled", async () => {
    const clock = fakeClock();
    const gate = throttleGate(clock);
    await gate.enter();
    gate.leave(30_000);
    assert.equal(gate.closedForMilliseconds(), 30_000);
    await clock.advance(10_000);
    assert.equal(gate.closedForMilliseconds(), 20_000);
  });
});

describe("azure/throttling: the policy", () => {
  const request = createPipelineRequest({ url: "http://127.0.0.1/" });
  const answer = (status: number, headers = {}): PipelineResponse => ({
    status,
    request,
    headers: createHttpHeaders(headers),
  });

  it("sends a refused request again after Retry-After, however often, and never shows the refusal", async () => {
    const clock = fakeClock();
    const policy = throttlePolicy(throttleGate(clock));
    const sentAt: number[] = [];
    const started = clock.now();
    const result = policy.sendRequest(request, () => {
      sentAt.push(clock.now() - started);
      return Promise.resolve(sentAt.length <= 9 ? answer(429, { "retry-after": "5" }) : answer(200));
    });
    for (let waits = 0; waits < 9; waits += 1) {
      await settled();
      await clock.advance(5000);
    }
    assert.equal((await result).status, 200);
    assert.deepEqual(
      sentAt,
      Array.from({ length: 10 }, (_, index) => index * 5000),
    );
  });

  it("waits ten seconds when Azure does not say how long", async () => {
    const clock = fakeClock();
    const policy = throttlePolicy(throttleGate(clock));
    let sent = 0;
    const result = policy.sendRequest(request, () => {
      sent += 1;
      return Promise.resolve(sent === 1 ? answer(429) : answer(200));
    });
    await settled();
    await clock.advance(9999);
    assert.equal(sent, 1);
    await clock.advance(1);
    assert.equal((await result).status, 200);
  });

  for (const [name, value] of [
    ["x-ms-ratelimit-remaining-subscription-writes", "20"],
    ["x-ms-ratelimit-remaining-subscription-global-reads", "0"],
    [
      "x-ms-ratelimit-remaining-resource",
      "Microsoft.Compute/HighCostGet3Min;159,Microsoft.Compute/HighCostGet30Min;7",
    ],
  ]) {
    it(`sends one by one after ${name}: ${value}`, async () => {
      const clock = fakeClock();
      const policy = throttlePolicy(throttleGate(clock));
      let sent = 0;
      const send = () =>
        policy.sendRequest(request, () => {
          sent += 1;
          return Promise.resolve(answer(200, { [name]: value }));
        });
      await send();
      const others = Promise.all([send(), send(), send()]);
      await settled();
      assert.equal(sent, 2);
      await clock.advance(200);
      assert.equal(sent, 3);
      await clock.advance(200);
      await others;
      assert.equal(sent, 4);
    });
  }

  it("takes headers that it does not understand for none", async () => {
    const clock = fakeClock();
    const begin = clock.now();
    const policy = throttlePolicy(throttleGate(clock));
    const headers = {
      "x-ms-ratelimit-remaining-subscription-writes": "few",
      "x-ms-ratelimit-remaining-tenant-writes": "1",
      "x-ms-ratelimit-remaining-resource": "Microsoft.Compute/HighCostGet",
    };
    const send = () => policy.sendRequest(request, () => Promise.resolve(answer(200, headers)));
    const answers = [await send(), ...(await Promise.all([send(), send()]))];
    assert.deepEqual([answers.map(({ status }) => status), clock.now()], [[200, 200, 200], begin]);
  });

  it("passes every other answer and error on", async () => {
    const policy = throttlePolicy(throttleGate(fakeClock()));
    assert.equal((await policy.sendRequest(request, () => Promise.resolve(answer(503)))).status, 503);
    await assert.rejects(
      policy.sendRequest(request, () => Promise.reject(new Error("lost"))),
      /lost/,
    );
  });
});
