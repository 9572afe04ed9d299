import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { architectureSvg } from "../../docs/generate/architecture";
import flow from "../../docs/generate/architecture.json";

const svg = architectureSvg();
const provider = path.resolve(__dirname, "../../provider");

describe("picture of the architecture", () => {
  it("draws each box with its title and folder, or its file in each room, and these exist", () => {
    for (const { title, folder } of flow.boxes) {
      assert.ok(svg.includes(`>${title}</text>`), title);
      assert.ok(svg.includes(`>${folder}</text>`), folder);
      if (folder.endsWith("/")) {
        assert.ok(existsSync(path.join(provider, folder)), folder);
      } else if (folder.startsWith("*/")) {
        const rooms = ["host", "group"].map((room) => path.join(provider, folder.replace("*", room)));
        assert.ok(rooms.every(existsSync), folder);
      }
    }
  });

  it("has an arrow between neighbours only, and tells each of them to whoever cannot see it", () => {
    const boxes = new Map(flow.boxes.map((box) => [box.id, box]));
    for (const [from, to] of flow.arrows.map((ends) => ends.map((id) => boxes.get(id)!))) {
      assert.equal(
        Math.abs(from.column - to.column) + Math.abs(from.row - to.row),
        1,
        `${from.id} to ${to.id}`,
      );
      assert.ok(svg.includes(`${from.title} to ${to.title}`));
    }
    assert.equal(svg.match(/<polyline /g)?.length, flow.arrows.length);
  });

  it("points its arrows at edges of boxes", () => {
    assert.match(svg, /<line class="line" x1="200" y1="250" x2="268" y2="250"\/>/);
    assert.match(svg, /points="262,244 268,250 262,256"/);
  });
});
