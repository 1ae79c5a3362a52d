/** The pictures of the register as plain functions: what stands where, where the keys lead, what is said. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphEdge, GraphNode, ImpactBox, RegisterImpact } from '../../src/contract';
import { collapsed, together } from '../../static/usm/register/explore/graph';
import { spotsOf, steppedTo, underPoint, wholeIn, zoomed } from '../../static/usm/register/explore/layout';
import { graphCsv } from '../../static/usm/register/explore/words';
import { BOX, movedTo, planOf } from '../../static/usm/register/impact/plan';
import { csvOf, reachedRows } from '../../static/usm/register/impact/tables';
import { toSearch, toView } from '../../static/usm/register/impact/view';
import { boxWords, changeLines, findingOf, layersOf, titleOf } from '../../static/usm/register/impact/words';

const box = (id: string, layer: number, more: Partial<ImpactBox> = {}): ImpactBox => ({
  id,
  kind: layer === 0 ? 'start' : 'items',
  layer,
  count: 1,
  ref: { id: id.toUpperCase(), name: `The ${id}` },
  places: [],
  shortest: false,
  ...more,
});
const line = (from: string, to: string) => ({ from, to, shortest: false });

const impact = (more: Partial<RegisterImpact> = {}): RegisterImpact => ({
  state: 'ok',
  start: [{ key: 'NET-1', name: 'Core switch', class: { id: 'network', name: 'Network' }, life: 'inUse' }],
  kinds: ['dependsOn'],
  group: 'classAndPlace',
  total: 0,
  failing: 0,
  truncated: false,
  boxes: [box('a', 0)],
  lines: [],
  items: [],
  classes: [{ id: 'hardware', name: 'Hardware' }],
  services: [],
  customers: [],
  people: 0,
  workItems: [],
  unseen: 0,
  overlaps: [],
  overlapsMore: 0,
  freezes: [],
  asOf: 0,
  ...more,
});
const nurse: RegisterImpact['services'][number] = {
  service: { id: 'nurse', name: 'Nurse call' },
  agreement: { id: 'SA-12', name: 'Nurse call', customer: { id: 'w', name: 'Wards' }, restore: 60, hours: 'day and night', verdict: 'holds' },
  second: 'none',
  by: 'GATE-3',
};

describe('the picture of steps', () => {
  const picture = {
    boxes: [box('a', 0), box('b', 1), box('c', 1), box('d', 2), box('e', 2)],
    lines: [line('a', 'b'), line('a', 'c'), line('b', 'e'), line('c', 'd')],
  };

  it('has every box once, none on another, each layer to the right of the one before', () => {
    const layers = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(layers, fc.array(fc.tuple(fc.nat(39), fc.nat(39)), { maxLength: 60 }), (of, pairs) => {
        const boxes = of.map((layer, index) => box(`b${String(index)}`, layer));
        const lines = pairs.flatMap(([from, to]) => ((of[from] ?? 9) < (of[to] ?? 0) ? [line(`b${String(from)}`, `b${String(to)}`)] : []));
        const plan = planOf({ boxes, lines });
        expect(plan.boxes.map(({ id }) => id).sort()).toEqual(boxes.map(({ id }) => id).sort());
        for (const one of plan.boxes) {
          expect(one.x + BOX.width).toBeLessThanOrEqual(plan.width);
          expect(one.y + BOX.height).toBeLessThanOrEqual(plan.height);
          for (const other of plan.boxes) {
            if (other.id === one.id) continue;
            if (other.layer > one.layer) expect(other.x).toBeGreaterThan(one.x + BOX.width);
            if (other.layer === one.layer) expect(Math.abs(other.y - one.y)).toBeGreaterThan(BOX.height);
          }
        }
      }),
    );
  });

  it('is the same each time, with few lines that cross', () => {
    const plan = planOf(picture);
    expect(planOf(picture)).toEqual(plan);
    const y = (id: string): number => plan.boxes.find((one) => one.id === id)?.y ?? 0;
    expect(y('b') < y('c')).toBe(y('e') < y('d'));
  });

  it('is walked by keys along its lines, and none of them leads nowhere', () => {
    const plan = planOf(picture);
    expect(movedTo(plan, picture.lines, undefined, 'ArrowRight')).toBe('a');
    expect(['b', 'c']).toContain(movedTo(plan, picture.lines, 'a', 'ArrowRight'));
    expect(movedTo(plan, picture.lines, 'd', 'ArrowLeft')).toBe('c');
    expect(movedTo(plan, picture.lines, 'd', 'ArrowRight')).toBe('d');
    expect(new Set(['b', 'c'].map((id) => movedTo(plan, picture.lines, id, 'ArrowDown')))).toEqual(
      new Set([plan.boxes.filter(({ layer }) => layer === 1)[1]?.id]),
    );
    expect(movedTo(plan, picture.lines, 'a', 'x')).toBeUndefined();
  });
});

describe('what the picture says', () => {
  it('is the shortest promise first, and what carries it', () => {
    expect(findingOf(impact({ services: [nurse], shortest: 0, total: 3, failing: 3 }), 'onwards')).toEqual({
      tone: 'danger',
      title: 'Shortest promise: 1:00 h, day and night.',
      text: 'Nurse call, SA-12. GATE-3 has no second path.',
    });
    expect(findingOf(impact({ services: [{ ...nurse, second: 'half' }], shortest: 0 }), 'onwards').tone).toBe('warning');
  });

  it('is never that all is well where nobody knows', () => {
    expect(findingOf(impact(), 'onwards').title).toBe('Nothing depends on it');
    expect(findingOf(impact({ total: 2, failing: 2 }), 'onwards').title).toBe('2 items would stop, no service');
    expect(findingOf(impact({ services: [{ service: { id: 's', name: 'S' }, second: 'none', by: 'A' }] }), 'onwards').title).toBe(
      '1 service reached, nothing promised',
    );
    expect(findingOf(impact({ total: 900, items: [] }), 'back').text).toContain('too many');
  });

  it('counts what stands above each column', () => {
    const boxes = [box('a', 0), box('b', 1, { count: 12 }), box('s', 2, { kind: 'service' }), box('c', 3, { kind: 'customer' })];
    expect(layersOf({ boxes, people: 3 }, 'onwards').map(({ name, about }) => `${name} ${about}`.trim())).toEqual([
      'This item',
      'Reached at once 12 items',
      'Services 1',
      'Customers 1 unit, 3 people',
    ]);
    expect(layersOf({ boxes: boxes.slice(0, 2), people: 0 }, 'back')[1]?.name).toBe('Needed at once');
  });

  it('names a box by what it stands for', () => {
    const many: ImpactBox = {
      id: 'm',
      kind: 'items',
      layer: 1,
      count: 12,
      class: { id: 'n', name: 'Network' },
      places: ['3A', '3B', '3C'],
      shortest: false,
    };
    expect(boxWords(many, impact())).toEqual(['12 × Network', '3A, 3B and more']);
    expect(boxWords(box('s', 2, { kind: 'service', ref: { id: 'nurse', name: 'Nurse call' } }), impact({ services: [nurse] }))).toEqual([
      'Nurse call',
      'SA-12, P1 1:00 h',
    ]);
    expect(titleOf('the switch', { direction: 'onwards', also: ['A', 'B'] })).toBe('If the switch and 2 more stop');
  });

  it('goes along into a Request for Change', () => {
    const lines = changeLines(
      impact({ services: [nurse], customers: [{ id: 'w', name: 'Wards', anyone: false, tell: 'Sofia Rossi' }], total: 4, failing: 3 }),
    );
    expect(lines.join('\n')).toContain('Nurse call (SA-12, Wards, P1 1:00 h), second path: none');
    expect(lines.join('\n')).toContain('Wards (Sofia Rossi)');
  });

  it('stands in the address, and nonsense there is left out', () => {
    for (const search of ['', '?direction=back&steps=5', '?group=none&kinds=dependsOn&also=A-1&also=B-2'])
      expect(toSearch(toView(search))).toBe(search);
    expect(toView('?steps=99&group=step&kinds=connectedTo&also=a%20b')).toMatchObject({ steps: 3, group: 'classAndPlace', kinds: [], also: [] });
  });

  it('goes into a file, with formulas as text', () => {
    const item = { key: 'A', name: '=cmd()', class: 'hardware', place: '3A', level: 1, second: 'none' as const, box: 'b' };
    const text = csvOf(impact({ items: [item, { ...item, key: 'B', name: 'B', second: 'half' }], services: [nurse] }));
    expect(text.split('\r\n')[1]).toBe("Item,A,'=cmd(),Hardware,3A,1,none,,");
    expect(text).toContain('Service,SA-12,Nurse call,,,,none,1:00 h,Wards');
    expect(reachedRows(impact({ items: [item, { ...item, key: 'B', level: 2, second: 'half' }] }))).toMatchObject([
      { count: 2, failing: 1, steps: '1, 2' },
    ]);
  });
});

describe('looking around', () => {
  const node = (id: string, more = 0): GraphNode => ({ id, kind: 'item', name: id, depth: 0, more });
  const edge = (from: string, to: string): GraphEdge => ({ from, kind: 'dependsOn', to });
  const graph = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 60 }).map((pairs) => {
    const ids = [...new Set(['n0', ...pairs.flat().map((id) => `n${String(id)}`)])];
    return { nodes: ids.map((id) => node(id)), edges: pairs.map(([a, b]) => edge(`n${String(a)}`, `n${String(b)}`)), classes: [] };
  });

  it('gives everything a place of its own, the middle in the middle', () => {
    fc.assert(
      fc.property(graph, (piece) => {
        const spots = spotsOf(together([piece]), 'n0');
        expect(spots.size).toBe(piece.nodes.length);
        expect(spots.get('n0')).toMatchObject({ x: 0, y: 0, ring: 0 });
        const all = [...spots.values()];
        for (const one of all)
          for (const other of all) if (one.id !== other.id) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(1);
      }),
    );
  });

  it('reaches by keys everything that hangs together with the middle', () => {
    fc.assert(
      fc.property(graph, (piece) => {
        const spots = spotsOf(together([piece]), 'n0');
        const seen = new Set(['n0']);
        let front = ['n0'];
        for (let round = 0; front.length > 0 && round < 100; round += 1) {
          front = front.flatMap((id) =>
            ['ArrowRight', 'ArrowDown'].flatMap((key) => {
              const to = steppedTo(spots, id, 'n0', key);
              if (to === undefined || seen.has(to)) return [];
              seen.add(to);
              return [to];
            }),
          );
        }
        const hanging = [...spots.values()].filter((one) => one.id === 'n0' || one.parent !== undefined);
        expect([...seen].sort()).toEqual(hanging.map(({ id }) => id).sort());
      }),
    );
  });

  it('shows what was expanded once, and without what was collapsed', () => {
    const first = { nodes: [node('n0'), node('n1', 2)], edges: [edge('n1', 'n0')], classes: [] };
    const second = { nodes: [node('n1'), node('n2'), node('n3')], edges: [edge('n2', 'n1'), edge('n3', 'n1'), edge('n1', 'n0')], classes: [] };
    const all = together([first, second]);
    expect([all.nodes.map(({ id }) => id), all.edges.length, all.nodes[1]?.more]).toEqual([['n0', 'n1', 'n2', 'n3'], 3, 0]);
    expect(collapsed(all, 'n0', new Set(['n1'])).nodes.map(({ id }) => id)).toEqual(['n0', 'n1']);
    expect(together([first, second], 3)).toMatchObject({ full: true, edges: { length: 2 } });
  });

  it('finds what is under a point, however it was moved', () => {
    const spots = spotsOf({ nodes: [node('n0'), node('n1')], edges: [edge('n1', 'n0')] }, 'n0');
    const frame = zoomed(wholeIn(spots, 800, 400), 1.5, { x: 100, y: 80 });
    const spot = spots.get('n1');
    expect(underPoint(spots, frame, { x: (spot?.x ?? 0) * frame.scale + frame.x + 3, y: (spot?.y ?? 0) * frame.scale + frame.y })).toBe('n1');
    expect(underPoint(spots, frame, { x: -5_000, y: 0 })).toBeUndefined();
  });

  it('goes into a file by ids and names', () => {
    const nodes: GraphNode[] = [node('n0'), { ...node('service wifi'), kind: 'service', name: 'Wi-Fi' }];
    expect(graphCsv({ nodes, edges: [{ from: 'n0', kind: 'supports', to: 'service wifi' }], full: false })).toContain('n0,n0,supports,wifi,Wi-Fi,,');
  });
});
