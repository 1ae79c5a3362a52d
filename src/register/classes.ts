/** The classes a new site begins with (1.4, 5.1): data that the organisation alters. What is managed of a class decides what is a change. Pure. */
import { COMMON_ATTRIBUTES, type AttributeDefinition, type ItemClass } from '../contract';

const text = (key: string, name: string): AttributeDefinition => ({ key, name, kind: 'text', choices: [] });

const one = (
  key: string,
  name: string,
  prefix: string,
  attributes: readonly AttributeDefinition[] = [],
  { managed = [...COMMON_ATTRIBUTES, ...attributes.map((own) => own.key)], ...more }: Partial<ItemClass> = {},
): ItemClass => ({
  key,
  name,
  prefix,
  policy: 'managedHere',
  attributes: [...attributes],
  managed: [...managed],
  identity: [],
  verifyMonths: 12,
  ...more,
});

const serial = text('serialNumber', 'Serial number');

export const DEFAULT_CLASSES: readonly ItemClass[] = [
  one('hardware', 'Hardware', 'HW', [text('model', 'Model'), serial, text('powerFeed', 'Power feed')], { identity: ['serialNumber'] }),
  one('software', 'Software', 'SW', [text('softwareVersion', 'Version'), text('licence', 'Licence')]),
  one(
    'network',
    'Network',
    'NET',
    [text('model', 'Model'), text('firmware', 'Firmware'), serial, text('uplink', 'Uplink'), text('powerFeed', 'Power feed')],
    {
      identity: ['serialNumber'],
    },
  ),
  one('facility', 'Service facility', 'FAC'),
  one('location', 'Location', 'LOC'),
  one('document', 'Document', 'DOC', [text('documentVersion', 'Version'), text('link', 'Link')]),
  one('agreement', 'Agreement', 'AGR', [text('agreementId', 'Agreement')], { policy: 'linked' }),
  one('party', 'Party', 'ORG', [text('partyId', 'Party')], { policy: 'linked' }),
  one('person', 'Person', 'PER', [text('function', 'Function')], { managed: ['life', 'keeper', 'function'], policy: 'linked' }),
  one('team', 'Team', 'TEAM', []),
  one('profile', 'Profile', 'PRO', [text('tasks', 'Tasks')]),
  one('routine', 'Routine', 'RTN', [text('documentVersion', 'Version')]),
  one('tool', 'Tool', 'TOOL', [text('softwareVersion', 'Version')]),
];
