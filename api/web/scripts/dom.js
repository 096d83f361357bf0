// Elements made of names, attributes and text. No string is ever read as markup: what articles and answers hold goes in
// as text nodes, and as addresses only where they are plain web addresses.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. attributes: functions are listeners ("onclick"), true is an empty attribute, null and false none. */
export function h(name, attributes = {}, ...children) {
  return furnished(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return furnished(document.createElementNS(SVG, name), attributes, children);
}

function furnished(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Whether letters that are typed there are text. */
export const isField = (element) => Boolean(element?.matches("input, textarea, select"));

/** Replace what a list shows, and leave the focus on the same thing of it. Each thing has its name in data-key. */
export function relist(list, entries) {
  const key = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  list.replaceChildren(...entries);
  if (key === undefined) return;
  [...list.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus({ preventScroll: true });
}

/** An address as a link may have it, or null: http and https, nothing that runs or embeds. */
export function webAddress(address) {
  if (typeof address !== "string") return null;
  try {
    const url = new URL(address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link to another site, which learns nothing of this page; plain text where the address is no web address. */
export function outwardLink(address, text) {
  const href = webAddress(address);
  if (href === null) return h("span", {}, text);
  return h("a", { href, rel: "noopener noreferrer", target: "_blank" }, text);
}

const inWords = (month) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month, year: "numeric", timeZone: "UTC" });
const [DAY, SHORT_DAY] = [inWords("long"), inWords("short")];

/** "2021-08-13T09:00:00+01:00" -> "13 August 2021": the day where it was published. */
export function dayOf(publishedAt, format = DAY) {
  if (!publishedAt) return "undated";
  const moment = new Date(`${publishedAt.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) ? publishedAt : format.format(moment);
}

export const shortDayOf = (moment) => dayOf(moment, SHORT_DAY);

/** "Meridian Wire, 13 August 2021" */
export function origin(said) {
  return `${said.source ?? "unnamed source"}, ${dayOf(said.published_at)}`;
}

/** "1 article", "4 articles" */
export function count(number, one, several = `${one}s`) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : several}`;
}
