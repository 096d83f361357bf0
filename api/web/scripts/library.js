// The library: which articles there are, how more come in, and how one goes.

import { listArticles } from "./api.js";
import { byId, count, dayOf, h } from "./dom.js";
import { deleteSoon, isLeaving } from "./undo.js";
import { setUpUpload } from "./upload.js";

const PAGE = 200;

/** told: openExcerpt(excerpt, opener); changed() when articles came or went. */
export class Library {
  constructor(told) {
    this.told = told;
    this.items = [];
    this.next = null;
    this.total = 0;
    this.loads = 0;
    byId("find-article").addEventListener("input", () => this.show());
    byId("more-articles").addEventListener("click", () => this.more());
    setUpUpload(() => this.changed());
  }

  async load() {
    this.items = [];
    this.next = null;
    this.loads += 1;
    await this.more();
  }

  async more() {
    const turn = this.loads;
    try {
      const page = await listArticles(PAGE, this.next);
      if (turn !== this.loads) return;
      this.items.push(...page.items);
      [this.next, this.total] = [page.next_cursor, page.total];
      this.error("");
      this.show();
    } catch (error) {
      this.error(`The articles can't be listed. ${error.message}`);
    }
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

  show() {
    const wanted = byId("find-article").value.trim().toLowerCase();
    const here = this.items.filter((article) => !isLeaving(article.id));
    const found = here.filter((article) => `${article.title ?? ""}\n${article.source ?? ""}`.toLowerCase().includes(wanted));
    byId("articles").replaceChildren(...found.map((article) => this.entry(article)));
    byId("more-articles").hidden = !this.next;
    byId("article-count").textContent = this.counted(wanted, found.length);
  }

  counted(wanted, found) {
    if (!this.total) return "There are no articles yet. Add some below: files from your computer, or the sample articles.";
    const all = count(this.total, "article");
    if (!wanted) return all;
    return this.next ? `${found} of the ${this.items.length} listed; there are ${all}` : `${found} of ${all}`;
  }

  entry(article) {
    const title = article.title ?? "Untitled";
    const excerpt = { article_id: article.id, revision: article.revision, title: article.title };
    const open = h(
      "button",
      { type: "button", class: "link", onclick: () => this.told.openExcerpt(excerpt, open) },
      title,
    );
    return h(
      "li",
      {},
      h("span", { class: "title" }, open),
      h(
        "span",
        { class: "origin" },
        `${article.source ?? "unnamed source"} · ${dayOf(article.published_at)} · ${count(article.characters, "character")}`,
      ),
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": `Delete “${title}”`,
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
