// Markup of the pictures. Libraries that draw SVG want a browser's document; what is needed of it is an element, a line of
// text and the frame.

const style = `
  svg { color-scheme: light dark; font: 11px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
  .page { fill: #ffffff; }
  text { fill: #1f2328; }
  .heading { font-size: 18px; font-weight: 600; }
  .group { font-weight: 600; }
  .value { font-size: 10px; }
  .axis { font-style: italic; }
  .line { stroke: #8c959f; stroke-width: 1; }
  rect.cell { stroke: #d0d7de; stroke-width: 1; fill: #f6f8fa; }
  .yes rect.cell { fill: #c9ead3; }
  .update rect.cell { fill: #fae3a8; }
  .unlisted rect.cell { fill: #dcdcf7; }
  .mark { fill: #7a4d00; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; }
    text { fill: #e6edf3; }
    .line { stroke: #6e7681; }
    rect.cell { stroke: #30363d; fill: #161b22; }
    .yes rect.cell { fill: #1b4a2b; }
    .update rect.cell { fill: #5c4400; }
    .unlisted rect.cell { fill: #35356b; }
    .mark { fill: #f2cc60; }
  }
`;

/** What a picture is made of besides its style. */
export interface Picture {
  width: number;
  height: number;
  title: string;
  description: string;
  /** Markup. */
  content: string[];
}

/** Attributes of an element. */
export type Attributes = Record<string, string | number>;

/** A picture that needs nothing from elsewhere, for light and dark pages, with a title and a description. */
export function svgDocument({ width, height, title, description, content }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${style}</style>`,
    element("rect", { class: "page", width, height }),
    ...content,
    "</svg>\n",
  ].join("\n");
}

/** An element; its content is markup already. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return content === ""
    ? `<${name}${written.join("")}/>`
    : `<${name}${written.join("")}>${content}</${name}>`;
}

/** A line of text. */
export const textLine = (attributes: Attributes, text: string) => element("text", attributes, escaped(text));

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for an element's content or an attribute. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
