/** Triage as data: the method's questions and ways through them, with the ids Jira's create dialog needs. */
import { searchProjects } from 'jira.js/cloud';
import { z } from 'zod';
import type { TriageForm } from '../contract';
import { jira } from '../jira/client';
import { PROCESSES, TRIAGE_KEYS, TRIAGE_OUTCOMES, TRIAGE_QUESTIONS, type TriageAnswer, workType } from '../method';
import type { Installed } from '../setup/model';

const found = z.object({ values: z.array(z.object({ id: z.string(), key: z.string(), name: z.string() })) });

/** One request asks for so many (OpenAPI: searchProjects, `id`). */
const SPACES_ASKED = 50;

async function spacesOf(site: Installed): Promise<TriageForm['spaces']> {
  const id = site.projects.slice(0, SPACES_ASKED).map((one) => Number(one.id));
  if (id.length === 0) return [];
  return found.parse(await searchProjects(jira('person'), { id, action: 'create', maxResults: SPACES_ASKED })).values;
}

/** The questions and where they lead. */
export function triageWays(site: Pick<Installed, 'workTypes'>): Pick<TriageForm, 'questions' | 'outcomes'> {
  return {
    questions: TRIAGE_KEYS.map((key) => {
      const { text, help, answers } = TRIAGE_QUESTIONS[key];
      return { key, text, help, answers: Object.entries<TriageAnswer>(answers).map(([value, words]) => ({ value, ...words })) };
    }),
    outcomes: TRIAGE_OUTCOMES.map(({ answers, type, because }) => {
      const { name, description, process } = workType(type);
      return { answers: { ...answers }, type, typeId: site.workTypes[type], typeName: name, description, verb: PROCESSES[process], because };
    }),
  };
}

export const triageForm = async (site: Installed): Promise<TriageForm> => ({ state: 'ok', ...triageWays(site), spaces: await spacesOf(site) });
