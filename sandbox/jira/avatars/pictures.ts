/** Pictures that a Jira site serves and a local one has to draw: work types, priorities, people. Pure functions from a name to SVG text. */

/** Colours of Atlassian's palette that carry white glyphs on light and on dark surfaces. */
const COLOURS = ['#1868DB', '#5B7F24', '#C9372C', '#964AC0', '#227D9B', '#BD5B00', '#AE4787'];

/** Drawn as lines on 16 x 16, white on a coloured square. Jira's own types keep theirs. */
const SYSTEM_ICONS: Record<string, { colour: string; path: string }> = {
  story: { colour: '#5B7F24', path: 'M5 3.5h6v9l-3-2.6-3 2.6z' },
  task: { colour: '#1868DB', path: 'M4 8.2 6.8 11 12 5.4' },
  bug: { colour: '#C9372C', path: 'M8 4.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8z' },
  epic: { colour: '#964AC0', path: 'M8.8 3 4.6 8.6h2.8L6.8 13l4.6-5.8H8.4z' },
  subtask: { colour: '#227D9B', path: 'M4 4h5v5H4zM11.5 6.5v5h-5' },
};

/** Every other avatar: one of a dozen. */
const ICONS: { colour: string; path: string }[] = [
  { colour: '#C9372C', path: 'M8 3.8v5M8 11.6v.2' },
  { colour: '#1868DB', path: 'M4 6h7.5M9.5 4l2 2-2 2M12 10.5H4.5M6.5 8.5l-2 2 2 2' },
  { colour: '#BD5B00', path: 'M6 6.2A2 2 0 1 1 8 8.4v1M8 11.8v.2' },
  { colour: '#227D9B', path: 'M4 12 9 7M8.6 4.4a2.6 2.6 0 1 0 3 3L9.8 7 9 6.2z' },
  { colour: '#AE4787', path: 'M8 3.6a3 3 0 0 1 1.5 5.6v1h-3v-1A3 3 0 0 1 8 3.6zM6.8 12.4h2.4' },
  { colour: '#5B7F24', path: 'M8 3.4 12 5v3.2c0 2.3-1.6 3.8-4 4.6-2.4-.8-4-2.3-4-4.6V5z' },
  { colour: '#6B6E76', path: 'M5 3.6h6v8.8H5zM6.8 6.4h2.4M6.8 9h2.4' },
  { colour: '#964AC0', path: 'M5 13V3.6h6.6L10 6.2l1.6 2.6H5' },
  { colour: '#1868DB', path: 'M8 3.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8zM8 5.8V8l1.6 1.2' },
  { colour: '#BD5B00', path: 'M8 3.4l1.4 3 3.2.4-2.4 2.2.7 3.2L8 10.6l-2.9 1.6.7-3.2-2.4-2.2 3.2-.4z' },
  { colour: '#227D9B', path: 'M3.8 5.8 8 3.6l4.2 2.2v4.4L8 12.4l-4.2-2.2zM3.8 5.8 8 8l4.2-2.2M8 8v4.4' },
  { colour: '#AE4787', path: 'M8 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM4.2 12.4c.4-2 1.8-3 3.8-3s3.4 1 3.8 3' },
];

/** Jira's system avatars for the types of a new site (ids as in its REST answers). */
const KNOWN_AVATARS: Record<string, keyof typeof SYSTEM_ICONS> = {
  '10303': 'bug',
  '10307': 'epic',
  '10315': 'story',
  '10316': 'subtask',
  '10318': 'task',
};

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0, 2_166_136_261);
const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
const svg = (size: number, title: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" role="img"><title>${escape(title)}</title>${body}</svg>`;

/** The icon of a work type. Known avatar ids keep Jira's meaning, any other id picks its glyph; the name is the title only. */
export function workTypeIcon(avatarId: string, name: string): string {
  const known = SYSTEM_ICONS[KNOWN_AVATARS[avatarId] ?? ''];
  const number = /^\d+$/.test(avatarId) ? Number(avatarId) : hash(avatarId || name);
  const drawn = known ?? ICONS[number % ICONS.length];
  return svg(
    16,
    name,
    `<rect width="16" height="16" rx="3" fill="${drawn?.colour}"/>` +
      `<path d="${drawn?.path}" fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  );
}

const initials = (name: string): string => {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0] ?? '?'];
  return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '?').join('');
};

/** A person without a picture of their own: initials on a colour that stays the same for the name. */
export function userAvatar(name: string): string {
  return svg(
    32,
    name,
    `<rect width="32" height="32" fill="${COLOURS[hash(name) % COLOURS.length]}"/>` +
      '<text x="16" y="16.5" dominant-baseline="central" text-anchor="middle" fill="#fff" font-size="13" font-weight="600" ' +
      `font-family="ui-sans-serif, system-ui, sans-serif">${escape(initials(name))}</text>`,
  );
}

/** A project without a picture of its own. */
export function projectAvatar(name: string): string {
  return svg(
    32,
    name,
    `<rect width="32" height="32" rx="6" fill="${COLOURS[hash(name) % COLOURS.length]}"/>` + '<path d="M9 22V12h6v10zM17 22V8h6v14z" fill="#fff"/>',
  );
}

const PRIORITIES: Record<string, { colour: string; path: string }> = {
  highest: { colour: '#C9372C', path: 'M3 9l5-4 5 4M3 13l5-4 5 4' },
  high: { colour: '#C9372C', path: 'M3 10l5-4 5 4' },
  medium: { colour: '#E06C00', path: 'M3 6.5h10M3 10.5h10' },
  low: { colour: '#1868DB', path: 'M3 6l5 4 5-4' },
  lowest: { colour: '#1868DB', path: 'M3 3.5l5 4 5-4M3 7.5l5 4 5-4' },
};

/** The icon of a priority; a name of the site's own gets the middle one. */
export function priorityIcon(name: string): string {
  const drawn = PRIORITIES[name.toLowerCase()] ?? PRIORITIES['medium'];
  return svg(
    16,
    name,
    `<path d="${drawn?.path}" fill="none" stroke="${drawn?.colour}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`,
  );
}
