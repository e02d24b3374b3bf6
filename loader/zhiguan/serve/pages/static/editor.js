// Makes a query form an editor: highlighting, checks and completion by YASQE, results without leaving the page.
// The form works without any of this; nothing here talks to another host or keeps anything in the browser.
"use strict";

(() => {
  const form = document.querySelector("form.editor");
  const area = form && form.querySelector("textarea");
  const Editor = window.Yasqe;
  if (!area || !Editor) return;

  const words = form.dataset;
  const status = form.querySelector("[role=status]");
  const LONGEST_LINK = 6000; // characters; longer queries are posted and have no link

  // Terms of the ontology, asked of this endpoint once, when completion first needs them.
  const TERMS = `SELECT DISTINCT ?term WHERE {
    VALUES ?kind { KINDS } GRAPH <${words.ontology}> { ?term a ?kind FILTER(isIRI(?term)) } } ORDER BY ?term`;
  const owl = (names) => names.map((name) => `<http://www.w3.org/2002/07/owl#${name}>`).join(" ");
  const asked = {};
  function askTerms(kinds) {
    const url = "/sparql?format=csv&query=" + encodeURIComponent(TERMS.replace("KINDS", owl(kinds)));
    asked[url] ||= fetch(url).then((answer) => (answer.ok ? answer.text() : "term")).then((text) => text.trim().split(/\r?\n/).slice(1));
    return asked[url];
  }
  function complete(name, kinds) {
    const own = name + "-of-ontology";
    Editor.forkAutocompleter(name, {
      name: own,
      bulk: false,
      get: (_, token) => askTerms(kinds).then((terms) => terms.filter((term) => term.startsWith(token.autocompletionString))),
    });
    return own;
  }
  Editor.defaults.autocompleters = [
    "prefixes",
    "variables",
    complete("class", ["Class"]),
    complete("property", ["ObjectProperty", "DatatypeProperty", "AnnotationProperty"]),
  ];

  const room = document.createElement("div");
  room.className = "code-room";
  area.after(room);
  const editor = new Editor(room, {
    value: area.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    screenReaderLabel: words.label,
    extraKeys: {
      "Ctrl-Enter": () => run(),
      "Cmd-Enter": () => run(),
      "Ctrl-Space": () => editor.autocomplete(),
      "Ctrl-/": () => editor.commentLines(),
      "Shift-Ctrl-F": () => editor.autoformat(),
      Esc: () => editor.getInputField().blur(),
      Tab: false, // the keyboard can leave the editor as any field
      "Shift-Tab": false,
    },
  });
  editor.getInputField().setAttribute("aria-describedby", "keys");
  editor.on("change", () => {
    area.value = editor.getValue();
  });
  area.value = editor.getValue();
  area.hidden = true;
  area.required = false;
  document.getElementById("keys").hidden = false;

  function linkOf(query) {
    const url = new URL(form.action);
    url.search = new URLSearchParams(new FormData(form)).toString();
    return query.length <= LONGEST_LINK ? url : null;
  }

  async function run() {
    const url = linkOf(area.value);
    const result = document.getElementById("result");
    result.classList.add("busy");
    status.textContent = words.running;
    try {
      const answer = url
        ? await fetch(url, { headers: { Accept: "text/html" } })
        : await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "text/html" } });
      show(new DOMParser().parseFromString(await answer.text(), "text/html"), result);
      if (url) history.pushState(null, "", url);
      status.textContent = answer.ok ? words.done : words.failed;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // what fetch says when nobody answers
      status.textContent = words.failed;
    } finally {
      result.classList.remove("busy");
    }
  }

  // A result's section, or what an error page says.
  function show(page, result) {
    const found = page.getElementById("result");
    const problem = page.querySelector("article.problem pre");
    if (found) {
      result.replaceChildren(...found.childNodes);
    } else {
      const line = document.createElement("pre");
      line.className = "problem-line";
      line.textContent = problem ? problem.textContent : words.failed;
      result.replaceChildren(line);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  window.addEventListener("popstate", () => location.reload());

  const share = form.querySelector("button.share");
  if (navigator.clipboard) {
    share.hidden = false;
    share.addEventListener("click", async () => {
      const url = linkOf(area.value);
      if (url) await navigator.clipboard.writeText(url.href);
      status.textContent = url ? words.copied : words.long;
    });
  }
})();
