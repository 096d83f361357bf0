// An empty library: it says so, and the sample articles can be taken in with one press, where there are any.

import { addSamples, countSamples, listArticles } from "./api.js";
import { announce } from "./announce.js";
import { byId, count } from "./dom.js";

const EXAMPLES = "https://example.org/"; // where the samples are published, as they say

/** Show whether the library is empty. */
export async function showEmptiness() {
  try {
    const samples = await countSamples();
    const { items, total } = await listArticles(Math.max(samples, 1));
    const untouched = total === samples && items.every((article) => article.url?.startsWith(EXAMPLES));
    byId("empty").hidden = total > 0;
    byId("examples").hidden = !untouched || total === 0;
    for (const button of document.querySelectorAll(".add-samples")) {
      button.hidden = total > 0 || samples === 0;
      button.textContent = `Add ${count(samples, "sample article")}`;
    }
  } catch (error) {
    byId("chat-error").textContent = error.message;
  }
}

/** done: called when the samples are in. */
export function setUpSamples(done) {
  for (const button of document.querySelectorAll(".add-samples")) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const { results } = await addSamples();
        announce(`${count(results.length, "sample article")} added.`);
        await done();
        byId(inLibrary() ? "find-article" : "question").focus();
      } catch (error) {
        byId(inLibrary() ? "library-error" : "chat-error").textContent = error.message;
      } finally {
        button.disabled = false;
      }
    });
  }
}

const inLibrary = () => byId("chat").hidden;
