// Checks, as the program runs them: crates/domain/src/collection/check/. Both run over crates/domain/vectors/checks.json.
// All arithmetic is on BigInt; no floating point touches a figure. Numbers are written as typed.js writes them, which
// comes before.
(() => {
  "use strict";

  const { SCALE_MAX, LARGEST, written } = window.thidua.canonical;

  // ---- Exact arithmetic in millionths (check/micro.rs) ----

  const MICRO = 1000000n;

  const micro = (text) => {
    const [whole, decimals = ""] = text.split(".");
    return BigInt(whole + decimals.padEnd(SCALE_MAX, "0"));
  };
  const microOrNull = (text) => (text === undefined || text === null ? null : micro(text));
  const abs = (value) => (value < 0n ? -value : value);

  // Millionths as canonical text; null beyond 64 bits.
  const numberOf = (value) => {
    let [digits, scale] = [value, SCALE_MAX];
    while (scale > 0 && digits % 10n === 0n) {
      digits /= 10n;
      scale -= 1;
    }
    return abs(digits) > LARGEST ? null : written(abs(digits).toString(), scale, digits < 0n);
  };

  // up / down, halves away from zero; down is above zero.
  const divided = (up, down) => {
    const rest = abs(up % down);
    if (rest < down - rest) return up / down;
    return up / down + (up > 0n ? 1n : up < 0n ? -1n : 0n);
  };

  const ascending = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  const twiceTheMedian = (values) => {
    const sorted = [...values].sort(ascending);
    const half = sorted.length >> 1;
    return sorted.length % 2 === 0 ? sorted[half - 1] + sorted[half] : 2n * sorted[half];
  };

  const middleOf = (texts) => middleAmong(texts.map(micro));

  const middleAmong = (values) => {
    if (values.length === 0) return null;
    const median2 = twiceTheMedian(values);
    const deviation4 = twiceTheMedian(values.map((value) => abs(2n * value - median2)));
    const sorted = values.sort(ascending);
    return { points: values.length, median2, deviation4, low: sorted[0], high: sorted[sorted.length - 1] };
  };

  const isFar = (middle, value, k, floor) => {
    const [own, least] = [middle.deviation4 * 100n, abs(middle.median2) * 2n * floor];
    const spread400 = own > least ? own : least;
    return spread400 > 0n && abs(2n * value - middle.median2) * 2000n > spread400 * k;
  };

  // ---- Checks (check/row.rs, check/across.rs) ----

  const SEVERITIES = ["block", "explain", "warn", "info"];
  const NATURES = ["estimate", "provisional", "official"];

  // What was computed of a row's facts, kept while they live: on a change of one cell the other rows are not computed
  // again. The facts of a row are therefore never altered in place; `changed` makes new ones.
  const kept = new WeakMap();

  const once = (compute) => {
    let known;
    return () => (known === undefined ? (known = compute()) : known);
  };

  // A figure in a thousand of what it is divided by, in millionths, beside the same of other units.
  const eachOf = (facts, value) => {
    if (!isCounted(facts) || value === null || facts.per === undefined) return null;
    const each = (figure, per) => (per < MICRO ? null : divided(figure * 1000n * MICRO, per));
    const own = each(value, micro(facts.per));
    const others = (facts.peers_per ?? []).map(([figure, per]) => each(micro(figure), micro(per)));
    const middle = middleAmong(others.filter((other) => other !== null));
    return own === null || middle === null ? null : { value: own, middle };
  };

  const isCounted = (facts) => facts.kind === "flow" || facts.kind === "stock";

  const lookedRow = (facts) => {
    let row = kept.get(facts);
    if (!row) {
      const value = microOrNull(facts.value);
      const numbers = {};
      row = {
        facts,
        value,
        // Where figures are added, none occurred counts as nothing.
        addend: facts.absence === "none-occurred" ? 0n : value,
        history: value === null ? null : middleOf(facts.history ?? []),
        peers: once(() => (value === null ? null : middleOf(facts.peers ?? []))),
        each: once(() => eachOf(facts, value)),
        number: (name) => (name in numbers ? numbers[name] : (numbers[name] = microOrNull(facts[name]))),
        shorter: once(() => {
          const values = (facts.shorter ?? []).map(micro);
          return values.length === 0 ? null : values.reduce((a, b) => (a > b ? a : b));
        }),
      };
      kept.set(facts, row);
    }
    return row;
  };

  const lookedAt = (facts) => ({
    facts,
    rows: facts.rows.map(lookedRow),
    places: new Map(facts.rows.map((row, place) => [row.indicator, place])),
  });

  const looksAt = (rule, row) => {
    const within = (list, word) => !list || list.length === 0 || list.includes(word);
    const without = !rule.except || !rule.except.includes(row.facts.indicator);
    return within(rule.fields, row.facts.field) && within(rule.indicators, row.facts.indicator) && without;
  };

  const apart = (one, a, other, b) => [[one, numberOf(a)], [other, numberOf(b)], ["difference", numberOf(a - b)]];

  const far = (row, middle, limit) => {
    if (BigInt(middle.points) < limit.points || !isFar(middle, row.value, limit.k, limit.floor)) return null;
    return [
      ["value", numberOf(row.value)],
      ["median", numberOf(middle.median2 / 2n)],
      ["deviation", numberOf(middle.deviation4 / 4n)],
      ["points", String(middle.points)],
    ];
  };

  // What was reached against the plan for the time that has passed.
  const reachedOf = (looked, row) => {
    const facts = row.facts;
    if (facts.direction !== "up" || facts.kind === "index" || row.value === null) return null;
    const [toDate, year] = [row.number("plan_to_date"), row.number("plan_year")];
    let reached = null;
    if (toDate !== null) {
      reached = { value: row.value, plan: toDate, months: 12n };
    } else if (year !== null && facts.kind === "flow") {
      const value = row.number("accumulated") ?? (looked.facts.begins_year ? row.value : null);
      if (value !== null) reached = { value, plan: year, months: BigInt(looked.facts.months) };
    } else if (year !== null) {
      reached = { value: row.value, plan: year, months: 12n };
    }
    if (reached === null || reached.plan <= 0n) return null;
    reached.told = () => [
      ["reached", numberOf(reached.value)],
      ["plan", numberOf(reached.plan)],
      ["months", String(reached.months)],
      ["percent", numberOf(divided(reached.value * 12000n, reached.plan * reached.months) * 100000n)],
    ];
    return reached;
  };

  const slipped = (row, limit) => {
    const { value, history } = row;
    if (value === null || (history && history.low <= value && value <= history.high)) return null;
    const last = row.number("previous") ?? row.number("same_period");
    const ofHistory = history && BigInt(history.points) >= limit.points ? history.median2 : null;
    const expected2 = ofHistory ?? (last === null ? null : 2n * last);
    if (expected2 === null || expected2 === 0n) return null;
    const near = (got, wanted) => abs(got - wanted) * 100n <= limit.tolerance * abs(wanted);
    for (const factor of [10n, 100n, 1000n]) {
      let meant = null;
      if (near(2n * value, expected2 * factor)) {
        meant = value % factor === 0n ? numberOf(value / factor) : null;
      } else if (near(2n * value * factor, expected2)) {
        meant = numberOf(value * factor);
      } else {
        continue;
      }
      const expected = numberOf(expected2 / 2n);
      return [["value", numberOf(value)], ["expected", expected], ["factor", String(factor)], ["meant", meant]];
    }
    return null;
  };

  const isPercent = (facts) => facts.measure.trim() === "%";

  // Kinds that look at one row: the numbers, where they find something.
  const ROW = {
    negative: (looked, row) => (isCounted(row.facts) && row.value !== null && row.value < 0n ? [["value", numberOf(row.value)]] : null),
    "percent-range": (looked, row, limit) => {
      if (row.value === null || row.facts.kind !== "ratio" || !isPercent(row.facts)) return null;
      if (row.value >= limit.low * MICRO && row.value <= limit.high * MICRO) return null;
      return [["value", numberOf(row.value)], ["low", String(limit.low)], ["high", String(limit.high)]];
    },
    "too-fine": (looked, row) => {
      const kept = Math.min(row.facts.decimals, SCALE_MAX);
      if (row.value === null || row.value % 10n ** BigInt(SCALE_MAX - kept) === 0n) return null;
      return [["value", numberOf(row.value)], ["decimals", String(row.facts.decimals)]];
    },
    cumulative: (looked, row) => {
      const most = row.shorter();
      if (row.value === null || row.facts.kind !== "flow" || most === null) return null;
      return row.value < most ? [["value", numberOf(row.value)], ["shorter", numberOf(most)]] : null;
    },
    "own-history": (looked, row, limit) => (row.history ? far(row, row.history, limit) : null),
    peers: (looked, row, limit) => {
      const each = row.each();
      if (each && BigInt(each.middle.points) >= limit.points) return null;
      const middle = row.peers();
      return middle ? far(row, middle, limit) : null;
    },
    "peers-per": (looked, row, limit) => {
      const each = row.each();
      if (!each || BigInt(each.middle.points) < limit.points) return null;
      const { value, middle } = each;
      if (!isFar(middle, value, limit.k, limit.floor)) return null;
      const inHundredths = (millionths) => numberOf(divided(millionths, 10000n) * 10000n);
      return [
        ["value", numberOf(row.value)],
        ["each", inHundredths(value)],
        ["median", inHundredths(middle.median2 / 2n)],
        ["deviation", inHundredths(middle.deviation4 / 4n)],
        ["points", String(middle.points)],
      ];
    },
    "over-plan": (looked, row, limit) => {
      const reached = reachedOf(looked, row);
      return reached && reached.value * 1200n > limit.percent * reached.plan * reached.months ? reached.told() : null;
    },
    "under-plan": (looked, row, limit) => {
      const reached = reachedOf(looked, row);
      return reached && reached.value * 1200n < limit.percent * reached.plan * reached.months ? reached.told() : null;
    },
    slip: (looked, row, limit) => slipped(row, limit),
    missing: (looked, row) => {
      const facts = row.facts;
      const isEmpty = row.value === null && (!facts.absence || facts.absence === "not-reported");
      const previous = row.number("previous");
      return isEmpty && !facts.required && previous !== null ? [["previous", numberOf(previous)]] : null;
    },
    "below-sum": (looked, row, limit) => {
      const below = row.number("below");
      if (row.addend === null || below === null) return null;
      const differs = abs(row.addend - below) * 1000n > limit.tolerance * abs(below);
      return differs ? apart("value", row.addend, "below", below) : null;
    },
    "plan-sum": (looked, row, limit) => {
      const [plan, assigned] = [row.number("plan_year"), row.number("assigned")];
      if (!isCounted(row.facts) || plan === null || assigned === null) return null;
      const differs = abs(plan - assigned) * 1000n > limit.tolerance * abs(plan);
      return differs ? apart("plan", plan, "assigned", assigned) : null;
    },
    nature: (looked, row) => {
      const { nature, nature_before: before } = row.facts;
      return nature && before && NATURES.indexOf(nature) < NATURES.indexOf(before) ? [] : null;
    },
  };

  const placesOf = (looked, rule) =>
    looked.rows.map((row, place) => [place, row]).filter(([, row]) => looksAt(rule, row));

  const shareOf = (compared, name, limit) => {
    const rows = compared.filter(([, is]) => is).map(([place]) => place);
    const [is, of] = [BigInt(rows.length), BigInt(compared.length)];
    if (is === 0n || of < limit.rows || is * 100n < limit.percent * of) return [];
    return [{ rows, numbers: [[name, String(is)], ["compared", String(of)]] }];
  };

  const parts = (looked, rule, wanted, breaks) => {
    const wholes = new Map();
    looked.rows.forEach((row, place) => {
      const whole = row.facts.part_of ? looked.places.get(row.facts.part_of) : undefined;
      if ((row.facts.parts ?? "some") !== wanted || whole === undefined) return;
      wholes.set(whole, [...(wholes.get(whole) ?? []), place]);
    });
    const found = [];
    for (const [whole, places] of wholes) {
      const row = looked.rows[whole];
      if (!looksAt(rule, row) || row.addend === null) continue;
      const values = places.map((place) => looked.rows[place].addend);
      if (wanted === "all" && values.includes(null)) continue;
      const sum = values.filter((value) => value !== null).reduce((a, b) => a + b, 0n);
      if (breaks(row, sum)) {
        found.push({ rows: [whole, ...places], numbers: apart("total", row.addend, "sum", sum) });
      }
    }
    return found;
  };

  // Kinds that look at several rows, or at the sheet.
  const ACROSS = {
    numerator: (looked, rule) => {
      const found = [];
      for (const [, row] of placesOf(looked, rule)) {
        if (!isPercent(row.facts) || !row.facts.quotient) continue;
        const rows = row.facts.quotient.map((code) => looked.places.get(code));
        if (rows.includes(undefined)) continue;
        const [numerator, denominator] = rows.map((place) => looked.rows[place].addend);
        if (numerator === null || denominator === null || numerator <= denominator) continue;
        found.push({ rows, numbers: [["numerator", numberOf(numerator)], ["denominator", numberOf(denominator)]] });
      }
      return found;
    },
    "parts-total": (looked, rule, limit) =>
      parts(looked, rule, "all", (row, sum) => {
        const lastDecimal = 10n ** BigInt(Math.max(SCALE_MAX - row.facts.decimals, 0));
        return abs(row.addend - sum) > limit.tolerance * lastDecimal;
      }),
    "parts-within": (looked, rule) => parts(looked, rule, "some", (row, sum) => sum > row.addend),
    copy: (looked, rule, limit) => {
      const compared = [];
      for (const [place, row] of placesOf(looked, rule)) {
        const previous = row.number("previous");
        if (row.value === null || previous === null || (row.value === 0n && previous === 0n)) continue;
        compared.push([place, row.value === previous]);
      }
      return shareOf(compared, "same", limit);
    },
    round: (looked, rule, limit) => {
      const zeros = limit.zeros < 9n ? limit.zeros : 9n;
      const compared = [];
      for (const [place, row] of placesOf(looked, rule)) {
        const unit = 10n ** (BigInt(Math.max(SCALE_MAX - row.facts.decimals, 0)) + zeros);
        if (row.value !== null && abs(row.value) >= unit) compared.push([place, row.value % unit === 0n]);
      }
      return shareOf(compared, "round", limit);
    },
    sample: (looked, rule) => {
      const rows = placesOf(looked, rule).filter(([, row]) => row.facts.sample).map(([place]) => place);
      return rows.length > 0 ? [{ rows, numbers: [["rows", String(rows.length)]] }] : [];
    },
    "unit-gone": (looked) => (looked.facts.unit === "gone" ? [{ rows: [], numbers: [] }] : []),
    "unit-not-yet": (looked) => (looked.facts.unit === "not-yet" ? [{ rows: [], numbers: [] }] : []),
  };

  // What a rule sees in a row depends on the row, the rule and the period alone, so it is kept with the row.
  const seenAt = (looked, row, rule, limit) => {
    if (row.period !== looked.facts.period) {
      row.period = looked.facts.period;
      row.seen = new Map();
    }
    if (!row.seen.has(rule)) row.seen.set(rule, ROW[rule.kind](looked, row, limit));
    return row.seen.get(rule);
  };

  const findings = (looked, rule) => {
    const limit = Object.fromEntries(Object.entries(rule.parameters ?? {}).map(([name, value]) => [name, BigInt(value)]));
    if (Object.hasOwn(ACROSS, rule.kind)) return ACROSS[rule.kind](looked, rule, limit);
    // A kind this script does not know is left to the server.
    if (!Object.hasOwn(ROW, rule.kind)) return [];
    const found = [];
    for (const [place, row] of placesOf(looked, rule)) {
      const numbers = seenAt(looked, row, rule, limit);
      if (numbers) found.push({ rows: [place], numbers });
    }
    return found;
  };

  const compareRows = (a, b) => {
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      if (a[at] !== b[at]) return a[at] - b[at];
    }
    return a.length - b.length;
  };

  const check = (facts, rules) => {
    const looked = lookedAt(facts);
    let found = rules.flatMap((rule) => findings(looked, rule).map((one) => ({ rule, ...one })));
    const slips = new Set(found.filter((one) => one.rule.kind === "slip").map((one) => one.rows[0]));
    const isTold = (one) => ["own-history", "peers", "peers-per"].includes(one.rule.kind) && slips.has(one.rows[0]);
    found = found.filter((one) => !isTold(one));
    const first = (one) => (one.rows.length === 0 ? 0 : one.rows[0] + 1);
    found.sort(
      (a, b) =>
        SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity) ||
        first(a) - first(b) ||
        ascending(a.rule.code, b.rule.code) ||
        compareRows(a.rows, b.rows),
    );
    return found.map(({ rule, rows, numbers }) => ({
      rule: rule.code,
      version: rule.version,
      kind: rule.kind,
      severity: rule.severity,
      rows: rows.map((place) => facts.rows[place].indicator),
      numbers: numbers.filter(([, number]) => number !== null),
    }));
  };

  // The facts of a row with another value in its cell (canonical text, or null with the word of an absence). What the
  // year has reached moves with it; where that cannot be told, the rules that need it wait for the server.
  const changed = (row, value, absence) => {
    const next = { ...row, value: value ?? undefined, absence: absence ?? undefined };
    const addend = (one) => (one.absence === "none-occurred" ? 0n : microOrNull(one.value));
    const [before, after, reached] = [addend(row), addend(next), microOrNull(row.accumulated)];
    if (row.kind === "stock") next.accumulated = value ?? undefined;
    else if (before === null || after === null || reached === null) next.accumulated = undefined;
    else next.accumulated = numberOf(reached - before + after) ?? undefined;
    return next;
  };

  // ---- Explanations (check/explanation.rs) ----

  const EXPLANATION_CHARS_MIN = 10;

  const fingerprint = (result) => result.numbers.map(([name, number]) => `${name}=${number}`).join(" ");

  const unanswered = (results, explanations) =>
    results.filter(
      (result) =>
        result.severity === "explain" &&
        !explanations.some(
          (explanation) =>
            explanation.rule === result.rule &&
            explanation.indicator === result.rows[0] &&
            explanation.fingerprint === fingerprint(result) &&
            [...explanation.text.trim()].length >= EXPLANATION_CHARS_MIN,
        ),
    );

  // ---- Sentences ----

  // `1231.2` as it is written in Vietnamese: `1.231,2`.
  const vietnamese = (number) => {
    const [whole, decimals] = number.split(".");
    const grouped = whole.replace(/\B(?=([0-9]{3})+$)/g, ".");
    return decimals === undefined ? grouped : `${grouped},${decimals}`;
  };

  // A text with named gaps, filled; a gap without a fact shows that it lacks.
  const filled = (text, facts) =>
    text.replace(/\{([a-z_-]+)\}/g, (gap, name) => (Object.hasOwn(facts, name) ? facts[name] : "…"));

  // The sentence of a result: `texts` by kind, `names` of indicators by code, both from the server.
  const sentence = (result, texts, names) => {
    const named = result.rows.map((code) => names[code] ?? code);
    const facts = Object.fromEntries(result.numbers.map(([name, number]) => [name, vietnamese(number)]));
    return filled(texts[result.kind] ?? "", { row: named[0] ?? "…", others: named.slice(1).join(", ") || "…", ...facts });
  };

  window.thidua = Object.freeze({
    ...window.thidua,
    check,
    changed,
    unanswered,
    fingerprint,
    vietnamese,
    filled,
    sentence,
  });
})();
