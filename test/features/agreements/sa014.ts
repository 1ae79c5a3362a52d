/** The chain of the pictures (b-2a, b-2b): SA-014 of Noordhaven Shared Services on 20 November 2026. */
import { type Chain, type Leg, OWN } from '../../../src/method';
import { ALWAYS, DAYTIME } from './arbitrary';

export const AT = Date.parse('2026-11-20T08:15Z');
export const day = (text: string): number => Date.parse(`${text}T00:00Z`);
export const hours = (text: string): number => {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
};

export const KEYS = ['1.deliver', '2.deliver', '3.deliver', '4.deliver', '1.respond', '2.respond'];
export const legWith = (id: string, name: string, times: string[], more: Partial<Leg>): Leg => ({
  id,
  name,
  minutes: Object.fromEntries(KEYS.map((key, index) => [key, hours(times[index] ?? '')])),
  hours: 'always',
  ...more,
});

/** SA-014: the service desk, then Network and its supplier in a row, Buildings beside them. */
export const NETWORK = legWith('OLA-007', 'Network', ['1:00', '2:00', '4:00', '8:00', '0:10', '0:30'], {
  availability: 99.9,
  until: day('2028-01-01'),
});
export const NOORDKABEL = legWith('UC-003', 'Noordkabel', ['3:00', '4:00', '8:00', '16:00', '0:15', '0:30'], {
  availability: 99.7,
  until: day('2027-04-01'),
});
export const BUILDINGS = legWith('OLA-011', 'Buildings', ['2:00', '4:00', '8:00', '16:00', '0:15', '0:30'], {
  availability: 99.95,
  until: day('2028-01-01'),
  hours: 'daytime',
});
export const SA014: Chain = {
  promises: KEYS.map((key, index) => ({
    key,
    kind: index < 4 ? 'deliver' : 'respond',
    minutes: hours(['4:00', '8:00', '16:00', '40:00', '0:15', '1:00'][index] ?? ''),
  })),
  availability: 99.5,
  hours: 'always',
  from: day('2026-01-01'),
  until: day('2028-01-01'),
  own: legWith(OWN, 'Service desk', ['0:30', '0:30', '1:00', '2:00', '0:05', '0:05'], {}),
  legs: { side: [{ row: [{ leg: NETWORK }, { leg: NOORDKABEL }] }, { leg: BUILDINGS }] },
  calendars: { always: ALWAYS, daytime: DAYTIME },
};
