/** Filter, search and sort; the page reads well without it. Its hash is in the page's policy. */
export const SCRIPT = `
(() => {
  'use strict';
  const table = document.querySelector('table.all');
  const controls = document.querySelector('.controls');
  if (!table || !controls) return;
  const rows = [...table.tBodies];
  const search = controls.querySelector('input');
  const buttons = [...controls.querySelectorAll('button')];
  const count = controls.querySelector('.count');
  const none = document.querySelector('.none');
  const texts = rows.map((row) =>
    [row.querySelector('.num'), row.querySelector('.idea'), row.querySelector('.why')]
      .map((cell) => (cell ? cell.textContent : '')).join(' ').toLowerCase());

  const show = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const wanted = buttons.filter((b) => b.getAttribute('aria-pressed') === 'true').map((b) => b.dataset.o);
    let shown = 0;
    rows.forEach((row, i) => {
      const fits = (wanted.length === 0 || wanted.includes(row.dataset.o)) && words.every((w) => texts[i].includes(w));
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length;
    none.hidden = shown > 0;
  };

  const sort = (header, key) => {
    const down = header.getAttribute('aria-sort') === 'ascending';
    table.querySelectorAll('th[aria-sort]').forEach((th) => th.removeAttribute('aria-sort'));
    header.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const sign = down ? -1 : 1;
    const value = (row) => (key === 'o' ? row.dataset.o : row.dataset[key] === '' ? null : Number(row.dataset[key]));
    const compare = (a, b) => {
      const x = value(a), y = value(b);
      if (x === y) return a.dataset.n - b.dataset.n;
      if (x === null) return 1;
      if (y === null) return -1;
      return x < y ? -sign : sign;
    };
    table.append(...rows.slice().sort(compare));
  };

  table.querySelectorAll('th[data-k]').forEach((header) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    button.addEventListener('click', () => sort(header, header.dataset.k));
    header.replaceChildren(button);
  });
  buttons.forEach((button) => button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
    show();
  }));
  search.addEventListener('input', show);
  controls.hidden = false;
  show();
})();
`;
