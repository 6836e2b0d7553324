// The grid of a sheet: its cells, and the checks of the whole sheet on each change. The page works without it.
(() => {
  "use strict";

  const form = document.getElementById("bieu");
  if (!form || !window.thidua?.entry) return;
  const { data, entry, check, changed: changedFacts, unanswered, fingerprint, sentence, filled } = window.thidua;
  const sheet = data("du-lieu");
  if (!sheet?.enters) return;
  const words = sheet.words;
  const facts = data("so-lieu-kiem-tra");
  const rules = data("quy-tac") ?? [];
  const texts = data("cau-kiem-tra") ?? {};
  const factOf = new Map(facts.rows.map((fact) => [fact.indicator, fact]));
  const spoken = document.getElementById("loi-o");

  // ---- Rows ----

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  // The line below a row, made when there is something to say.
  const lineOf = (row) => {
    let line = row.body.querySelector(".message-row");
    if (!line) {
      const cell = element("td", { class: "message-cell", colspan: String(sheet.columns) });
      line = element("tr", { class: "message-row" }, cell);
      row.body.append(line);
    }
    const cell = line.firstElementChild;
    if (!cell.querySelector(".cell-message")) cell.prepend(element("div", { class: "cell-message", id: `bao-${row.code}` }));
    if (!cell.querySelector(".findings")) cell.append(element("div", { class: "findings" }));
    return line;
  };
  const showLine = (line) => {
    line.hidden = ![...line.firstElementChild.children].some((child) => child.childNodes.length > 0);
  };

  const tell = (row, parts, kind) => {
    const told = row.body.querySelector(".cell-message");
    if (parts.length === 0 && !told) return;
    const line = lineOf(row);
    const place = line.querySelector(".cell-message");
    place.replaceChildren();
    if (parts.length > 0) {
      place.append(element("p", { class: `finding ${kind}` }, ...parts));
      row.input.setAttribute("aria-describedby", place.id);
      spoken.textContent = place.textContent;
    }
    showLine(line);
  };

  const mark = (row, state) => {
    row.body.dataset.state = state;
    row.sign.replaceChildren();
    if (state === "saved") row.sign.append(element("span", { title: words.saved }, "✓"));
    else if (state === "waiting" || state === "conflict") row.sign.textContent = words[state];
  };

  const heldOf = (seq, fact) => {
    if (fact?.value !== undefined) return { value: fact.value, absence: null };
    return seq === null ? null : { value: null, absence: fact?.absence ?? "not-reported" };
  };

  const rows = [...form.querySelectorAll("tbody.grid-row")].map((body) => {
    const input = body.querySelector("input.value");
    const code = input.name.slice("so-".length);
    const seq = body.querySelector("input[type=hidden]").value.split("|")[0];
    const fact = factOf.get(code);
    const note = body.querySelector("input.note");
    const row = {
      body,
      code,
      unit: sheet.unit,
      seq: seq === "" ? null : Number(seq),
      held: heldOf(seq === "" ? null : seq, fact),
      input,
      note,
      host: input.parentElement,
      labels: `ten-${code}`,
      sign: body.querySelector(".mark-cell"),
      measure: fact?.measure ?? "",
      decimals: fact?.decimals ?? 0,
      required: fact?.required === true,
      noteText: () => note.value.trim(),
      mark: (state) => mark(row, state),
      tell: (parts, kind) => tell(row, parts, kind),
    };
    return row;
  });
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const names = Object.fromEntries(
    rows.map(({ code }) => [code, document.getElementById(`ten-${code}`).lastChild.textContent.trim()]),
  );

  // ---- Checks: the server's rules over the server's facts, with what stands in the cells now ----

  // A little form, sent to the server as the page's own are.
  const explanationForm = (result, at) => {
    const id = `ly-do-${at}`;
    const hidden = (name, value) => element("input", { type: "hidden", name, value });
    const form = element("form", { id: `gt-${at}`, method: "post", action: sheet.explain });
    form.append(
      hidden("ma", sheet.token),
      hidden("quy-tac", result.rule),
      hidden("chi-tieu", result.rows[0]),
      hidden("so", fingerprint(result)),
    );
    document.getElementById("giai-trinh").append(form);
    return element(
      "p",
      { class: "explain" },
      element("label", { for: id }, words.explain),
      " ",
      element("input", { id, name: "ly-do", required: "", minlength: "10", form: form.id }),
      " ",
      element("button", { class: "button small", form: form.id }, words["save-explanation"]),
    );
  };

  const findingLine = (result, at, open) => {
    const [kind, label] = sheet.severities[result.severity];
    const line = element("p", {}, element("span", { class: "severity" }, label), ` ${sentence(result, texts, names)}`);
    const block = element("div", { class: `finding ${kind}` }, line);
    if (result.severity === "explain") {
      const given = sheet.explanations.find(
        (one) => one.rule === result.rule && one.indicator === result.rows[0] && one.fingerprint === fingerprint(result),
      );
      if (open.includes(result)) block.append(explanationForm(result, at));
      else if (given) block.append(element("p", { class: "hint" }, `${words.explained} ${given.text}`));
    }
    return block;
  };

  const openMark = document.querySelector(".open-findings");
  const general = document.getElementById("chung");
  let told = "";
  const recheck = () => {
    if (!facts || document.activeElement?.closest(".explain")) return;
    const current = facts.rows.map((fact) => {
      const row = byCode.get(fact.indicator);
      return row ? changedFacts(fact, row.held?.value ?? null, row.held?.absence ?? null) : fact;
    });
    const results = check({ ...facts, rows: current }, rules);
    const now = JSON.stringify(results);
    if (now === told) return;
    const isFirst = told === "";
    told = now;
    const open = unanswered(results, sheet.explanations);
    const blocking = results.filter((result) => result.severity === "block").length;
    openMark.textContent = filled(words["open-findings"], { open: String(open.length + blocking) });
    // What the server found stands already; nothing moves under the reader's eyes before something changes.
    if (isFirst) return;
    document.getElementById("giai-trinh").replaceChildren();
    general.replaceChildren();
    for (const block of form.querySelectorAll(".findings")) block.replaceChildren();
    results.forEach((result, at) => {
      const row = result.rows.length > 0 ? byCode.get(result.rows[0]) : null;
      (row ? lineOf(row).querySelector(".findings") : general).append(findingLine(result, at, open));
    });
    form.querySelectorAll(".message-row").forEach(showLine);
  };

  // ---- The bar below ----

  const filledMark = document.querySelector(".filled");
  const tally = () => {
    const has = (row) => row.held !== null && row.held.absence !== "not-reported";
    filledMark.textContent = String(rows.filter((row) => row.required && has(row)).length);
    recheck();
  };

  entry({
    sheet,
    cells: rows,
    lines: rows.map((row) => [row.input, row.note]),
    status: document.querySelector(".queue-state"),
    tally,
  }).start(form);
  recheck();
})();
