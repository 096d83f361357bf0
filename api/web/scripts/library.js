// The library: which articles there are, how more come in, and how one goes.

import { listArticles } from "./api.js";
import { byId, count, dayOf, h, relist } from "./dom.js";
import { deleteSoon, isLeaving } from "./undo.js";
import { setUpUpload } from "./upload.js";

const PAGE = 200; // articles that are asked for, and shown, at a time

/** told: openExcerpt(excerpt, opener); changed() when articles came or went. */
export class Library {
  constructor(told) {
    this.told = told;
    this.items = [];
    this.next = null;
    this.total = 0;
    this.loads = 0;
    this.shown = PAGE; // how many of those found
    this.finding = false;
    byId("find-article").addEventListener("input", () => {
      this.shown = PAGE;
      this.find();
    });
    byId("more-articles").addEventListener("click", () => this.showMore());
    setUpUpload(() => this.changed());
  }

  async load() {
    this.items = [];
    this.next = null;
    this.loads += 1;
    await this.more();
    await this.find();
  }

  /** Read the next page. Gives whether it is here. */
  async more() {
    const turn = this.loads;
    try {
      const page = await listArticles(PAGE, this.next);
      if (turn !== this.loads) return false;
      this.items.push(...page.items);
      [this.next, this.total] = [page.next_cursor, page.total];
      this.error("");
      this.show();
      return true;
    } catch (error) {
      this.error(`The articles can't be listed. ${error.message}`);
      return false;
    }
  }

  /** Show those that have the words; all pages are read for it, since the server finds none by title. */
  async find() {
    this.show();
    if (this.finding) return;
    this.finding = true;
    while (this.wanted() && this.next && (await this.more()));
    this.finding = false;
  }

  async showMore() {
    const before = this.found().length;
    const place = Math.min(this.shown, before);
    this.shown += PAGE;
    if (before <= place && this.next) await this.more();
    else this.show();
    byId("articles").children[place]?.querySelector("button").focus();
  }

  async changed(error) {
    if (error) this.error(`The article was not deleted. ${error.message}`);
    this.told.changed();
    this.show();
    if (!error) await this.load();
  }

  error(words) {
    byId("library-error").textContent = words;
  }

  wanted() {
    return byId("find-article").value.trim().toLowerCase();
  }

  found() {
    const wanted = this.wanted();
    const here = this.items.filter((article) => !isLeaving(article.id));
    return here.filter((article) => `${article.title ?? ""}\n${article.source ?? ""}`.toLowerCase().includes(wanted));
  }

  show() {
    const found = this.found();
    relist(byId("articles"), found.slice(0, this.shown).map((article) => this.entry(article)));
    byId("more-articles").hidden = found.length <= this.shown && !this.next;
    byId("article-count").textContent = this.counted(found.length);
  }

  counted(found) {
    if (!this.total) return "There are no articles yet. Add some below: files from your computer, or the sample articles.";
    const all = count(this.total, "article");
    if (!this.wanted()) return all;
    return this.next ? `${found} found so far; there are ${all}` : `${found} of ${all}`;
  }

  entry(article) {
    const title = article.title ?? "Untitled";
    const about = `${article.source ?? "unnamed source"} · ${dayOf(article.published_at)} · ${count(article.characters, "character")}`;
    const excerpt = { article_id: article.id, revision: article.revision, title: article.title };
    const open = h(
      "button",
      { type: "button", class: "link", "data-key": article.id, onclick: () => this.told.openExcerpt(excerpt, open) },
      title,
    );
    return h(
      "li",
      {},
      h("div", { class: "about" }, h("span", { class: "title" }, open), h("span", { class: "origin" }, about)),
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": `Delete “${title}”`,
          "data-key": `delete ${article.id}`,
          onclick: () => deleteSoon(article, (error) => this.left(article, error)),
        },
        "Delete",
      ),
    );
  }

  /** An article went from sight, came back, or is gone. */
  left(article, error) {
    if (isLeaving(article.id)) this.show();
    else this.changed(error);
  }
}
