// The page for queries: an editor that completes from the data, and an answer to look at in several ways.
// Without the editor, the field of the form takes its place.

import { Answer, chart, csv, graph, table, timeline } from "./views.js";

const found = (id) => document.getElementById(id);
const offered = JSON.parse(found("offered").textContent);
const { say } = offered;
const endpoint = new URL(offered.endpoint, document.baseURI).href;
offered.root = new URL(offered.root, document.baseURI).href;
const field = found("query");
const place = found("result");
const ROWS = "application/sparql-results+json";
const SHORT = 4000; // characters of a query that goes into an address

// What was drawn before is no use for another query; a query that goes into an address can be kept as a link.
const shareable = (text) => `${location.origin}${location.pathname}?${new URLSearchParams({ query: text })}`;

function read(kind, text) {
  if (kind.startsWith(ROWS)) {
    const { head, results, boolean } = JSON.parse(text);
    if (results) return new Answer(head.vars, results.bindings.map(languages), offered);
    return new Answer(["answer"], [{ answer: { type: "literal", value: String(boolean) } }], offered);
  }
  const lines = text.split("\n").map((line) => line.match(/^(\S+) (\S+) (.*) \.$/)).filter(Boolean);
  const rows = lines.map(([, s, p, o]) => ({ subject: term(s), predicate: term(p), object: term(o) }));
  return new Answer(["subject", "predicate", "object"], rows, offered, true);
}

const languages = (row) => Object.fromEntries(Object.entries(row).map(([name, one]) => [name, { ...one, lang: one["xml:lang"] }]));

function term(text) {
  if (text.startsWith("<")) return { type: "uri", value: text.slice(1, -1) };
  if (text.startsWith("_:")) return { type: "bnode", value: text };
  const [, value, lang, datatype] = text.match(/^"(.*)"(?:@([\w-]+)|\^\^<(.*)>)?$/s) ?? [, text];
  return { type: "literal", value: unescaped(value), lang, datatype };
}

const unescaped = (text) =>
  text.replace(/\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))/gis, (_, four, eight, sign) =>
    four || eight ? String.fromCodePoint(parseInt(four ?? eight, 16)) : ({ n: "\n", r: "\r", t: "\t" }[sign] ?? sign),
  );

function fault(text) {
  const box = Object.assign(document.createElement("p"), { className: "problem" });
  box.setAttribute("role", "alert");
  try {
    const told = JSON.parse(text);
    box.textContent = told.detail ?? told.title ?? text;
  } catch {
    box.textContent = text;
  }
  return box;
}

// ---- with the editor

const ICONS = { table: "M1 3h14v10H1zM1 6.5h14M6 3v10", chart: "M2 14V8h3v6zM7 14V2h3v12zM12 14V5h3v9z", graph: "M3 5l9-2M3 5l6 8M12 3l-3 10", timeline: "M1 8h14M4 5v6M9 5v6M13 5v6" };

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("drawn");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// A picture as a file of its own, with the colours that the page lends it.
function pictured(svg) {
  const copy = svg.cloneNode(true);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = "text{font:13.5px sans-serif}path{fill:none;stroke:#8fa6b6}rect,circle{fill:#15486b}.head{fill:#8fa6b6;stroke:none}.below{fill:#8a2f1d}";
  copy.prepend(style);
  return new XMLSerializer().serializeToString(copy);
}

function plugin(name, view, priority) {
  return class {
    constructor(yasr) {
      Object.assign(this, { yasr, priority, label: say[name] });
    }
    answer() {
      const { results } = this.yasr;
      const text = results?.getOriginalResponseAsString() ?? "";
      if (this.text !== text) Object.assign(this, { text, read: results?.hasError() ? undefined : read(results.getContentType() ?? "", text) });
      return this.read;
    }
    canHandleResults() {
      const answer = this.yasr.results && this.answer();
      return Boolean(answer && (name === "table" || answer.rows.length) && view.can(answer));
    }
    draw() {
      view.draw(this.yasr.resultsEl, this.answer());
    }
    getIcon() {
      return icon(name);
    }
    download(filename) {
      const svg = this.yasr.resultsEl.querySelector(".picture svg");
      const as = (getData, contentType, ending) => ({ getData, contentType, filename: `${filename || name}.${ending}`, title: say[name] });
      return svg ? as(() => pictured(svg), "image/svg+xml", "svg") : as(() => csv(this.answer()), "text/csv", "csv");
    }
  };
}

let terms; // the properties and classes of the data, asked for once, when something is to be completed
async function known(kind, typed) {
  terms ??= fetch(new URL(offered.void, document.baseURI), { headers: { accept: "application/n-triples" } }).then((reply) => reply.text());
  const iris = [...(await terms).matchAll(new RegExp(`void#${kind}> <([^>]*)>`, "g"))].map(([, iri]) => iri);
  return iris.filter((iri) => iri.startsWith(typed?.autocompletionString ?? "")).sort();
}

function completing(Yasqe) {
  const prefixes = Object.entries(offered.prefixes).map(([prefix, space]) => `${prefix}: <${space}>`);
  Yasqe.forkAutocompleter("prefixes", { name: "declared", get: () => prefixes.sort(), persistenceId: null });
  Yasqe.forkAutocompleter("property", { name: "properties", get: (_, typed) => known("property", typed), persistenceId: null });
  Yasqe.forkAutocompleter("class", { name: "classes", get: (_, typed) => known("class", typed), persistenceId: null });
  return ["declared", "properties", "classes", "variables"];
}

// Signs that end a line for JavaScript, at which the editor stumbles, as SPARQL escapes them.
const plain = (text) => text.replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);

function withEditor({ Yasqe, Yasr }) {
  const autocompleters = completing(Yasqe);
  Yasr.registerPlugin("table", plugin("table", table, 10)); // its own reads words as markup before it shows them
  Yasr.registerPlugin("chart", plugin("chart", chart, 4));
  Yasr.registerPlugin("graph", plugin("graph", graph, 3));
  Yasr.registerPlugin("timeline", plugin("timeline", timeline, 2));
  found("plain").hidden = true;
  const yasqe = new Yasqe(found("editor"), {
    value: plain(field.value),
    autocompleters,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: (one) => shareable(one.getValue()),
    screenReaderLabel: say.label,
    editorHeight: "17rem",
    requestConfig: { endpoint, method: (one) => (one.getValue().length < SHORT ? "GET" : "POST"), headers: {}, args: [], namedGraphs: [], defaultGraphs: [] },
  });
  const yasr = new Yasr(place, {
    persistenceId: null,
    prefixes: offered.prefixes,
    pluginOrder: ["table", "chart", "graph", "timeline", "response"],
    defaultPlugin: "table",
    errorRenderers: [async (error) => fault(error.text)],
  });
  yasqe.on("queryResponse", (_, reply, taken) => {
    yasr.setResponse(reply, taken);
    told(reply.headers?.get("mandata-truncated"));
  });
  for (const scroll of document.querySelectorAll(".CodeMirror-scroll")) scroll.tabIndex = 0;
  yasr.on("drawn", () => place.querySelector(".CodeMirror-scroll")?.setAttribute("tabindex", "0"));
  return (text) => {
    if (text !== undefined) yasqe.setValue(plain(text));
    yasqe.query().catch(() => {}); // the fault is shown with the answer
  };
}

// ---- without it

function withField() {
  const views = { table, chart, graph, timeline };
  async function ask(text) {
    if (text !== undefined) field.value = text;
    const accept = `${ROWS}, application/n-triples;q=0.9`;
    const headers = { accept, "content-type": "application/sparql-query" };
    const reply = await fetch(endpoint, { method: "POST", headers, body: field.value });
    const content = await reply.text();
    told(reply.headers.get("mandata-truncated"));
    if (reply.ok) show(read(reply.headers.get("content-type"), content));
    else place.replaceChildren(fault(content));
  }
  function show(answer) {
    const drawing = document.createElement("div");
    const choices = Object.entries(views).filter(([, view]) => answer.rows.length && view.can(answer));
    const buttons = choices.map(([name, view]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: say[name] });
      button.addEventListener("click", () => view.draw(drawing, answer));
      return button;
    });
    place.replaceChildren(...(buttons.length ? buttons : [say.nothing]), drawing);
    buttons[0]?.click();
  }
  found("plain").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  return ask;
}

// ---- the page

function told(truncated) {
  found("truncated").hidden = !truncated;
}

const ask = window.Yasgui ? withEditor(window.Yasgui) : withField();
const examples = found("example");
examples.addEventListener("change", () => {
  const example = offered.examples[Number(examples.value)];
  if (example) ask(example.text);
});
found("open").hidden = true; // an example is opened when it is chosen
if (window.Yasgui) {
  found("run").hidden = false;
  found("run").addEventListener("click", () => ask());
}
if (offered.run) ask();
