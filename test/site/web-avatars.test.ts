import { describe, expect, it } from 'vitest';
import { priorityIcon, projectAvatar, userAvatar, workTypeIcon } from '../../sandbox/web/avatars';

const drawing = (svg: string): string => svg.replace(/<title>.*?<\/title>/, '');

describe('work type icons', () => {
  it('keep one drawing per avatar id, whatever the name', () => {
    expect(drawing(workTypeIcon('10318', 'Task'))).toBe(drawing(workTypeIcon('10318', 'Aufgabe')));
  });

  it("draw Jira's own types differently from each other", () => {
    const own = ['10303', '10307', '10315', '10316', '10318'].map((id) => drawing(workTypeIcon(id, '')));
    expect(new Set(own).size).toBe(own.length);
  });

  it('have a dozen more for twelve ids in a row', () => {
    const icons = Array.from({ length: 12 }, (_, index) => drawing(workTypeIcon(String(10400 + index), '')));
    expect(new Set(icons).size).toBe(12);
  });

  it('name the type, and let no name break out of the picture', () => {
    expect(workTypeIcon('1', 'Incident')).toContain('<title>Incident</title>');
    expect(workTypeIcon('1', '</title><script>')).not.toContain('<script>');
  });
});

describe('pictures of people', () => {
  it.each([
    ['Amira Haddad', 'AH'],
    ['Joris van Dam', 'JD'],
    ['Solo', 'S'],
    ['  ', '?'],
  ])('%s is shown as %s', (name, initials) => {
    expect(userAvatar(name)).toContain(`>${initials}</text>`);
  });

  it('stay the same for a name and are SVG throughout', () => {
    expect(userAvatar('Sofia Rossi')).toBe(userAvatar('Sofia Rossi'));
    for (const svg of [userAvatar('A & B'), projectAvatar('NSS'), priorityIcon('High'), priorityIcon('Own')]) {
      expect(svg).toMatch(/^<svg xmlns=.*<\/svg>$/);
      expect(svg).not.toMatch(/undefined|&(?!#\d+;)/);
    }
  });
});
