// Figures that differ, drawn by date and source; and the same as a table, for those who don't see the drawing.

import { dayOf, h, shortDayOf, svg } from "./dom.js";

const ROW = 3.6; // heights and widths in rem, so that doubled text has room
const DOT = 0.4;
const EDGE = 1;
const UNDATED = 7.5; // the column of figures without a date
const DAY_MS = 86_400_000;

/** A timeline that is drawn anew whenever its width changes. */
export function timeline(figures) {
  const drawing = h("div", { class: "drawing", "aria-hidden": "true" });
  new ResizeObserver(([entry]) => {
    const { width } = entry.contentRect;
    if (!width) return; // where it would be too narrow to be read, the table is shown instead
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    drawing.replaceChildren(draw(figures, width, rem));
    for (const text of drawing.querySelectorAll("text")) fit(text, width, rem);
  }).observe(drawing);
  return h("div", { class: "timeline" }, drawing, h("div", { class: "table" }, table(figures)));
}

function table(figures) {
  const row = (figure) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, label(figure)),
      h("td", {}, figure.source ?? "unnamed source"),
      h("td", {}, figure.as_of ? h("time", { datetime: figure.as_of }, dayOf(figure.as_of)) : "undated"),
      h("td", {}, cited(figure)),
    );
  return h(
    "table",
    {},
    h("caption", {}, "Figures by source and date"),
    h("thead", {}, h("tr", {}, ["Figure", "Source", "Date", "Citation"].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, figures.map(row)),
  );
}

/** "[1] [2]": the citations of a figure. */
const cited = (figure) => figure.markers.map((marker) => `[${marker}]`).join(" ");

/** "11 provincial capitals": as it is written, with what it counts where the words don't say so. */
export function label(figure) {
  const unit = figure.unit ?? "";
  const isWord = /^\p{Ll}/u.test(unit) && !figure.text.toLowerCase().includes(unit.toLowerCase());
  return isWord ? `${figure.text} ${unit}` : figure.text;
}

/** The places of the figures along the axis, 0 to 1; null for those without a date. */
export function places(figures) {
  const days = figures.map(({ as_of: day }) => (day ? Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY_MS : NaN));
  const known = days.filter((day) => !Number.isNaN(day));
  const [first, last] = [Math.min(...known), Math.max(...known)];
  return days.map((day) => (Number.isNaN(day) ? null : last === first ? 0.5 : (day - first) / (last - first)));
}

function draw(figures, width, rem) {
  const bottom = figures.length * ROW * rem;
  const where = places(figures);
  const undated = where.includes(null);
  const from = (undated ? UNDATED : EDGE) * rem;
  const to = width - EDGE * rem;
  const x = (place) => (place === null ? EDGE * rem : from + place * (to - from));
  const under = bottom + 1.2 * rem;
  return svg(
    "svg",
    { width, height: bottom + 1.7 * rem, viewBox: `0 0 ${width} ${bottom + 1.7 * rem}`, focusable: "false" },
    figures.map((figure, index) => row(figure, x(where[index]), index * ROW * rem, rem)),
    where.some((place) => place !== null) && svg("line", { class: "axis", x1: from, y1: bottom, x2: to, y2: bottom }),
    undated && words("ends", EDGE * rem, under, "undated"),
    ends(figures, where).map(([place, day]) => words("ends", x(place), under, day)),
  );
}

/** A figure: its dot, and above it what it says, by whom and when, and which citation has it. */
function row(figure, x, top, rem) {
  const by = [figure.source ?? "unnamed source", figure.as_of && shortDayOf(figure.as_of), cited(figure)];
  return svg(
    "g",
    {},
    words("value", x, top + 1.1 * rem, label(figure)),
    words("by", x, top + 2.15 * rem, by.filter(Boolean).join(" · ")),
    svg("circle", { class: figure.as_of ? "dot" : "dot hollow", cx: x, cy: top + 2.85 * rem, r: DOT * rem }),
  );
}

/** The first and the last day, with their places. */
function ends(figures, where) {
  const known = [...new Set(where.filter((place) => place !== null))].sort();
  const shown = known.length > 2 ? [known[0], known.at(-1)] : known;
  return shown.map((place) => [place, shortDayOf(figures[where.indexOf(place)].as_of)]);
}

function words(name, x, y, text) {
  return svg("text", { class: name, x, y }, text);
}

/** Words stand in the middle over their place, or as near to it as the drawing has room. The table has them whole. */
function fit(text, width, rem) {
  const edge = (EDGE - DOT) * rem;
  const room = width - 2 * edge;
  const characters = [...text.textContent];
  while (characters.length > 1 && text.getComputedTextLength() > room) {
    characters.pop();
    text.textContent = `${characters.join("").trimEnd()}…`;
  }
  const length = text.getComputedTextLength();
  const middle = Number(text.getAttribute("x")) - length / 2;
  text.setAttribute("x", Math.max(edge, Math.min(middle, width - edge - length)));
}
