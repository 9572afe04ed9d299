import {
  clientRows,
  documentedSystems,
  type MatrixRow,
  officeRows,
  type Pair,
  pairOf,
} from "./compatibility-matrix";
import {
  type CellKind,
  cellWidth,
  matrixCell,
  type MatrixPanel,
  matrixPanel,
  meanings,
  type PanelCell,
} from "./matrix-panel";
import { findHosting, keyGroups } from "./product";
import { svgDocument, textLine } from "./svg";

const margin = 20;
const legend: { kind: CellKind; text: string; meaning: string }[] = [
  { kind: "yes", text: "all", meaning: "all editions" },
  { kind: "yes", text: "some", meaning: "some editions" },
  { kind: "update", text: "all", meaning: meanings.update },
  { kind: "unlisted", text: "?", meaning: meanings.unlisted },
  { kind: "no", text: "–", meaning: meanings.no },
];
const legendWidths = [130, 140, 310, 300];

/** The compatibility matrix as a picture: key group and host across, client down; Office below. */
export function compatibilitySvg(): string {
  const windows = matrixPanel(windowsMatrix(), { x: margin, y: 96 });
  const office = matrixPanel(officeMatrix(), { x: margin, y: windows.bottom + 50 });
  const width = Math.max(windows.right, office.right) + margin;
  const heading = textLine({ class: "heading", x: margin, y: 34 }, "Which KMS host activates which client");
  return svgDocument({
    width,
    height: office.bottom + margin,
    title: "KMS compatibility: product key group and host against client",
    description:
      "Two matrices. Columns are operating systems that can be KMS host, under the product key group of their key; rows are what they activate. The same facts are in the tables of compatibility.md.",
    content: [heading, ...legendAt(margin, 50), ...windows.content, ...office.content],
  });
}

function windowsMatrix(): MatrixPanel {
  const groups = keyGroups().filter(({ application }) => application === "windows");
  const rows = byProduct(clientRows());
  return {
    columnGroups: groups.map(({ name, aliases, hosts }) => ({
      title: aliases[0] ?? name,
      columns: hosts.map(({ os }) => os),
    })),
    rows: [...rows].map(([product, members]) => ({
      title: product,
      cells: groups.flatMap((group) =>
        group.hosts.map(({ os }) => cell(members.map((row) => pairOf(group, os, row)))),
      ),
    })),
  };
}

function officeMatrix(): MatrixPanel {
  const groups = keyGroups().filter(({ application }) => application === "office");
  const hosts = documentedSystems()
    .map(({ name }) => name)
    .filter((os) => groups.some((group) => findHosting(group, os) !== undefined));
  return {
    columnGroups: [{ title: "The Office version's own", columns: hosts }],
    rows: officeRows().map((row) => {
      const group = groups.find(({ id }) => row.listings.get(id) === "yes");
      const isHosted = (os: string) => group !== undefined && findHosting(group, os) !== undefined;
      return {
        title: row.product,
        cells: hosts.map((os) => cell([{ listing: isHosted(os) ? "yes" : "no", updates: [] }])),
      };
    }),
  };
}

function byProduct(rows: MatrixRow[]): Map<string, MatrixRow[]> {
  const products = new Map<string, MatrixRow[]>();
  rows.forEach((row) => products.set(row.product, [...(products.get(row.product) ?? []), row]));
  return products;
}

/** One cell for all editions of a client. */
function cell(pairs: Pair[]): PanelCell {
  const listed = pairs.filter(({ listing }) => listing === "yes");
  if (listed.length === 0) {
    return pairs.some(({ listing }) => listing === "unlisted")
      ? { kind: "unlisted", text: "?" }
      : { kind: "no", text: "–" };
  }
  const needsUpdate = listed.some(({ updates }) => updates.length > 0);
  return { kind: needsUpdate ? "update" : "yes", text: listed.length === pairs.length ? "all" : "some" };
}

function legendAt(x: number, top: number): string[] {
  let left = x;
  return legend.flatMap(({ kind, text, meaning }, index) => {
    const at = left;
    left += legendWidths[index] ?? 0;
    return [
      matrixCell({ kind, text, left: at, top, tooltip: "Legend" }),
      textLine({ x: at + cellWidth + 6, y: top + 16 }, meaning),
    ];
  });
}
