"use strict";
/* Draws the picture and tells what is behind it. Every text reaches the page through textContent or the canvas, never as HTML. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  for (const [kind, fields] of Object.entries(data.fields)) {
    data[kind] = data[kind].map((row) => Object.fromEntries(fields.map((field, at) => [field, row[at]])));
  }
  const byId = (id) => document.getElementById(id);
  const panel = byId("panel"), search = byId("search"), canvas = byId("canvas"), collectives = byId("collectives");
  const ROLES = [...document.querySelectorAll("#filter input[name=role]")].map((box) => box.value);
  let lang = data.lang, scene = null, nodes = null, edges = null, chosen = null;

  const network = new vis.Network(canvas, { nodes: [], edges: [] }, data.options);

  /* ---- words ---- */
  function say(path, values = {}) {
    const [part, key] = path.split("."), messages = data.messages[lang][part] || {};
    const found = (values.count === 1 && messages[`${key}-one`]) || messages[key];
    return (found === undefined ? path : found).replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "click") element.addEventListener("click", value);
      else if (name === "color") element.style.color = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /* ---- facts ---- */
  const kindOf = (key) => key[0], indexOf = (key) => Number(key.slice(1));
  const byTask = data.tasks.map(() => []), byAgency = data.agencies.map(() => []), tasksOf = data.sections.map(() => []);
  const order = data.assignments.map((_, index) => index).sort((one, other) => data.assignments[one].task - data.assignments[other].task || one - other);
  order.forEach((index) => { const one = data.assignments[index]; byTask[one.task].push(index); byAgency[one.agency].push(index); });
  data.tasks.forEach((task, index) => {
    for (let at = task.section; at >= 0; at = data.sections[at].parent) tasksOf[at].push(index);
  });
  const sectionName = (index) => data.sections[index].label + data.sections[index].title;
  function sectionPath(index) {
    const names = [];
    for (let at = index; at >= data.planCount; at = data.sections[at].parent) names.unshift(sectionName(at));
    return names.join(" › ") || sectionName(data.sections[index].plan);
  }
  const cut = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);
  const taskName = (index, most = 60) => `${data.tasks[index].number} · ${cut(data.tasks[index].text, most)}`;
  function nameOf(key) {
    if (kindOf(key) === "a") return data.agencies[indexOf(key)].label;
    return kindOf(key) === "t" ? taskName(indexOf(key), 90) : sectionName(indexOf(key));
  }
  const distinctTasks = (assignments) => new Set(assignments.map((index) => data.assignments[index].task)).size;

  /* ---- picture ---- */
  function shownRoles() {
    return new Set([...document.querySelectorAll("#filter input[name=role]:checked")].map((box) => box.value));
  }
  function show(index) {
    scene = data.scenes[index];
    chosen = null;
    nodes = new vis.DataSet(scene.nodes.map((node) => ({ ...node, title: nameOf(node.id) })));
    edges = new vis.DataSet([]);
    network.setData({ nodes, edges });
    byId("picture").value = String(index);
    byId("collectives-box").hidden = !scene.nodes.some((node) => node.group === "collective");
    paint();
    network.redraw();
    fit();
  }
  /* vis-network's own fit forgets labels and leaves a tenth of the canvas empty. */
  function fit() { fitInto(canvas.clientWidth, canvas.clientHeight, 1.4); }
  function fitInto(width, height, most) {
    if (scene === null || !scene.nodes.length) return;
    // The box of a node whose label is lifted above it does not reach up to the label.
    const boxes = scene.nodes.map((node) => {
      const box = network.getBoundingBox(node.id), lift = (node.font && node.font.vadjust) || 0;
      return { ...box, top: box.top + Math.min(0, lift) };
    });
    const left = Math.min(...boxes.map((box) => box.left)), right = Math.max(...boxes.map((box) => box.right));
    const top = Math.min(...boxes.map((box) => box.top)), bottom = Math.max(...boxes.map((box) => box.bottom));
    const scale = Math.min((width - 24) / (right - left), (height - 24) / (bottom - top), most);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
  }

  /* What of the picture is looked at: null for everything, else the lit nodes and a test for lit edges. */
  function findLit() {
    if (chosen === null) return null;
    if (chosen.keys) return { nodes: new Set(chosen.keys), edge: () => false };
    if (chosen.assignment !== undefined) {
      const one = data.assignments[chosen.assignment];
      return { nodes: new Set([`a${one.agency}`, `t${one.task}`]), edge: (edge) => edge.role !== "belongs" && edge.behind.includes(chosen.assignment) };
    }
    if (chosen.edge) return { nodes: new Set([chosen.edge.from, chosen.edge.to]), edge: (edge) => edge.id === chosen.edge.id };
    const key = chosen.key, lit = new Set([key]);
    if (kindOf(key) === "s") tasksOf[indexOf(key)].forEach((task) => lit.add(`t${task}`));
    const inside = kindOf(key) === "s" ? new Set([...lit, ...scene.nodes.filter((node) => kindOf(node.id) === "s" &&
      isWithin(indexOf(node.id), indexOf(key))).map((node) => node.id)]) : lit;
    const touches = (edge) => inside.has(edge.from) || inside.has(edge.to);
    const roles = shownRoles(), all = new Set(inside);
    scene.edges.filter((edge) => touches(edge) && countShown(edge, roles) > 0).forEach((edge) => { all.add(edge.from); all.add(edge.to); });
    [...all].filter((one) => kindOf(one) === "t").forEach((one) => all.add(`s${data.tasks[indexOf(one)].section}`));
    return { nodes: all, edge: touches };
  }
  function isWithin(section, above) {
    for (let at = section; at >= 0; at = data.sections[at].parent) if (at === above) return true;
    return false;
  }
  function countShown(edge, roles) {
    return edge.role === "belongs" ? 1 : edge.behind.filter((index) => roles.has(data.assignments[index].role)).length;
  }
  function paint() {
    const lit = findLit(), roles = shownRoles(), drawn = [], pairs = new Map();
    for (const edge of scene.edges) {
      const count = countShown(edge, roles), isLit = lit !== null && lit.edge(edge);
      const isApart = kindOf(edge.from) === "a" && data.agencies[indexOf(edge.from)].collective;
      if (count === 0 || (isApart && !collectives.checked && !isLit) || (edge.weak && !isLit)) continue;
      const { color, width, dashes } = data.styles[edge.role], several = edge.role === "several";
      const faint = edge.role === "belongs" ? 0.8 : isApart ? 0.35 : several ? 0.45 : 0.7;
      const pair = `${edge.from} ${edge.to}`, twin = pairs.get(pair) || 0;
      pairs.set(pair, twin + 1);
      drawn.push({ id: edge.id, from: edge.from, to: edge.to, dashes, title: edgeTitle(edge),
        color: { color, highlight: color, hover: color, opacity: lit === null ? faint : isLit ? 1 : 0.07 },
        width: (several ? Math.min(0.6 + 0.5 * count, 8) : width) * (isLit ? 1.5 : 1),
        // A second role on the same task would hide under the first line.
        smooth: twin ? { enabled: true, type: "curvedCW", roundness: 0.12 * twin } : false });
    }
    edges.clear();
    edges.add(drawn);
    nodes.update(scene.nodes.map((node) => ({ id: node.id, group: lit === null || lit.nodes.has(node.id) ? node.group : `${node.group}-dim` })));
    document.querySelectorAll(".vis-tooltip").forEach((tip) => { tip.style.visibility = "hidden"; });
  }
  function edgeTitle(edge) {
    if (edge.role === "belongs") return undefined;
    if (edge.role === "several") return `${nameOf(edge.from)}: ${say("panel.task-count", { count: distinctTasks(edge.behind) })}`;
    return `${nameOf(edge.from)} · ${say(`role.${edge.role}`)}\n${nameOf(edge.to)}`;
  }

  /* ---- panel ---- */
  function fill(...children) {
    panel.replaceChildren(...children.filter((child) => child !== null));
    panel.scrollTop = 0;
  }
  const chip = (role) => make("span", { class: "chip", color: data.styles[role].color }, say(`role.${role}`));
  const back = () => make("button", { type: "button", class: "small", click: () => { search.value = ""; choose(null, true); } }, `← ${say("panel.back")}`);
  function facts(pairs) {
    const list = make("dl");
    for (const [term, value] of pairs) if (value) list.append(make("dt", {}, term), make("dd", {}, value));
    return list;
  }
  function list(items) { return make("ul", {}, ...items.map((item) => make("li", {}, item))); }
  function row(text, side, click) {
    return make("button", { type: "button", click }, make("span", {}, text), typeof side === "string" ? make("span", { class: "count" }, side) : side);
  }
  const agencyRow = (index, count) => row(data.agencies[index].label, say("panel.task-count", { count }), () => go(`a${index}`));
  const assignmentRow = (index, text) => row(text, chip(data.assignments[index].role), () => choose({ assignment: index }, true));

  function tellHome() {
    const counts = data.agencies.map((agency, index) => [index, distinctTasks(byAgency[index])]).sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    const groups = counts.filter(([index]) => data.agencies[index].collective), single = counts.filter(([index]) => !data.agencies[index].collective);
    const drawn = scene.nodes.filter((node) => kindOf(node.id) === "a" && node.group === "agency").length, lines = scene.edges.length;
    fill(make("p", { class: "hint" }, say(scene.kind === "overview" ? "page.hint-overview" : "page.hint")),
      scene.edges.some((edge) => edge.weak) ? make("p", { class: "hint" }, say("page.hint-weak", { drawn, agencies: single.length, strong: scene.edges.filter((edge) => !edge.weak).length, lines })) : null,
      make("p", { class: "hint" }, say("panel.counts", { plans: data.planCount, tasks: data.tasks.length, agencies: single.length, assignments: data.assignments.length })),
      make("h2", {}, say("panel.agencies")), list(single.map(([index, count]) => agencyRow(index, count))),
      groups.length ? make("h3", {}, say("panel.collectives")) : null, list(groups.map(([index, count]) => agencyRow(index, count))));
  }
  function tellAgency(index) {
    const agency = data.agencies[index], mine = byAgency[index], children = [back(), make("h2", { tabindex: "-1" }, agency.label)];
    const others = agency.names.filter((name) => name !== agency.label && name !== agency.full_name);
    const sections = new Map();
    for (const one of mine) {
      const section = data.tasks[data.assignments[one].task].section;
      if (!sections.has(section)) sections.set(section, []);
      sections.get(section).push(one);
    }
    children.push(facts([[say("panel.full-name"), agency.full_name !== agency.label ? agency.full_name : ""], [say("panel.english"), agency.label_en], [say("panel.also"), others.join("、")]]));
    const roles = ROLES.map((role) => [role, mine.filter((one) => data.assignments[one].role === role).length]).filter(([, count]) => count);
    children.push(make("p", {}, `${say("panel.task-count", { count: distinctTasks(mine) })} · ${say("panel.sections-count", { count: sections.size })} · `,
      roles.map(([role, count]) => `${say(`role.${role}`)} ${count}`).join(" · ")), pictureButton(`a${index}`));
    for (const [section, some] of sections) {
      children.push(make("h3", {}, data.planCount > 1 && section >= data.planCount ? `${sectionName(data.sections[section].plan)} › ${sectionPath(section)}` : sectionPath(section)));
      children.push(list(some.map((one) => assignmentRow(one, taskName(data.assignments[one].task)))));
    }
    fill(...children);
  }
  function tellTask(index) {
    const task = data.tasks[index], mine = byTask[index];
    fill(back(), make("h2", { tabindex: "-1" }, `${say("page.task")} ${task.number}`), make("p", {}, task.text),
      facts([[say("panel.plan"), data.planCount > 1 ? sectionName(task.plan) : ""], [say("panel.section"), sectionPath(task.section)],
        [say("panel.deadline"), task.deadlines.join("；")], [say("panel.target"), task.targets.join("；")]]),
      make("h3", {}, say("panel.who")),
      mine.length ? list(mine.map((one) => assignmentRow(one, data.agencies[data.assignments[one].agency].label))) : make("p", {}, say("panel.nobody")));
  }
  function tellSection(index) {
    const tasks = tasksOf[index], counts = new Map();
    for (const task of tasks) for (const agency of new Set(byTask[task].map((one) => data.assignments[one].agency))) counts.set(agency, (counts.get(agency) || 0) + 1);
    const ranked = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    fill(back(), make("h2", { tabindex: "-1" }, sectionName(index)), index >= data.planCount ? make("p", {}, sectionPath(data.sections[index].parent)) : null,
      make("p", {}, say("panel.task-count", { count: tasks.length })), pictureButton(`s${index}`),
      make("h3", {}, say("panel.tasks")), list(tasks.map((task) => row(taskName(task), "", () => go(`t${task}`)))),
      make("h3", {}, say("panel.agencies")), list(ranked.map(([agency, count]) => agencyRow(agency, count))));
  }
  function quote([context, start, end]) {
    const letters = Array.from(data.contexts[context]);
    return make("blockquote", {}, letters.slice(0, start).join(""), make("mark", {}, letters.slice(start, end).join("")), letters.slice(end).join(""));
  }
  function tellAssignment(index) {
    const one = data.assignments[index], agency = data.agencies[one.agency], task = data.tasks[one.task];
    fill(back(), make("h2", { tabindex: "-1" }, agency.label, " ", chip(one.role)),
      make("h3", {}, say("panel.evidence")), ...(one.quotes.length ? one.quotes.map(quote) : [make("p", {}, say("panel.no-evidence"))]),
      make("h3", {}, `${say("page.task")} ${task.number}`), make("p", {}, task.text),
      facts([[say("panel.plan"), data.planCount > 1 ? sectionName(task.plan) : ""], [say("panel.section"), sectionPath(task.section)],
        [say("panel.deadline"), task.deadlines.join("；")], [say("panel.read-from"), say(`basis.${one.basis}`)],
        [say("panel.stands-in"), say(`inheritance.${one.inheritance}`)], [say("panel.printed"), one.name !== agency.label ? one.name : ""],
        [say("panel.identified"), say(`resolution.${one.resolution}`)]]),
      list([row(agency.label, "→", () => go(`a${one.agency}`)), row(taskName(one.task), "→", () => go(`t${one.task}`))]));
  }
  function tellSeveral(edge) {
    fill(back(), make("h2", { tabindex: "-1" }, say("panel.between", { agency: nameOf(edge.from) })), make("p", {}, sectionPath(indexOf(edge.to))),
      pictureButton(edge.to), list(edge.behind.map((one) => assignmentRow(one, taskName(data.assignments[one].task)))));
  }
  function pictureButton(key) {
    const at = data.scenes.findIndex((one) => one.subject === key && (one.kind === "section" || one.kind === "agency"));
    if (at < 0 || data.scenes[at] === scene) return null;
    return make("p", {}, make("button", { type: "button", class: "small", click: () => { show(at); go(key); } }, say("panel.show")));
  }

  /* ---- choosing ---- */
  function choose(what, focus) {
    chosen = what;
    paint();
    if (what === null) tellHome();
    else if (what.assignment !== undefined) tellAssignment(what.assignment);
    else if (what.edge) tellSeveral(what.edge);
    else if (kindOf(what.key) === "a") tellAgency(indexOf(what.key));
    else if (kindOf(what.key) === "t") tellTask(indexOf(what.key));
    else tellSection(indexOf(what.key));
    if (focus) (panel.querySelector("h2[tabindex]") || search).focus({ preventScroll: false });
  }
  /* Choose a node, in another picture if this one does not hold it. */
  function go(key, centre) {
    const holds = (one) => one.nodes.some((node) => node.id === key);
    if (!holds(scene)) {
      const at = data.scenes.findIndex(holds);
      if (at >= 0) show(at);
    }
    choose({ key }, true);
    if (centre && holds(scene)) network.focus(key, { scale: Math.max(network.getScale(), 0.9), animation: false });
  }
  function find() {
    const words = search.value.trim().toLowerCase();
    if (!words) { choose(null); return; }
    const has = (...texts) => texts.some((text) => text.toLowerCase().includes(words));
    const keys = [
      ...data.agencies.flatMap((one, index) => (has(one.label, one.full_name, one.label_en, ...one.names) ? [`a${index}`] : [])),
      ...data.sections.flatMap((one, index) => (index >= data.planCount && has(sectionName(index)) ? [`s${index}`] : [])),
      ...data.tasks.flatMap((one, index) => (one.number.toLowerCase() === words || has(one.text) ? [`t${index}`] : []))];
    chosen = { keys };
    paint();
    fill(back(), make("h2", { role: "status" }, keys.length ? say("panel.results", { count: keys.length }) : say("panel.none")),
      list(keys.slice(0, 100).map((key) => row(nameOf(key), say({ a: "page.agency", s: "page.section", t: "page.task" }[kindOf(key)]), () => go(key, true)))));
    const here = new Set(scene.nodes.map((node) => node.id)), inside = keys.filter((key) => here.has(key));
    if (inside.length === 1) network.focus(inside[0], { scale: Math.max(network.getScale(), 0.9), animation: false });
  }

  /* ---- events ---- */
  network.on("click", (event) => {
    if (event.nodes.length) choose({ key: event.nodes[0] });
    else if (event.edges.length) {
      const edge = scene.edges.find((one) => one.id === event.edges[0]);
      if (edge.role === "belongs") choose({ key: edge.from });
      else if (edge.behind.length === 1) choose({ assignment: edge.behind[0] });
      else choose({ edge });
    } else choose(null);
  });
  search.addEventListener("input", find);
  search.addEventListener("keydown", (event) => {
    const first = panel.querySelector("li button");
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    if (event.key === "Enter" && first && search.value.trim()) first.click();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [...panel.querySelectorAll("button")], at = rows.indexOf(document.activeElement);
    const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at >= 0) { event.preventDefault(); (next || search).focus(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (chosen !== null || search.value)) { search.value = ""; choose(null, true); }
  });
  canvas.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }, step = steps[event.key];
    if (step) {
      const at = network.getViewPosition(), far = 60 / network.getScale();
      network.moveTo({ position: { x: at.x + step[0] * far, y: at.y + step[1] * far } });
    } else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  const zoom = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)) });
  byId("zoom-in").addEventListener("click", () => zoom(1.25));
  byId("zoom-out").addEventListener("click", () => zoom(0.8));
  byId("fit").addEventListener("click", fit);
  byId("filter").addEventListener("change", () => paint());
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  byId("picture").addEventListener("change", (event) => { show(Number(event.target.value)); choose(null); });
  byId("language").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; speak(); });
  window.addEventListener("resize", fit);
  /* Paper gets the whole picture at a size of its own, whatever the window shows of it; the window stays as it is. */
  window.addEventListener("beforeprint", () => {
    const paper = byId("paper"), [width, height] = [2600, 1500], seen = { position: network.getViewPosition(), scale: network.getScale() };
    network.setSize(`${width}px`, `${height}px`);
    fitInto(width, height, 4);
    network.redraw();
    const drawn = canvas.querySelector("canvas");
    [paper.width, paper.height] = [drawn.width, drawn.height];
    paper.getContext("2d").drawImage(drawn, 0, 0);
    network.setSize("100%", "100%");
    network.redraw();
    network.moveTo(seen);
  });

  /* Put all words of the page into the chosen language. */
  function speak() {
    document.documentElement.lang = lang;
    document.querySelectorAll("[data-message]").forEach((element) => { element.textContent = say(element.dataset.message); });
    search.placeholder = say("page.search");
    search.title = say("page.search-hint");
    canvas.setAttribute("aria-label", say("page.canvas"));
    panel.setAttribute("aria-label", say("page.panel"));
    byId("zoom-in").setAttribute("aria-label", say("page.zoom-in"));
    byId("zoom-out").setAttribute("aria-label", say("page.zoom-out"));
    fillPictures();
    if (scene === null) return;
    if (chosen === null || chosen.keys) { search.value = ""; choose(null); } else choose(chosen);
  }
  function fillPictures() {
    const picture = byId("picture"), groups = new Map();
    const value = picture.value;
    data.scenes.forEach((one, index) => {
      const kind = one.kind === "overview" || one.kind === "plan" ? "" : say(`scene.${one.kind}`);
      if (!groups.has(kind)) groups.set(kind, []);
      const plain = one.kind === "overview" && one.subject === "" ? say("scene.all") : say(`scene.${one.kind}`);
      const name = kind || one.subject === "" || data.planCount === 1 ? (kind ? nameOf(one.subject) : plain) : nameOf(one.subject);
      groups.get(kind).push(make("option", { value: String(index) }, cut(name, 40) + (one.part ? `（${one.part}）` : "")));
    });
    picture.replaceChildren();
    for (const [kind, options] of groups) picture.append(...(kind ? [make("optgroup", { label: kind }, ...options)] : options));
    picture.value = value || "0";
    byId("picture-box").hidden = data.scenes.length < 2;
  }

  speak();
  if (data.scenes.length) { show(0); tellHome(); }
  window.agencyGraph = { network, get scene() { return scene; } };
})();
