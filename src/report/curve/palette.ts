export interface Palette {
  page: string;
  card: string;
  text: string;
  muted: string;
  line: string;
  grid: string;
  /** the one accent: what was kept */
  accent: string;
  soft: string;
  grey: string;
  amber: string;
  red: string;
  violet: string;
}

/** Text colours reach 4.5:1 on page and card. */
export const LIGHT: Palette = {
  page: '#f7f7f5',
  card: '#ffffff',
  text: '#1b1f24',
  muted: '#59616b',
  line: '#e2e3e0',
  grid: '#ecedea',
  accent: '#0a6e5c',
  soft: '#0a6e5c1f',
  grey: '#8a929c',
  amber: '#8f5a00',
  red: '#b3361f',
  violet: '#7a3ea8',
};

export const DARK: Palette = {
  page: '#101316',
  card: '#171b1f',
  text: '#e7eaed',
  muted: '#a0a9b3',
  line: '#2b3138',
  grid: '#22272d',
  accent: '#4fd0b2',
  soft: '#4fd0b22b',
  grey: '#808a95',
  amber: '#e5b04d',
  red: '#ff8d75',
  violet: '#cda0f2',
};

/** As CSS custom properties. */
export const paletteCss = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${String(colour)}`)
    .join(';');
