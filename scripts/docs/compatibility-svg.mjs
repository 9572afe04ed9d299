import { clientRows, documentedSystems, officeRows, pairOf } from "./matrix.mjs";
import { matrixPanel } from "./svg-panel.mjs";
import { cellWidth, matrixCell, meanings } from "./svg-cell.mjs";
import { svgDocument, textLine } from "./svg.mjs";

const margin = 20;
const legend = [
  { kind: "yes", text: "all", meaning: "all editions" },
  { kind: "yes", text: "some", meaning: "some editions" },
  { kind: "update", text: "all", meaning: meanings.update },
  { kind: "unlisted", text: "?", meaning: meanings.unlisted },
  { kind: "no", text: "–", meaning: meanings.no },
];
const legendWidths = [130, 140, 310, 300];

/** The compatibility matrix as a picture: key group and host across, client down; Office below. */
export function compatibilitySvg(catalogue) {
  const windows = matrixPanel(windowsMatrix(catalogue), { x: margin, y: 96 });
  const office = matrixPanel(officeMatrix(catalogue), { x: margin, y: windows.bottom + 50 });
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

function windowsMatrix(catalogue) {
  const groups = catalogue.keyGroups().filter(({ application }) => application === "windows");
  const rows = byProduct(clientRows(catalogue));
  return {
    columnGroups: groups.map(({ aliases, hosts }) => ({
      title: aliases[0],
      columns: hosts.map(({ os }) => os),
    })),
    rows: [...rows].map(([product, members]) => ({
      title: product,
      cells: groups.flatMap((group) =>
        group.hosts.map(({ os }) => cell(members.map((row) => pairOf(catalogue, group, os, row)))),
      ),
    })),
  };
}

function officeMatrix(catalogue) {
  const groups = catalogue.keyGroups().filter(({ application }) => application === "office");
  const hosts = documentedSystems(catalogue)
    .map(({ name }) => name)
    .filter((os) => groups.some((group) => catalogue.findHosting(group, os) !== undefined));
  return {
    columnGroups: [{ title: "The Office version's own", columns: hosts }],
    rows: officeRows(catalogue).map((row) => {
      const group = groups.find(({ id }) => row.listings.get(id) === "yes");
      return {
        title: row.product,
        cells: hosts.map((os) =>
          cell([{ listing: catalogue.findHosting(group, os) === undefined ? "no" : "yes", updates: [] }]),
        ),
      };
    }),
  };
}

function byProduct(rows) {
  const products = new Map();
  rows.forEach((row) => products.set(row.product, [...(products.get(row.product) ?? []), row]));
  return products;
}

/** One cell for all editions of a client. */
function cell(pairs) {
  const listed = pairs.filter(({ listing }) => listing === "yes");
  if (listed.length === 0) {
    return pairs.some(({ listing }) => listing === "unlisted")
      ? { kind: "unlisted", text: "?" }
      : { kind: "no", text: "–" };
  }
  const needsUpdate = listed.some(({ updates }) => updates.length > 0);
  return { kind: needsUpdate ? "update" : "yes", text: listed.length === pairs.length ? "all" : "some" };
}

function legendAt(x, top) {
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
