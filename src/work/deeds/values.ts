/** Values between a dialog and Jira, by the kind of their field. Pure. */
import { z } from 'zod';
import type { DeedValue } from '../../contract';
import { toAdf } from '../../jira/adf';
import { FIELDS, type FieldKey } from '../../method';
import { Fault } from '../../platform/errors';
import { asMoment, asUserValue } from '../jira';
import type { WorkItem } from '../model';

const id = z.string().regex(/^\d{1,18}$/);
const chosen = z.object({ id, child: z.object({ id }).optional() });

/** What a field holds, as the dialog shows it. */
export function shownValue(item: Pick<WorkItem, 'values' | 'raw'>, key: FieldKey): DeedValue | undefined {
  const [value, raw] = [item.values[key], item.raw[key]];
  if (value === undefined) return undefined;
  switch (FIELDS[key].kind) {
    case 'option':
    case 'cascade': {
      const option = chosen.safeParse(raw).data;
      return option && (option.child ? `${option.id}/${option.child.id}` : option.id);
    }
    case 'options':
      return z
        .array(chosen)
        .safeParse(raw)
        .data?.map((one) => one.id);
    case 'date':
      return z.string().safeParse(raw).data;
    default:
      return typeof value === 'object' ? [...value] : value;
  }
}

const accountId = z
  .string()
  .regex(/^[\w:-]{1,128}$/)
  .transform(asUserValue);

/** By kind: what may be sent, and the form in which Jira takes it. */
const FORMS = {
  text: z.string().max(255),
  paragraph: z.string().transform(toAdf),
  option: id.transform((one) => ({ id: one })),
  options: z.array(id).transform((all) => all.map((one) => ({ id: one }))),
  cascade: z
    .string()
    .regex(/^\d{1,18}(\/\d{1,18})?$/)
    .transform((text) => {
      const [parent, child] = text.split('/');
      return child === undefined ? { id: parent } : { id: parent, child: { id: child } };
    }),
  user: accountId,
  users: z.array(accountId),
  date: z.iso.date(),
  moment: z.number().transform(asMoment),
  number: z.number(),
  labels: z.array(z.string().regex(/^\S{1,255}$/)),
} as const;

function inForm(form: z.ZodType, name: string, value: DeedValue): unknown {
  if (value === '') return null;
  const parsed = form.safeParse(value);
  if (!parsed.success) throw new Fault('person.input', `${name} is not usable as it is. Check it and send it again.`);
  return parsed.data;
}

export const encodeValue = (key: FieldKey, value: DeedValue): unknown => inForm(FORMS[FIELDS[key].kind], FIELDS[key].name, value);
export const encodeAssignee = (value: DeedValue): unknown => inForm(accountId, 'Assignee', value);
