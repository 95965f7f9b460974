// Draws an answer as a table, a chart, a graph or a timeline. All that is shown enters as text, never as markup.

const DATE = /^-?\d{4}(-\d{2}(-\d{2})?)?/;
const MOST = { rows: 200, bars: 60, edges: 200, events: 120 };
const SVG = "http://www.w3.org/2000/svg";

const make = (tag, values = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), values);
  element.append(...children);
  return element;
};

const draw = (tag, values = {}, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const isIri = (term) => term?.type === "uri";
const isNumber = (term) => term && !isIri(term) && term.value.trim() !== "" && Number.isFinite(Number(term.value));
const isDate = (term) => term && !isIri(term) && DATE.test(term.value) && !(isNumber(term) && !/gYear$/.test(term.datatype ?? ""));
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

// An answer as columns and rows; the statements of a graph are three columns.
export class Answer {
  constructor(columns, rows, offered, isGraph = false) {
    Object.assign(this, { columns, rows, offered, isGraph });
  }
  having(test) {
    return this.columns.filter((name) => this.rows.some((row) => row[name]) && this.rows.every((row) => !row[name] || test(row[name])));
  }
  words(term) {
    if (!term) return "";
    if (!isIri(term)) return term.value;
    const spaces = Object.entries(this.offered.prefixes).filter(([, space]) => term.value.startsWith(space) && term.value !== space);
    const [prefix, space] = spaces.sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
    return prefix === undefined ? term.value : prefix === "id" ? term.value.slice(space.length) : `${prefix}:${term.value.slice(space.length)}`;
  }
  // The page of a thing of ours on this server; of another's, where its IRI leads, if that can be followed at all.
  address(term) {
    if (!isIri(term)) return "";
    const { base, root } = this.offered;
    if (term.value.startsWith(base)) return root + encodeURI(term.value.slice(base.length)).replace("%23", "#");
    return /^https?:\/\//.test(term.value) ? term.value : "";
  }
  shown(term) {
    const text = this.words(term);
    const address = this.address(term);
    return address ? make("a", { href: address, textContent: text, title: term.value }) : make("span", { textContent: text, dir: "auto", lang: term?.lang ?? "" });
  }
}

function chooser(label, names, chosen, change) {
  const select = make("select", {}, ...names.map(([value, text]) => make("option", { value, textContent: text, selected: value === chosen })));
  select.addEventListener("change", () => change(select.value));
  return make("label", { className: "choose" }, `${label} `, select);
}

function picture(title, width, height, ...children) {
  const svg = draw("svg", { role: "group", "aria-label": title, viewBox: `0 0 ${width} ${height}`, width, height }, ...children);
  const region = make("div", { className: "picture", tabIndex: 0 }, svg);
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", title);
  return region;
}

const label = (x, y, text, anchor = "start", kind = "") => draw("text", { x, y, "text-anchor": anchor, class: kind }, text);

// Writes text as a link where it leads somewhere.
function linked(answer, term, element) {
  const address = answer.address(term);
  return address ? draw("a", { href: address }, element) : element;
}

function note(say, all, most) {
  return all > most ? [make("p", { className: "quiet", textContent: say.drawn.replace("{number}", most) })] : [];
}

// Rows and columns, to be filtered and sorted.
export const table = {
  can: (answer) => answer.columns.length > 0,
  draw(place, answer, chosen = {}) {
    const { say } = answer.offered;
    const state = { filter: "", by: "", down: false, most: MOST.rows, ...chosen };
    const body = make("tbody");
    const count = make("span", { className: "quiet" });
    const more = make("button", { type: "button", textContent: say.more });
    const heads = answer.columns.map((name) => this.head(name, state, () => fill()));
    const fill = () => {
      const rows = this.rows(answer, state);
      count.textContent = say.number.replace("{number}", rows.length);
      more.hidden = rows.length <= state.most;
      body.replaceChildren(...rows.slice(0, state.most).map((row) => make("tr", {}, ...answer.columns.map((name) => make("td", {}, answer.shown(row[name]))))));
      for (const [at, head] of heads.entries()) head.ariaSort = answer.columns[at] !== state.by ? "none" : state.down ? "descending" : "ascending";
    };
    more.addEventListener("click", () => fill((state.most *= 4)));
    const filter = make("input", { type: "search" });
    filter.addEventListener("input", () => fill((state.filter = filter.value.toLowerCase())));
    const choices = make("p", { className: "choices" }, make("label", { className: "choose" }, `${say.filter} `, filter), count);
    const scroll = make("div", { className: "scroll", tabIndex: 0 }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body));
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", say.table);
    fill();
    place.replaceChildren(choices, scroll, more);
  },
  head(name, state, fill) {
    const button = make("button", { type: "button", textContent: name });
    button.addEventListener("click", () => {
      Object.assign(state, { down: state.by === name && !state.down, by: name });
      fill();
    });
    return make("th", { scope: "col" }, button);
  },
  rows(answer, { filter, by, down }) {
    const words = (row, name) => answer.words(row[name]);
    const rows = answer.rows.filter((row) => !filter || answer.columns.some((name) => words(row, name).toLowerCase().includes(filter)));
    if (by) rows.sort((one, other) => (down ? -1 : 1) * words(one, by).localeCompare(words(other, by), "en", { numeric: true }));
    return rows;
  },
};

// A table as a file; what a spreadsheet would take for a formula is made words.
export function csv({ columns, rows }) {
  const field = (text) => `"${(/^[=+\-@\t\r]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return [columns, ...rows.map((row) => columns.map((name) => row[name]?.value ?? ""))].map((line) => `${line.map(field).join(",")}\r\n`).join("");
}

// Bars: a column of numbers by another column, or how many rows there are for each of its values.
export const chart = {
  can: (answer) => answer.columns.length > 0 && answer.rows.length > 0,
  draw(place, answer, chosen = {}) {
    const { say } = answer.offered;
    const numbers = answer.having(isNumber);
    const names = answer.columns.filter((name) => !numbers.includes(name));
    const by = chosen.by ?? names.find((name) => this.differ(answer, name)) ?? names[0] ?? answer.columns[0];
    const of = chosen.of ?? numbers.find((name) => name !== by) ?? "";
    const again = (more) => this.draw(place, answer, { by, of, ...more });
    const bars = this.bars(answer, by, of);
    const shown = bars.slice(0, MOST.bars);
    const most = Math.max(...shown.map(([, , size]) => Math.abs(size)), 0) || 1;
    const parts = shown.flatMap(([text, term, size], at) => {
      const y = at * 26 + 6;
      const long = Math.max((Math.abs(size) / most) * 640, 1);
      return [
        linked(answer, term, label(290, y + 14, cut(text, 42), "end")),
        draw("rect", { x: 300, y, width: long, height: 19, class: size < 0 ? "below" : "bar" }),
        label(306 + long, y + 14, String(Math.round(size * 1000) / 1000), "start", "number"),
      ];
    });
    const choices = make("p", { className: "choices" });
    choices.append(chooser(say.by, answer.columns.map((name) => [name, name]), by, (name) => again({ by: name })));
    choices.append(chooser(say.of, [["", say.rows], ...numbers.map((name) => [name, name])], of, (name) => again({ of: name })));
    const title = `${say.chart}: ${of || say.rows}, ${by}`;
    place.replaceChildren(choices, picture(title, 1040, shown.length * 26 + 12, ...parts), ...note(say, bars.length, MOST.bars));
  },
  differ(answer, name) {
    const values = new Set(answer.rows.map((row) => row[name]?.value));
    return values.size > 1 && values.size <= MOST.bars && (values.size < answer.rows.length || answer.having(isNumber).length > 0);
  },
  bars(answer, by, of) {
    const found = new Map();
    for (const row of answer.rows) {
      const text = answer.words(row[by]) || "–";
      const [, term, before] = found.get(text) ?? [text, row[by], 0];
      found.set(text, [text, term, before + (of ? Number(row[of]?.value ?? 0) : 1)]);
    }
    const bars = [...found.values()];
    const inOrder = answer.rows.every((row) => isDate(row[by]) || isNumber(row[by]));
    return inOrder ? bars.sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true })) : bars.sort(([, , one], [, , other]) => other - one);
  },
};

// Things and the lines between them, the same picture each time.
export const graph = {
  can: (answer) => answer.isGraph || answer.having(isIri).length > 1,
  draw(place, answer, chosen = {}) {
    const { say } = answer.offered;
    const things = answer.isGraph ? ["subject", "object"] : answer.having(isIri);
    const [from, to] = [chosen.from ?? things[0], chosen.to ?? things.find((name) => name !== (chosen.from ?? things[0]))];
    const all = answer.rows.filter((row) => row[from] && row[to] && (isIri(row[to]) || !answer.isGraph));
    const edges = all.slice(0, MOST.edges);
    const { nodes, width, height } = this.placed(edges.map((row) => [row[from], row[to]]));
    const lines = edges.map((row) => {
      const [one, other] = [nodes.get(row[from].value), nodes.get(row[to].value)];
      const title = answer.isGraph ? draw("title", {}, answer.words(row.predicate)) : "";
      return draw("path", { d: `M${one.x} ${one.y} L${other.x} ${other.y}`, "marker-end": "url(#arrow)" }, title);
    });
    const marks = [...nodes.values()].flatMap(({ term, x, y }) => {
      const text = label(x, y - 9, cut(answer.words(term), 28), "middle");
      return [draw("circle", { cx: x, cy: y, r: 5 }), linked(answer, term, text)];
    });
    const head = draw("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 14, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" }, draw("path", { d: "M0 0 L8 4 L0 8 z", class: "head" }));
    const choices = make("p", { className: "choices" });
    if (!answer.isGraph) {
      const names = things.map((name) => [name, name]);
      const again = (more) => this.draw(place, answer, { from, to, ...more });
      choices.append(chooser(say.from, names, from, (name) => again({ from: name })), chooser(say.to, names, to, (name) => again({ to: name })));
    }
    const drawn = picture(say.graph, width, height, draw("defs", {}, head), ...lines, ...marks);
    place.replaceChildren(choices, ...(edges.length ? [drawn, ...note(say, all.length, MOST.edges)] : [make("p", { textContent: say.none })]));
  },
  // Fruchterman and Reingold's springs, in a frame that grows with what is in it.
  placed(pairs) {
    const nodes = new Map();
    for (const term of pairs.flat()) if (!nodes.has(term.value)) nodes.set(term.value, { term });
    const list = [...nodes.values()];
    const frame = Math.max(1, Math.sqrt(list.length / 24));
    const [width, height] = [Math.round(960 * frame), Math.round(600 * frame)];
    const rest = 0.8 * Math.sqrt((width * height) / Math.max(list.length, 1));
    list.forEach((node, at) => {
      const far = Math.sqrt((at + 1) / list.length) * 0.45;
      Object.assign(node, { x: width * (0.5 + far * Math.cos(at * 2.399963)), y: height * (0.5 + far * Math.sin(at * 2.399963)) });
    });
    const springs = pairs.map(([from, to]) => [nodes.get(from.value), nodes.get(to.value)]);
    for (let round = 0; round < 200; round++) this.relax(list, springs, { width, height, rest, step: width * 0.08 * (1 - round / 200) });
    const [left, top] = [Math.min(...list.map(({ x }) => x)) - 100, Math.min(...list.map(({ y }) => y)) - 30];
    for (const node of list) Object.assign(node, { x: Math.round(node.x - left), y: Math.round(node.y - top) });
    return { nodes, width: Math.max(...list.map(({ x }) => x)) + 100, height: Math.max(...list.map(({ y }) => y)) + 20 };
  },
  relax(list, springs, { width, height, rest, step }) {
    for (const one of list) {
      [one.dx, one.dy] = [(width / 2 - one.x) * 0.15, (height / 2 - one.y) * 0.3];
      for (const other of list) {
        const [x, y] = [one.x - other.x, one.y - other.y];
        const push = other === one ? 0 : (rest * rest) / Math.max(x * x + y * y, 1);
        [one.dx, one.dy] = [one.dx + x * push, one.dy + y * push];
      }
    }
    for (const [one, other] of springs) {
      const [x, y] = [other.x - one.x, other.y - one.y];
      const pull = Math.hypot(x, y) / rest;
      [one.dx, one.dy] = [one.dx + x * pull, one.dy + y * pull];
      [other.dx, other.dy] = [other.dx - x * pull, other.dy - y * pull];
    }
    for (const node of list) {
      const far = Math.max(Math.hypot(node.dx, node.dy), 0.01);
      const [x, y] = [node.dx, node.dy].map((part) => (part / far) * Math.min(far, step));
      [node.x, node.y] = [node.x + x, node.y + y];
    }
  },
};

// What happened when: the rows by a column of dates, on a line of years.
export const timeline = {
  can: (answer) => answer.having(isDate).length > 0,
  draw(place, answer, chosen = {}) {
    const { say } = answer.offered;
    const dates = answer.having(isDate);
    const when = chosen.when ?? dates[0];
    const others = answer.columns.filter((name) => name !== when);
    const what = chosen.what ?? others.find((name) => answer.having(isIri).includes(name)) ?? others[0] ?? when;
    const all = answer.rows.filter((row) => row[when]).map((row) => ({ row, at: this.number(row[when].value) }));
    all.sort((one, other) => one.at - other.at);
    const events = all.slice(0, MOST.events);
    const [first, last] = [Math.floor(events[0].at), Math.ceil(events.at(-1).at + 0.01)];
    const place_of = (at) => Math.round(20 + ((at - first) / Math.max(last - first, 1)) * 960);
    const height = events.length * 22 + 40;
    const step = Math.max(Math.ceil((last - first) / 10), 1);
    const years = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) => first + at * step);
    const ticks = years.flatMap((year) => [
      draw("path", { d: `M${place_of(year)} 22 V${height}`, class: "stem" }),
      label(place_of(year), 14, String(year), "middle", "year"),
    ]);
    const marks = events.flatMap(({ row, at }, number) => {
      const [x, y] = [place_of(at), number * 22 + 42];
      const text = `${row[when].value.slice(0, 10)}  ${cut(answer.words(row[what]), 44)}`;
      const left = x > 620;
      return [draw("circle", { cx: x, cy: y - 4, r: 5 }), linked(answer, row[what], label(left ? x - 10 : x + 10, y, text, left ? "end" : "start"))];
    });
    const again = (more) => this.draw(place, answer, { when, what, ...more });
    const choices = make("p", { className: "choices" });
    choices.append(chooser(say.when, dates.map((name) => [name, name]), when, (name) => again({ when: name })));
    choices.append(chooser(say.what, others.map((name) => [name, name]), what, (name) => again({ what: name })));
    place.replaceChildren(choices, picture(`${say.timeline}: ${what}`, 1040, height + 8, ...ticks, ...marks), ...note(say, all.length, MOST.events));
  },
  number(date) {
    const [year, month = 1, day = 1] = date.match(DATE)[0].split("-").filter(Boolean).map(Number);
    return year + (month - 1) / 12 + (day - 1) / 372;
  },
};
