// The article beside the chat, with the cited words highlighted.

import { readArticle } from "./api.js";
import { announce } from "./announce.js";
import { cutAt } from "./codepoints.js";
import { byId, dayOf, h, outwardLink } from "./dom.js";
import { hideQuote } from "./quote.js";

const GONE = "This article was deleted, and none of its words are kept.";
const covers = matchMedia("(width < 48em)"); // as in layout.css: the article takes the whole window
let opener = null;
let asked = 0;
covers.addEventListener("change", cover);

/** Open an article at an excerpt {article_id, revision, start?, end?, quote?, gone?}; from: where the focus goes back. */
export async function openArticle(excerpt, from) {
  const turn = (asked += 1);
  hideQuote();
  opener = from;
  byId("article").hidden = false;
  cover();
  if (excerpt.gone) {
    missing(GONE);
    return;
  }
  head(excerpt.title ?? "Article", []);
  body(h("p", { class: "waiting" }, "Opening…"));
  try {
    const article = await readArticle(excerpt.article_id, excerpt.revision);
    if (turn === asked) shown(article, excerpt);
  } catch (error) {
    if (turn === asked) missing(error.status === 404 ? GONE : error.message);
  }
}

export function closeArticle() {
  asked += 1;
  byId("article").hidden = true;
  cover();
  if (opener?.isConnected) opener.focus();
  opener = null;
}

export const articleIsOpen = () => !byId("article").hidden;

/** Whether it hides all else, which then must not have the focus. */
export const articleCovers = () => covers.matches && articleIsOpen();

function cover() {
  for (const part of document.querySelectorAll(".masthead, #side, #main")) part.inert = articleCovers();
}

function shown(article, excerpt) {
  const { source, published_at: published, url } = article;
  head(article.title ?? "Untitled", [
    h("span", {}, source ?? "unnamed source"),
    published ? h("time", { datetime: published }, dayOf(published)) : h("span", {}, "undated"),
    url && outwardLink(url, "Original"),
  ]);
  const older = article.current ? null : h("p", { class: "note" }, "A newer revision has come since; this is the one cited.");
  const [before, words, after] = excerpt.quote === undefined ? [article.text, "", ""] : cutAt(article.text, excerpt.start, excerpt.end);
  const mark = words ? h("mark", { tabindex: "-1" }, words) : null;
  body(older, h("div", { class: "article-text" }, before, mark, after));
  const target = mark ?? byId("article-title");
  target.focus({ preventScroll: true });
  if (mark) mark.scrollIntoView({ block: "center" });
  else byId("article-body").scrollTop = 0;
  announce(`Opened ${article.title ?? "the article"}.`);
}

function missing(words) {
  head("No article", []);
  body(h("p", { class: "error" }, words));
  byId("article-title").focus();
  announce(words);
}

function head(title, details) {
  byId("article-title").textContent = title;
  byId("article-details").replaceChildren(...details.filter(Boolean));
}

function body(...children) {
  byId("article-body").replaceChildren(...children.filter(Boolean));
}
