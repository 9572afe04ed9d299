import flow from "./architecture.json";
import { element, svgDocument, textLine } from "./svg";

const box = { width: 176, height: 92 };
const step = { x: 244, y: 140 };
const margin = { x: 24, y: 64 };
const head = 6;

interface Point {
  x: number;
  y: number;
}

/** A box with where it is drawn. */
interface PlacedBox {
  id: string;
  kind: string;
  title: string;
  lines: string[];
  folder: string;
  corner: Point;
  middle: Point;
}

/**
 * The flow of the package as a picture: boxes on a grid, with arrows between neighbours. The grid is ours because Graphviz
 * and Mermaid choose where boxes go, and their pictures have no dark mode.
 */
export function architectureSvg(): string {
  const columns = 1 + Math.max(...flow.boxes.map(({ column }) => column));
  const rows = 1 + Math.max(...flow.boxes.map(({ row }) => row));
  const boxes = new Map(flow.boxes.map((one) => [one.id, placed(one)]));
  const arrows = (flow.arrows as [string, string, string?][]).map(([from, to, label]) => ({
    from: boxes.get(from)!,
    to: boxes.get(to)!,
    label,
  }));
  return svgDocument({
    width: 2 * margin.x + (columns - 1) * step.x + box.width,
    height: margin.y + (rows - 1) * step.y + box.height + margin.x,
    title: "How an update flows through the package",
    description: arrows.map(({ from, to }) => `${from.title} to ${to.title}`).join("; "),
    content: [
      textLine({ class: "heading", x: margin.x, y: 34 }, "From arguments to machines and back"),
      ...flow.notes.map((note) => textLine({ class: "axis", ...cornerOf(note) }, note.text)),
      ...[...boxes.values()].map(drawnBox),
      ...arrows.map(({ from, to, label }) => arrow(from, to, label)),
    ],
  });
}

const cornerOf = ({ column, row }: { column: number; row: number }): Point => ({
  x: margin.x + column * step.x,
  y: margin.y + row * step.y,
});

function placed(one: (typeof flow.boxes)[number]): PlacedBox {
  const corner = cornerOf(one);
  return { ...one, corner, middle: { x: corner.x + box.width / 2, y: corner.y + box.height / 2 } };
}

function drawnBox({ kind, title, lines, folder, corner: { x: left, y: top }, middle }: PlacedBox): string {
  const centred = { x: middle.x, "text-anchor": "middle" };
  return element(
    "g",
    { class: kind },
    [
      element("rect", { class: "cell", x: left, y: top, width: box.width, height: box.height, rx: 6 }),
      textLine({ ...centred, class: "group", y: top + 22 }, title),
      ...lines.map((line, index) => textLine({ ...centred, y: top + 42 + 15 * index }, line)),
      textLine({ ...centred, class: "axis", y: top + 80 }, folder),
    ].join(""),
  );
}

/** From edge to edge of two neighbours. */
function arrow(from: PlacedBox, to: PlacedBox, label?: string): string {
  const x = Math.sign(to.middle.x - from.middle.x);
  const y = Math.sign(to.middle.y - from.middle.y);
  const start = { x: from.middle.x + (x * box.width) / 2, y: from.middle.y + (y * box.height) / 2 };
  const end = { x: to.middle.x - (x * box.width) / 2, y: to.middle.y - (y * box.height) / 2 };
  const side = (sign: number) => `${end.x - head * (x + sign * y)},${end.y - head * (y + sign * x)}`;
  const line = element("line", { class: "line", x1: start.x, y1: start.y, x2: end.x, y2: end.y });
  const tip = element("polyline", {
    class: "line",
    fill: "none",
    points: `${side(1)} ${end.x},${end.y} ${side(-1)}`,
  });
  return `${line}${tip}${label === undefined ? "" : labelAt(start, end, label)}`;
}

/** Above a horizontal arrow, to the right of a vertical one. */
const labelAt = (start: Point, end: Point, label: string) =>
  start.y === end.y
    ? textLine({ class: "value", x: (start.x + end.x) / 2, y: start.y - 6, "text-anchor": "middle" }, label)
    : textLine({ class: "value", x: start.x + 8, y: (start.y + end.y) / 2 + 4 }, label);
