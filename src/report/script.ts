/**
 * What the page does when a script may run: choose a panel, step through the record, walk a matrix by arrow keys, save a drawing or the scenario. Everything
 * can be read without it. It loads nothing and asks nobody.
 */
export const SCRIPT = `(() => {
const root = document.documentElement;
root.classList.add('js');
const all = (query, from = document) => [...from.querySelectorAll(query)];
const save = (name, type, text) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

for (const box of all('[data-choice]')) {
  const panels = all(':scope > [data-panel]', box);
  const select = box.querySelector('select');
  const show = () => panels.forEach((panel, i) => { panel.hidden = i !== Number(select.value); });
  select.addEventListener('change', show);
  show();
}

const LOOKS = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-size', 'font-weight', 'font-family', 'text-anchor', 'paint-order'];
const drawingText = (figure) => {
  const before = figure.querySelector('svg.chart');
  root.dataset.theme = 'light';
  const copy = before.cloneNode(true);
  const from = [before, ...all('*', before)];
  [copy, ...all('*', copy)].forEach((node, i) => {
    const looks = getComputedStyle(from[i]);
    for (const name of LOOKS) if (!/^(title|desc|g|a)$/.test(node.localName) || name === 'opacity') node.setAttribute(name, looks.getPropertyValue(name));
    if (!/^cursor/.test(node.getAttribute('class') || '')) node.removeAttribute('class');
    node.removeAttribute('href');
  });
  delete root.dataset.theme;
  all('.cursor,.cursor-line', copy).forEach((node) => node.remove());
  const box = before.viewBox.baseVal;
  copy.setAttribute('viewBox', '-16 -16 ' + (box.width + 32) + ' ' + (box.height + 58));
  copy.setAttribute('width', box.width + 32);
  copy.setAttribute('height', box.height + 58);
  const note = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  note.textContent = figure.querySelector('.provenance').textContent;
  for (const [key, value] of [['x', 0], ['y', box.height + 30], ['font-size', 10], ['fill', '#5a636e'], ['font-family', 'system-ui, sans-serif']]) note.setAttribute(key, value);
  copy.append(note);
  return new XMLSerializer().serializeToString(copy);
};
for (const button of all('[data-export]')) {
  button.addEventListener('click', () => {
    const figure = document.getElementById(button.dataset.export);
    save(figure.id + '.svg', 'image/svg+xml', drawingText(figure));
  });
}

for (const button of all('[data-save]')) {
  button.addEventListener('click', () => {
    const data = JSON.parse(document.getElementById(button.dataset.save).textContent);
    save(button.dataset.name, 'application/json', JSON.stringify(data, null, 2));
  });
}

const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let box = target && target.parentElement; box; box = box.parentElement) if (box.localName === 'details') box.open = true;
  if (target) target.scrollIntoView({ block: 'center' });
};
addEventListener('hashchange', reveal);

for (const grid of all('[data-roving]')) {
  const cells = all('a', grid);
  const wide = Number(grid.dataset.roving);
  grid.addEventListener('keydown', (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: wide, ArrowUp: -wide }[event.key];
    const at = cells.indexOf(document.activeElement);
    const next = cells[at + move];
    if (!move || at < 0 || !next) return;
    event.preventDefault();
    cells[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

const stepper = document.querySelector('.stepper');
if (stepper) {
  const rows = all('.record tr[id]');
  const turns = Number(document.querySelector('.record table').dataset.turns);
  const atOf = ({ id }) => {
    const [round, turn] = id.slice(1).split('.').map(Number);
    return round + (turn - 1) / turns;
  };
  const worthOf = ({ dataset, cells }) => {
    if (dataset.u) return numbers(dataset.u);
    return cells[3].colSpan > 1 || cells[3].textContent === '' ? undefined : [...cells].slice(3).map((cell) => Number(cell.textContent.replace('−', '-').replace(/,/g, '')));
  };
  const [first, back, on, last] = all('button', stepper);
  const slider = stepper.querySelector('input');
  const told = stepper.querySelector('output');
  const numbers = (text) => text.split(/[ ,]/).map(Number);
  const place = (x, [low, high, from, to]) => from + ((x - low) / (high - low)) * (to - from);
  let now;
  const go = (to, moved = true) => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    const row = rows[at];
    if (moved) root.classList.add('stepping');
    if (now) now.classList.remove('now');
    now = row;
    row.classList.add('now');
    slider.value = at;
    const words = row.cells[2].textContent.trim();
    slider.setAttribute('aria-valuetext', row.id + ': ' + row.cells[1].textContent.trim() + ' ' + words);
    told.innerHTML = '';
    const strong = document.createElement('strong');
    strong.textContent = row.id + ' ' + row.cells[1].textContent.trim() + ' ';
    told.append(strong, words);
    told.title = words;
    first.disabled = back.disabled = at === 0;
    last.disabled = on.disabled = at === rows.length - 1;
    for (const chart of all('svg[data-from]')) {
      const { from, to: end, left, right } = chart.dataset;
      chart.querySelector('.cursor-line').setAttribute('transform', 'translate(' + place(atOf(row), [from, end, left, right].map(Number)) + ' 0)');
    }
    for (const chart of all('svg[data-seats]')) {
      const dot = chart.querySelector('.cursor');
      const u = worthOf(row);
      const [i, j] = numbers(chart.dataset.seats);
      dot.setAttribute('cx', u ? place(u[i], numbers(chart.dataset.x)) : -99);
      dot.setAttribute('cy', u ? place(u[j], numbers(chart.dataset.y)) : -99);
    }
    const box = row.closest('.scroll');
    if (moved && box) box.scrollTop = row.offsetTop - box.clientHeight / 2;
  };
  const find = (hash) => {
    for (let id = hash.slice(1); id !== ''; id = id.includes('.') ? id.slice(0, id.lastIndexOf('.')) : '') {
      const at = rows.findIndex((row) => row.id === id || row.id === id + '.1');
      if (at >= 0) return at;
    }
    return -1;
  };
  slider.max = rows.length - 1;
  slider.addEventListener('input', () => go(Number(slider.value)));
  first.addEventListener('click', () => go(0));
  back.addEventListener('click', () => go(Number(slider.value) - 1));
  on.addEventListener('click', () => go(Number(slider.value) + 1));
  last.addEventListener('click', () => go(rows.length - 1));
  const follow = () => {
    const at = find(location.hash);
    if (location.hash.length > 1 && at >= 0) go(at);
  };
  addEventListener('hashchange', follow);
  if (rows.length > 0) go(rows.length - 1, false);
  follow();
}
if (location.hash.length > 1) reveal();
})();`;
